// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.parsec4j.api.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of a fake service that was reset: nothing. */
class ResetTest {
  private static final String SEED = "JBSWY3DPEHPK3PXP";

  private final GateClock clock = new GateClock();
  private final FakeParsecServer server =
      FakeParsecServer.builder().seed(1).clock(clock).start();
  private final Web web = new Web(server);

  @AfterEach
  void close() {
    clock.open();
    server.close();
  }

  @Test
  void accountsSessionsRequestsAndFaultsAreGone() {
    Session session = server.account("e", "p").openSession();
    assertThat(web.authCode("g").statusCode()).isEqualTo(201);
    server.enterpriseKeys("key");
    server.fail(Endpoint.HOSTS, Fault.status(503));
    server.failConnections(Fault.resetConnection().times(2));
    server.latency(Latency.fixed(Duration.ofHours(1)));

    server.reset();

    assertThat(server.pendingFaults()).isEmpty();
    assertThat(server.authCodes()).isEmpty();
    assertThat(server.requests()).isEmpty();
    assertThat(web.hosts(session.id(), "").statusCode()).isEqualTo(401);
    assertThat(web.signIn("e", "p").statusCode()).isEqualTo(403);
    assertThat(web.enterpriseSession("key", "i").statusCode()).isEqualTo(401);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void theAddressStaysAndIdsGoOn() {
    String before = server.account("e", "p").openSession().id().reveal();
    int port = server.baseUri().getPort();

    server.reset();

    FakeAccount account = server.account("e", "p");
    Session session = account.openSession();
    assertThat(server.baseUri().getPort()).isEqualTo(port);
    assertThat(session.id().reveal()).isNotEqualTo(before);
    assertThat(account.userId()).isEqualTo(1_337);
    assertThat(web.hosts(session.id(), "").statusCode()).isEqualTo(200);
  }

  @Test
  void hostsOfBeforeMayBeOwnedAnew() {
    FakeHost host = FakeHost.desktop("LEBOWSKI");
    FakeAccount before = server.account("dude", "p").owns(host);

    server.reset();

    assertThatNoException().isThrownBy(() -> server.account("walter", "p").owns(host));
    assertThat(web.hosts(server.account("walter", "p").openSession().id(), "").body())
        .contains("LEBOWSKI");
    assertThat(web.hosts(before.openSession().id(), "").statusCode()).isEqualTo(401);
  }

  @Test
  void connectionsAreCut() throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.exchange("GET /v2/hosts HTTP/1.1\r\nHost: h\r\n\r\n"))
          .startsWith("HTTP/1.1 401 ");

      server.reset();

      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void whatIsUnderWayChangesNothing() throws Exception {
    String code = server.account("e", "p").withTotp(SEED).currentTotpCode();
    clock.hold();
    Thread late = new Thread(() -> {
      try (Wire wire = new Wire(server)) {
        String body = "{\"email\":\"e\",\"password\":\"p\",\"tfa\":\"" + code + "\"}";
        wire.send("POST /v1/auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
            + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        String unused = wire.rest();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    late.start();
    clock.awaitHeld();

    // The request is in the middle of the old state, which is left to it.
    Thread reset = new Thread(server::reset);
    reset.start();
    while (reset.getState() != Thread.State.BLOCKED && reset.isAlive()) {
      Thread.onSpinWait();
    }
    FakeAccount account = server.account("e", "p").withTotp(SEED);
    clock.open();
    late.join();
    reset.join();

    assertThat(server.requests()).isEmpty();
    assertThat(account.currentTotpCode()).isEqualTo(code);
    assertThat(web.signIn("e", "p", code).statusCode()).isEqualTo(200);
    assertThat(server.requests()).hasSize(1);
  }
}
