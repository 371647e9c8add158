// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.FailureStage;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecTimeoutException;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.RateLimitedException;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.Latency;
import io.parsec4j.testkit.ManualTimer;
import io.parsec4j.testkit.RequestPattern;
import io.parsec4j.testkit.junit.ParsecServerTest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a network and a service do to a program, one after the other. */
@ParsecServerTest
class BrokenNetworkTest {
  private FakeAccount dude;
  private Session session;

  @BeforeEach
  void account(FakeParsecServer server) {
    dude = server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
    session = dude.openSession();
  }

  @Test
  void aBusyServiceIsAskedAgain(FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, Fault.status(503), Fault.truncatedBody(10));

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
    server.verify(Endpoint.HOSTS).times(3);
  }

  @Test
  void aServiceThatStaysBrokenIsGivenUp(FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, Fault.garbage().always());

    ParsecTransportException failure = catchThrowableOfType(
        ParsecTransportException.class, () -> parsec.hosts(session, HostQuery.any()));

    assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
    assertThat(failure.attempts()).isEqualTo(3);
  }

  @Test
  void aLimitIsToldWithItsWait(FakeParsecServer server, ParsecClient parsec) {
    server.fail(Endpoint.HOSTS, Fault.rateLimit(ofHours(1)));

    RateLimitedException failure = catchThrowableOfType(
        RateLimitedException.class, () -> parsec.hosts(session, HostQuery.any()));

    assertThat(failure.retryAfter()).contains(ofHours(1));
  }

  @Test
  void aSignInIsSentOnceEvenIfItsAnswerIsLost(FakeParsecServer server, ParsecClient parsec) {
    dude.withTotp("JBSWY3DPEHPK3PXP");
    String code = dude.currentTotpCode();
    server.fail(Endpoint.SIGN_IN, Fault.resetConnection().afterServing());

    try (Credentials plain = Credentials.of("dude@example.com", "secret".toCharArray());
        Credentials credentials = plain.withTfaCode(code)) {
      assertThatExceptionOfType(ParsecTransportException.class)
          .isThrownBy(() -> parsec.signIn(credentials));
    }

    server.verify(RequestPattern.to(Endpoint.SIGN_IN).withBodyField("tfa")).once();
  }

  @Test
  void aServiceThatNeverAnswersEndsAtTheTimeLimit(FakeParsecServer server) throws Exception {
    ManualTimer timer = ManualTimer.create();
    try (ParsecClient parsec = server.clientBuilder().timer(timer).build()) {
      server.fail(Endpoint.HOSTS, Fault.stall(Fault.Point.IN_BODY));
      CompletableFuture<HostPage> hosts = parsec.async().hosts(session, HostQuery.any());
      assertThat(server.await(Endpoint.HOSTS, ofSeconds(30)).fault()).isPresent();

      timer.advance(ofSeconds(30));

      assertThatThrownBy(hosts::join).hasCauseInstanceOf(ParsecTimeoutException.class);
    }
  }

  @Test
  void aCallThatIsCancelledIsGone(FakeParsecServer server, ParsecClient parsec) throws Exception {
    server.fail(Endpoint.HOSTS, Fault.stall());
    CompletableFuture<HostPage> hosts = parsec.async().hosts(session, HostQuery.any());
    assertThat(server.await(Endpoint.HOSTS, ofSeconds(30)).sessionId()).contains(session.id());

    assertThat(hosts.cancel(true)).isTrue();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(hosts::join);
    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
  }

  @Test
  void aProxysPageIsNotTakenForAnAnswer(FakeParsecServer server, ParsecClient parsec) {
    server.fail(
        Endpoint.HOSTS,
        Fault.status(200, "<html>Please log in</html>").withHeader("Content-Type", "text/html"));

    ParsecDecodeException failure = catchThrowableOfType(
        ParsecDecodeException.class, () -> parsec.hosts(session, HostQuery.any()));

    assertThat(failure.contentType()).contains("text/html");
  }

  @Test
  void aSessionThatIsRevokedIsToldApart(FakeParsecServer server, ParsecClient parsec) {
    server.revoke(session.id());

    assertThatExceptionOfType(InvalidSessionException.class)
        .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
  }

  @Test
  void aConnectionThatIsRefusedNeverReachesTheService(
      FakeParsecServer server, ParsecClient parsec) {
    server.failConnections(Fault.refuseConnection());

    ParsecTransportException failure = catchThrowableOfType(
        ParsecTransportException.class, () -> parsec.hosts(session, HostQuery.any()));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    server.verify(Endpoint.HOSTS).never();
    server.clearFaults();
    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
  }

  @Test
  void aSlowServiceIsWaitedFor(FakeParsecServer server, ParsecClient parsec) {
    server.latency(Latency.uniform(ofMillis(1), ofMillis(5)));

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
  }
}
