// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostsUpdate;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault in the first poll of a watch, over both transports: what may pass is survived, a refusal ends the watch, and
 * no secret is in anything that the user or a log can see.
 */
class WatchFaultsTest {
  /** So long that the timer makes nothing of it. */
  private static final Duration INTERVAL = Duration.ofHours(24);

  static Stream<Arguments> faultsAndTransports() {
    return Arrays.stream(NetworkFault.values())
        .flatMap(
            fault -> Stream.of("jdk", "apache").map(transport -> Arguments.of(fault, transport)));
  }

  @ParameterizedTest(name = "{0} over {1}")
  @MethodSource("faultsAndTransports")
  void endsAsPromisedAndTellsNoSecret(NetworkFault fault, String transportName) throws Exception {
    Seen seen = new Seen();
    HastyTimer timer = new HastyTimer();
    FirstSignal first = new FirstSignal(seen);
    try (LogCapture log = new LogCapture();
        ScriptedService service = new ScriptedService();
        Transport transport =
            transportName.equals("jdk") ? JdkTransport.create() : ApacheTransport.create();
        ParsecClient parsec = ParsecClient.builder()
            .baseUri(service.address())
            .transport(transport)
            .attemptTimeout(Duration.ofSeconds(20))
            .retryPolicy(RetryPolicy.none())
            .timer(timer)
            .listener(seen)
            .build()) {
      AtomicBoolean met = new AtomicBoolean();
      service.answersBy((request, peer) ->
          (met.getAndSet(true) ? ScriptedService.GOOD : fault.step(timer)).answer(request, peer));
      Flow.Publisher<HostsUpdate> watch =
          parsec.watchHosts(Session.of(Canary.SESSION_ID), HostQuery.any(), INTERVAL);

      watch.subscribe(first);

      assertThat(first.outcome.get(30, TimeUnit.SECONDS))
          .isEqualTo(isRefusal(fault) ? fault.outcome() : "SUCCESS");
      seen.add(watch);
      seen.addThreadNames();
      seen.add(log.text());
      assertThat(seen.text()).doesNotContain(Canary.ALL);
      assertThat(log.aboveDebug()).isEmpty();
    }
  }

  private static boolean isRefusal(NetworkFault fault) {
    return fault.outcome().matches("API 40[0-9]");
  }

  /** Waits for the first update or the end. */
  private static final class FirstSignal implements Flow.Subscriber<HostsUpdate> {
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final Seen seen;
    private volatile Flow.Subscription subscription;

    FirstSignal(Seen seen) {
      this.seen = seen;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      subscription = s;
      seen.add(s);
      s.request(1);
    }

    @Override
    public void onNext(HostsUpdate update) {
      seen.add(update);
      subscription.cancel();
      outcome.complete("SUCCESS");
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure);
      outcome.complete(Outcomes.of((ParsecException) failure));
    }

    @Override
    public void onComplete() {
      outcome.complete("COMPLETE");
    }
  }
}
