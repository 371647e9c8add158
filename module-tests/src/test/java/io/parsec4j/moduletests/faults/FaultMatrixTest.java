// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.AttemptEvent;
import io.parsec4j.api.CallEvent;
import io.parsec4j.api.CallListener;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault, for both calls, over both transports: the user gets what is promised, the request stands on the wire as
 * often as is promised, the next call works, and no secret is in anything that the user or a log can see.
 */
class FaultMatrixTest {
  private static final String PASSWORD = "canary-password-c0ffee";
  private static final String CODE = "917364";
  private static final String TOKEN = "canarysession5ca1ab1e5ca1ab1e";
  private static final Duration SHORT = Duration.ofMillis(150);

  static Stream<Arguments> faultsTransportsAndCalls() {
    return Arrays.stream(NetworkFault.values())
        .flatMap(fault -> Stream.of("jdk", "apache")
            .flatMap(transport ->
                Stream.of("sign-in", "hosts").map(call -> Arguments.of(fault, transport, call))));
  }

  @ParameterizedTest(name = "{0} over {1}, {2}")
  @MethodSource("faultsTransportsAndCalls")
  void endsAsPromisedAndTellsNoSecret(NetworkFault fault, String transportName, String call)
      throws Exception {
    StringBuilder seen = new StringBuilder();
    CallListener listener = new CallListener() {
      @Override
      public void onAttempt(AttemptEvent event) {
        seen.append(event).append('\n');
      }

      @Override
      public void onCall(CallEvent event) {
        seen.append(event).append('\n');
      }
    };
    try (LogCapture log = new LogCapture();
        ScriptedService service = new ScriptedService();
        Transport transport =
            transportName.equals("jdk") ? JdkTransport.create() : ApacheTransport.create();
        ParsecClient parsec = ParsecClient.builder()
            .baseUri(service.address())
            .transport(transport)
            .attemptTimeout(fault.stalls() ? SHORT : Duration.ofSeconds(20))
            .retryPolicy(RetryPolicy.none())
            .listener(listener)
            .build();
        Credentials credentials =
            Credentials.of("dude@example.com", PASSWORD.toCharArray()).withTfaCode(CODE)) {
      Supplier<?> supplier = call.equals("hosts")
          ? () -> parsec.hosts(Session.of(SessionId.of(TOKEN)), HostQuery.desktop())
          : () -> parsec.signIn(credentials);
      service.answersBy(fault.step());

      ParsecException failure = catchThrowableOfType(ParsecException.class, supplier::get);

      assertThat(Outcomes.of(failure)).isEqualTo(fault.outcome());
      boolean repeated =
          transportName.equals("jdk") && call.equals("hosts") && fault.isRepeatedByTheJdk();
      assertThat(service.requests()).hasSize(repeated ? 2 : 1);
      seen.append(everythingOf(failure));

      service.answersBy(ScriptedService.GOOD);
      assertThat(Outcomes.of(supplier)).isEqualTo("SUCCESS");

      seen.append(transport)
          .append(parsec)
          .append(credentials)
          .append(threadNames())
          .append(log.text());
      assertThat(seen).doesNotContain(PASSWORD).doesNotContain(CODE).doesNotContain(TOKEN);
      assertThat(log.aboveDebug()).isEmpty();
    }
  }

  private static String everythingOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static List<String> threadNames() {
    List<String> names = new ArrayList<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    return names;
  }
}
