// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to connections on a server without TLS. */
class ConnectionFaultTest {
  private static final String GET = "GET /v2/hosts HTTP/1.1\r\nHost: h\r\n\r\n";

  private final FakeParsecServer server = FakeParsecServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertServed() throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.exchange(GET)).startsWith("HTTP/1.1 401 ");
    }
  }

  private void assertRefused() {
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Wire(server));
  }

  @Test
  void resetsAConnectionAtItsFirstByte() throws IOException {
    server.failConnections(Fault.resetConnection());
    try (Wire wire = new Wire(server)) {
      wire.send("G");

      assertThat(wire.untilReset()).isEmpty();
    }
    assertServed();
  }

  @Test
  void endsAConnectionAtItsFirstByte() throws IOException {
    server.failConnections(Fault.closeConnection());
    try (Wire wire = new Wire(server)) {
      wire.send(GET);

      assertThat(wire.rest()).isEmpty();
    }
    assertServed();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void takesAConnectionAndAnswersNothing() throws IOException {
    server.failConnections(Fault.stall());
    try (Wire wire = new Wire(server)) {
      wire.send(GET);
      wire.end();

      assertThat(wire.rest()).isEmpty();
    }
    assertThat(server.requests()).isEmpty();
    assertServed();
  }

  @Test
  void outlivesPeersThatSayNothing() throws IOException {
    server.failConnections(Fault.resetConnection());
    try (Wire wire = new Wire(server)) {
      wire.end();

      assertThat(wire.rest()).isEmpty();
    }
    assertServed();
  }

  @Test
  void givesEachConnectionOneFaultInOrder() throws IOException {
    server.failConnections(Fault.closeConnection().times(2), Fault.resetConnection());
    for (int i = 0; i < 2; i++) {
      assertThat(server.pendingFaults())
          .containsExactly(Fault.closeConnection().times(2 - i), Fault.resetConnection());
      try (Wire wire = new Wire(server)) {
        wire.send("G");
        assertThat(wire.rest()).isEmpty();
      }
    }
    try (Wire wire = new Wire(server)) {
      wire.send("G");
      assertThat(wire.untilReset()).isEmpty();
    }

    assertServed();
    assertThat(server.pendingFaults()).isEmpty();
  }

  @Test
  void refusesConnectionsUntilFaultsAreClearedAndListensOnTheSamePortAgain() throws IOException {
    server.failConnections(Fault.refuseConnection());

    assertRefused();
    assertRefused();
    assertThat(server.pendingFaults()).isEmpty();
    server.clearFaults();

    assertServed();
    server.failConnections(Fault.refuseConnection());
    assertRefused();
  }

  @Test
  void refusesConnectionsOnceTheFaultsBeforeHaveCome() throws IOException {
    server.failConnections(Fault.closeConnection(), Fault.refuseConnection());
    try (Wire wire = new Wire(server)) {
      wire.send("G");
      assertThat(wire.rest()).isEmpty();
    }

    assertRefused();
  }

  @Test
  void endsIdleConnectionsFirst() throws IOException {
    try (Wire idle = new Wire(server)) {
      assertThat(idle.exchange(GET)).startsWith("HTTP/1.1 401 ");
      CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> {
        try {
          String text = idle.rest();
          idle.end();
          return text;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });

      server.failConnections(Fault.closeConnection());

      assertThat(rest.join()).isEmpty();
      assertThat(server.pendingFaults()).hasSize(1);
    }
  }

  @Test
  void cutsIdleConnectionsWhosePeerDoesNotNotice() throws IOException {
    try (Wire idle = new Wire(server)) {
      assertThat(idle.exchange(GET)).startsWith("HTTP/1.1 401 ");

      server.failConnections(Fault.closeConnection());
      idle.toTheEnd();
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void leavesConnectionsOnWhichSomethingIsUnderWay() throws IOException {
    server.fail(Endpoint.HOSTS, Fault.stall());
    try (Wire busy = new Wire(server)) {
      busy.send(GET);
      while (server.requests().isEmpty()) {
        Thread.onSpinWait();
      }

      server.failConnections(Fault.refuseConnection());
      assertRefused();
      server.clearFaults();

      busy.end();
      assertThat(busy.rest()).isEmpty();
    }
  }

  @Test
  void endsConnectionsAfterWhatIsUnderWay() throws IOException {
    try (Wire busy = new Wire(server)) {
      server.fail(Endpoint.HOSTS, Fault.drip(20, Duration.ofMillis(1)));
      busy.send(GET);
      assertThat(busy.next(20)).startsWith("HTTP/1.1 401 ");

      server.failConnections(Fault.closeConnection());

      assertThat(busy.rest()).endsWith("}");
    }
  }

  @Test
  void answersWhatIsUnderWayHoweverLongItTakes() throws Exception {
    GateClock clock = new GateClock();
    try (FakeParsecServer slow = FakeParsecServer.builder().clock(clock).start();
        Wire busy = new Wire(slow)) {
      String session = slow.account("e", "p").openSession().id().reveal();
      clock.hold();
      busy.send(
          "GET /v2/hosts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + session + "\r\n\r\n");
      clock.awaitHeld();

      // Takes a second for those that are idle.
      slow.failConnections(Fault.closeConnection());
      clock.open();

      assertThat(busy.rest()).startsWith("HTTP/1.1 200 ").endsWith("}");
    }
  }

  @Test
  void saysIfThePortIsTakenWhenItIsToBeOpenedAgain() throws IOException {
    server.failConnections(Fault.refuseConnection());
    int port = server.baseUri().getPort();
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(server::clearFaults)
          .withMessageStartingWith("cannot listen again at " + server.baseUri() + ": ");
    }
    server.clearFaults();
    assertServed();
  }

  @Test
  void canBeClosedWhileItRefuses() {
    server.failConnections(Fault.refuseConnection());
    server.close();
    server.clearFaults();

    assertRefused();
  }

  @Test
  void breaksNoHandshakeWhereThereIsNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> server.failConnections(Fault.stall(), Fault.tlsReset()))
        .withMessage("tlsReset() breaks a handshake, and the server speaks plain HTTP;"
            + " start it with startTls()");
    assertThat(server.pendingFaults()).isEmpty();
  }
}
