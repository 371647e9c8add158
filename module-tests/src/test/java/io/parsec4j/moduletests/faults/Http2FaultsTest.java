// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.CallOptions;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What HTTP/2, an explicit choice of the JDK transport, does with a server that misbehaves: a typed outcome in bounded
 * time, and a password that arrives once.
 */
class Http2FaultsTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Session SESSION = Session.of(SessionId.of("token"));

  private final Credentials credentials =
      Credentials.of("dude@example.com", "secret".toCharArray());
  private final HastyTimer timer = new HastyTimer();
  private Http2Responder server;
  private JdkTransport transport;
  private ParsecClient parsec;

  @BeforeEach
  void start() throws IOException {
    server = new Http2Responder();
    transport = JdkTransport.builder()
        .sslContext(server.clientContext())
        .http2()
        .noProxy()
        .build();
    parsec = ParsecClient.builder()
        .baseUri(server.address())
        .transport(transport)
        .timeout(LONG)
        .attemptTimeout(LONG)
        .retryPolicy(RetryPolicy.none())
        .timer(timer)
        .build();
  }

  @AfterEach
  void close() throws IOException {
    credentials.close();
    parsec.close();
    transport.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSignInEndsInTimeAndItsPasswordArrivesOnce(Http2Fault fault) {
    assertThat(Outcomes.of(this::list)).isEqualTo("SUCCESS");
    server.answersBy(fault.script(timer));

    String outcome = Outcomes.of(() -> parsec.signIn(credentials));

    assertThat(outcome).isIn(fault.outcomes());
    assertThat(server.bodies()).isEqualTo(1);
    assertSent("POST", fault);
    assertUsable();
  }

  @ParameterizedTest
  @EnumSource
  void aListEndsInTime(Http2Fault fault) {
    assertThat(Outcomes.of(this::list)).isEqualTo("SUCCESS");
    server.answersBy(fault.script(timer));

    String outcome = Outcomes.of(() -> parsec.hosts(SESSION, HostQuery.desktop()));

    assertThat(outcome).isIn(fault.outcomes());
    assertSent("GET", fault);
    assertUsable();
  }

  @Test
  void aSignInThatTheServerHasNoWindowForEndsInTime() {
    // Announced before the first answer, so that the second request knows it.
    server.beginsWith(Http2Responder.setting(4, 0));
    assertThat(Outcomes.of(this::list)).isEqualTo("SUCCESS");

    String outcome = Outcomes.of(() -> parsec.with(CallOptions.timeout(SHORT)).signIn(credentials));

    assertThat(outcome).isEqualTo("TIMEOUT");
    assertThat(server.bodies()).isZero();
    assertUsable();
  }

  /** 17.0.15 tolerates values that are out of range, 25.0.3 none but a wrong ENABLE_PUSH. */
  @ParameterizedTest
  @CsvSource({"2,7", "4,-1", "5,1", "5,-1"})
  void illegalSettingsAreAFailureOrIgnored(int id, int value) {
    server.beginsWith(Http2Responder.setting(id, value));

    for (Supplier<?> call : calls()) {
      assertThat(Outcomes.of(call)).isIn("EXCHANGE", "SUCCESS");
    }
    assertThat(server.bodies()).isLessThanOrEqualTo(1);
  }

  @Test
  void settingsOfNoLengthAreAFailure() {
    server.beginsWith(new byte[5]);

    for (Supplier<?> call : calls()) {
      assertThat(Outcomes.of(call)).isEqualTo("EXCHANGE");
    }
    assertThat(server.bodies()).isLessThanOrEqualTo(1);
  }

  private List<Supplier<?>> calls() {
    return List.of(() -> parsec.signIn(credentials), this::list);
  }

  private Object list() {
    return parsec.hosts(SESSION, HostQuery.any());
  }

  private void assertSent(String method, Http2Fault fault) {
    List<String> sent = server.requests();
    assertThat(sent.subList(1, sent.size()))
        .containsOnly(method)
        .hasSizeBetween(1, fault.isUnprocessed() ? 2 : 1);
  }

  private void assertUsable() {
    server.answersBy(Http2Responder.Peer::answer);
    assertThat(Outcomes.of(this::list)).isEqualTo("SUCCESS");
  }
}
