// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.junit.ParsecServerTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of each kind, and what a program gets of them. */
@ParsecServerTest
class EveryFaultTest {
  private Session session;

  @BeforeEach
  void account(FakeParsecServer server) {
    session = server
        .account("dude@example.com", "secret")
        .owns(FakeHost.desktop("LEBOWSKI"))
        .openSession();
  }

  static Stream<Fault> brokenExchanges() {
    return Stream.of(
        Fault.resetConnection(),
        Fault.resetConnection(Fault.Point.IN_HEAD),
        Fault.closeConnection(),
        Fault.closeConnection(Fault.Point.IN_BODY),
        Fault.truncatedBody(10),
        Fault.unfinishedChunks(),
        Fault.garbage(),
        Fault.rawAnswer("SSH-2.0-OpenSSH_9.6\r\n".getBytes(UTF_8)),
        Fault.contradictoryLengths(),
        Fault.lengthAndChunks());
  }

  @ParameterizedTest
  @MethodSource("brokenExchanges")
  void isABrokenExchange(Fault fault, FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, fault.always());

    assertThat(failure(parsec).stage()).isEqualTo(FailureStage.EXCHANGE);
  }

  static Stream<Fault> oversizedAnswers() {
    return Stream.of(
        Fault.hugeBody(100L << 20),
        Fault.endlessBody(),
        Fault.endlessHead(),
        Fault.hugeHeader(100_000),
        Fault.tooManyFields());
  }

  @ParameterizedTest
  @MethodSource("oversizedAnswers")
  void isTooLarge(Fault fault, FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, fault);

    assertThat(failure(parsec).stage()).isEqualTo(FailureStage.TOO_LARGE);
  }

  private ParsecTransportException failure(ParsecClient parsec) {
    return catchThrowableOfType(
        ParsecTransportException.class, () -> parsec.hosts(session, HostQuery.any()));
  }

  static Stream<Fault> unreadableAnswers() {
    return Stream.of(Fault.invalidUtf8(), Fault.cutJson(), Fault.gzipped());
  }

  @ParameterizedTest
  @MethodSource("unreadableAnswers")
  void isUnreadable(Fault fault, FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, fault);

    assertThatExceptionOfType(ParsecDecodeException.class)
        .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
  }

  static Stream<Fault> refusals() {
    return Stream.of(
        Fault.status(400, "{\"error\":\"no\"}"),
        Fault.redirect("https://example.com/").times(3));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isARefusal(Fault fault, FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, fault);

    assertThatExceptionOfType(ParsecApiException.class)
        .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
    server.clearFaults();
  }

  static Stream<Fault> harmless() {
    return Stream.of(
        Fault.drip(16, ofMillis(1)),
        Fault.delay(ofMillis(5)),
        Fault.contentType("text/plain"),
        Fault.header("Set-Cookie", "a=b"),
        Fault.interim(103, 2),
        Fault.secondAnswer());
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void isNoHarm(Fault fault, FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, fault);

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void isABrokenHandshake(Fault fault) {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(fault.always());

      assertThat(failure(server.client()).stage()).isEqualTo(FailureStage.TLS);
      server.verify(Endpoint.HOSTS).never();
    }
  }

  static Stream<Fault> handshakes() {
    return Stream.of(Fault.tlsReset(), Fault.tlsClose(), Fault.plainText());
  }

  @Test
  void meetsTheRequestsThatAreMeant(FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, Fault.status(503).times(2));

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
    server.verify(Endpoint.HOSTS).times(3);
    assertThat(server.pendingFaults()).isEmpty();
  }
}
