// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.ServerCertificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fake server with the clients that it makes. */
class FakeServerTest {
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.standard().withBackoff(Duration.ofNanos(1), Duration.ofNanos(1));

  private static Session session(FakeParsecServer server) {
    return server.account("e", "p").owns(FakeHost.desktop("LEBOWSKI")).openSession();
  }

  @Test
  void makesClientsThatTrustItsCertificate() {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      HostPage page = server.client().hosts(session(server), HostQuery.desktop());

      assertThat(page.hosts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VALID")
  void makesClientsThatRefuseAWrongCertificate(ServerCertificate certificate) {
    try (FakeParsecServer server = FakeParsecServer.builder().tls(certificate).start();
        ParsecClient parsec =
            server.clientBuilder().retryPolicy(RetryPolicy.none()).build()) {
      assertThatExceptionOfType(ParsecTransportException.class)
          .isThrownBy(() -> parsec.hosts(session(server), HostQuery.desktop()))
          .extracting(ParsecTransportException::stage)
          .isEqualTo(FailureStage.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void letsClientsTryAgain() {
    try (FakeParsecServer server = FakeParsecServer.start();
        ParsecClient parsec = server.clientBuilder().retryPolicy(AT_ONCE).build()) {
      server.fail(Endpoint.HOSTS, Fault.closeConnection(), Fault.status(503));

      assertThat(parsec.hosts(session(server), HostQuery.desktop()).hosts()).hasSize(1);

      assertThat(server.pendingFaults()).isEmpty();
      assertThat(server.requests(Endpoint.HOSTS)).hasSize(3);
    }
  }

  @Test
  void closesTheClientsOfBeforeOnReset() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      ParsecClient before = server.client();
      Session sessionBefore = session(server);
      assertThat(before.hosts(sessionBefore, HostQuery.desktop()).hosts()).hasSize(1);

      server.reset();

      assertThatIllegalStateException()
          .isThrownBy(() -> before.hosts(sessionBefore, HostQuery.desktop()))
          .withMessageContaining("closed");
      assertThat(server.client().hosts(session(server), HostQuery.desktop()).hosts())
          .hasSize(1);
    }
  }

  @Test
  @Timeout(60)
  void thatIsForgottenIsToldWithThePlaceWhereItWasStarted() throws Exception {
    try (LogCapture log = new LogCapture()) {
      String address = forgotten();
      while (!log.text().contains(address)) {
        System.gc();
        Thread.onSpinWait();
      }

      assertThat(log.text())
          .contains("FakeParsecServer[" + address + "] was never closed and is now: "
              + "close the one that was started at ")
          .contains(FakeServerTest.class.getName() + ".forgotten(FakeServerTest.java:");
    }
  }

  private static String forgotten() {
    return FakeParsecServer.builder().start().baseUri().toString();
  }

  @Test
  void thatIsClosedIsNotTold() throws Exception {
    try (LogCapture log = new LogCapture()) {
      FakeParsecServer server = FakeParsecServer.start();
      server.close();
      server.close();

      assertThat(log.text()).doesNotContain(server.baseUri().toString());
    }
  }
}
