// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.AttemptEvent;
import io.parsec4j.api.CallListener;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The two transports are interchangeable: the same program under the same faults ends the same over either. */
class DifferentialProperties {
  private static final Duration NEVER_REACHED = Duration.ofSeconds(60);

  private static Transport jdk;
  private static Transport apache;

  @BeforeContainer
  static void open() {
    jdk = JdkTransport.create();
    apache = ApacheTransport.create();
  }

  @AfterContainer
  static void close() {
    jdk.close();
    apache.close();
  }

  @Property(tries = 1_000)
  void bothTransportsEndAlikeAndSendAsOften(@ForAll("programs") List<Step> program)
      throws IOException {
    Result overJdk = run(jdk, program);
    Result overApache = run(apache, program);

    assertThat(overJdk.outcomes).isEqualTo(overApache.outcomes);
    assertThat(overJdk.requests - overJdk.silentRepeats).isEqualTo(overApache.requests);
  }

  @Provide
  Arbitrary<List<Step>> programs() {
    List<NetworkFault> quick = Arrays.stream(NetworkFault.values())
        .filter(fault -> !fault.stalls())
        .collect(Collectors.toList());
    Arbitrary<List<NetworkFault>> faults = Arbitraries.of(quick).list().ofMaxSize(4);
    return Combinators.combine(Arbitraries.of(Way.class), Arbitraries.of(true, false), faults)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Result run(Transport transport, List<Step> program) throws IOException {
    Result result = new Result();
    AtomicInteger attempt = new AtomicInteger();
    CallListener counter = new CallListener() {
      @Override
      public void onAttempt(AttemptEvent event) {
        attempt.incrementAndGet();
      }
    };
    try (ScriptedService service = new ScriptedService();
        ParsecClient parsec = ParsecClient.builder()
            .baseUri(service.address())
            .transport(transport)
            .timeout(NEVER_REACHED)
            .attemptTimeout(NEVER_REACHED)
            .retryPolicy(
                RetryPolicy.standard().withBackoff(Duration.ofNanos(1), Duration.ofNanos(1)))
            .timer(new HastyTimer())
            .listener(counter)
            .build()) {
      for (Step step : program) {
        attempt.set(0);
        // By attempt and not by request, because the JDK's silent repetition of a GET is no
        // attempt.
        service.answersBy((request, peer) -> {
          NetworkFault fault = step.fault(attempt.get());
          (fault == null ? ScriptedService.GOOD : fault.step()).answer(request, peer);
        });
        result.outcomes.add(Outcomes.of(() -> step.go(parsec)));
        for (int i = 0; i < attempt.get() && step.way.isGet() && transport.equals(jdk); i++) {
          NetworkFault fault = step.fault(i);
          result.silentRepeats += fault != null && fault.isRepeatedByTheJdk() ? 1 : 0;
        }
      }
      result.requests = service.requests().size();
    }
    return result;
  }

  /** One call, and what happens to its attempts; those beyond the list are answered well. */
  static final class Step {
    private final Way way;
    private final boolean async;
    private final List<NetworkFault> faults;

    Step(Way way, boolean async, List<NetworkFault> faults) {
      this.way = way;
      this.async = async;
      this.faults = faults;
    }

    NetworkFault fault(int attempt) {
      return attempt < faults.size() ? faults.get(attempt) : null;
    }

    Object go(ParsecClient parsec) {
      Session session = Session.of(Canary.SESSION_ID);
      return async ? way.goAsync(parsec, session) : way.go(parsec, session);
    }

    @Override
    public String toString() {
      return (async ? "async " : "") + way + " " + faults;
    }
  }

  /** What a program yields. */
  private static final class Result {
    private final List<String> outcomes = new ArrayList<>();
    private int requests;
    private int silentRepeats;
  }
}
