// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault, for every call, over both transports: the user gets what is promised, the request stands on the wire as
 * often as is promised, the next call works, and no secret is in anything that the user or a log can see.
 */
class FaultMatrixTest {
  static Stream<Arguments> faultsTransportsAndCalls() {
    return Arrays.stream(NetworkFault.values())
        .flatMap(fault -> Stream.of("jdk", "apache")
            .flatMap(transport ->
                Arrays.stream(Way.values()).map(call -> Arguments.of(fault, transport, call))));
  }

  @ParameterizedTest(name = "{0} over {1}, {2}")
  @MethodSource("faultsTransportsAndCalls")
  void endsAsPromisedAndTellsNoSecret(NetworkFault fault, String transportName, Way call)
      throws Exception {
    Seen seen = new Seen();
    HastyTimer timer = new HastyTimer();
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
      Supplier<?> supplier = () -> call.go(parsec, Session.of(Canary.SESSION_ID));
      service.answersBy(fault.step(timer));

      ParsecException failure = catchThrowableOfType(ParsecException.class, supplier::get);

      assertThat(Outcomes.of(failure)).isEqualTo(fault.outcome());
      boolean repeated = transportName.equals("jdk") && call.isGet() && fault.isRepeatedByTheJdk();
      assertThat(service.requests()).hasSize(repeated ? 2 : 1);
      seen.add(failure);

      service.answersBy(ScriptedService.GOOD);
      assertThat(Outcomes.of(supplier)).isEqualTo("SUCCESS");

      seen.add(transport);
      seen.add(parsec);
      seen.add(Canary.CREDENTIALS);
      seen.addThreadNames();
      seen.add(log.text());
      assertThat(seen.text()).doesNotContain(Canary.ALL);
      assertThat(log.aboveDebug()).isEmpty();
    }
  }
}
