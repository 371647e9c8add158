// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static io.parsec4j.transport.apache.Calls.untouchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureStageTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<AutoCloseable> opened = new ArrayList<>();

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(0, resource);
    return resource;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  private ApacheTransport transport(ApacheTransport.Builder builder) {
    return open(builder.noProxy().build());
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Listens, accepts nothing, and is full, so that the next connection hangs. */
  private ServerSocket blackHole(InetAddress address) throws IOException {
    ServerSocket hole = open(new ServerSocket(0, 1, address));
    for (int i = 0; i < 10; i++) {
      Socket filler = open(new Socket());
      if (catchThrowable(() -> filler.connect(hole.getLocalSocketAddress(), 300))
          instanceof SocketTimeoutException) {
        return hole;
      }
    }
    throw new AssertionError("the queue of connections did not fill");
  }

  @Test
  void anUnknownHostIsAConnectFailure() throws Exception {
    ApacheTransport transport = transport(ApacheTransport.builder());

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://nowhere.invalid/"))));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure)
        .hasMessage("unknown host nowhere.invalid")
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void aHostWithoutAddressesIsAConnectFailure() throws Exception {
    ApacheTransport transport =
        transport(ApacheTransport.builder().names(host -> new InetAddress[0]));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://empty.example/"))));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure).hasMessage("no address for empty.example:80");
  }

  @Test
  void aBrokenNameServiceIsAConnectFailure() throws Exception {
    ApacheTransport transport = transport(ApacheTransport.builder().names(host -> {
      throw new SecurityException("canary");
    }));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("https://example.com/"))));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure).hasMessage("no connection to example.com:443: SecurityException");
  }

  @Test
  void aRefusedConnectionIsAConnectFailureThatNamesHostAndPort() throws Exception {
    ApacheTransport transport = transport(ApacheTransport.builder());
    int port = unusedPort();

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://localhost:" + port + "/"))));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure)
        .hasMessageContaining("localhost:" + port)
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void triesTheNextAddressWhenOneRefuses() throws Exception {
    RawServer server = open(RawServer.answering(OK));
    ApacheTransport transport = transport(ApacheTransport.builder()
        .names(host -> new InetAddress[] {loopback(77), loopback(78), loopback(1)}));

    assertThat(text(result(transport.send(post(server.uri(), "x"))))).isEqualTo("ok");
  }

  @Test
  void triesTheNextAddressWhenOneIsSilent() throws Exception {
    ServerSocket hole = blackHole(loopback(77));
    RawServer server = open(
        RawServer.start(new InetSocketAddress(loopback(1), hole.getLocalPort()), null, peer -> {
          peer.readRequest();
          peer.send(OK);
        }));
    ApacheTransport transport = transport(
        ApacheTransport.builder().connectTimeout(Duration.ofSeconds(4)).names(host ->
            new InetAddress[] {loopback(77), loopback(1)}));

    assertThat(text(result(transport.send(post(server.uri(), "x"))))).isEqualTo("ok");
  }

  @Test
  void keepsTheFailuresOfAllAddresses() throws Exception {
    int port = unusedPort();
    ApacheTransport transport = transport(
        ApacheTransport.builder().names(host -> new InetAddress[] {loopback(77), loopback(78)}));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://two.example:" + port))));

    assertThat(failure.getCause().getSuppressed()).hasSize(1);
  }

  @Test
  void aSilentAddressEndsAtTheConnectLimit() throws Exception {
    ServerSocket hole = blackHole(loopback(1));
    ApacheTransport transport =
        transport(ApacheTransport.builder().connectTimeout(Duration.ofMillis(300)));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://localhost:" + hole.getLocalPort()))));

    assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
    assertThat(failure).hasMessageContaining("localhost:" + hole.getLocalPort());
  }

  @Test
  void aSlowNameLookUpEndsAtTheConnectLimitAndBlocksNobody() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    RawServer server = open(RawServer.answering(OK));
    ApacheTransport transport = transport(
        ApacheTransport.builder().connectTimeout(Duration.ofMillis(200)).names(host -> {
          Calls.await(resolved);
          return new InetAddress[] {loopback(1)};
        }));

    CompletableFuture<?> call = transport.send(untouchable(server.uri()));
    TransportException failure = failure(call);
    resolved.countDown();

    assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
    assertThat(failure)
        .hasMessage("no connection to localhost:" + server.port() + " within PT0.2S");
    transport.close();
    assertThat(server.peers()).isEmpty();
  }

  @Test
  void aStalledTlsHandshakeEndsAtTheConnectLimit() throws Exception {
    RawServer server = open(RawServer.start(Peer::awaitLeave));
    ApacheTransport transport =
        transport(ApacheTransport.builder().connectTimeout(Duration.ofMillis(300)));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))));

    assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
    result(server.next().left());
  }

  @Test
  void theConnectLimitDoesNotLimitTheAnswer() throws Exception {
    RawServer server = open(RawServer.start(peer -> {
      peer.readRequest();
      peer.pause();
      peer.send(OK);
    }));
    ApacheTransport transport =
        transport(ApacheTransport.builder().connectTimeout(Duration.ofMillis(400)));

    CompletableFuture<?> slow = transport.send(get(server.uri()));
    Peer peer = server.next();
    assertThat(peer.request()).startsWith("GET");
    ServerSocket hole = blackHole(loopback(1));
    // As long as the limit takes here, it could have ended the slow one twice.
    for (int i = 0; i < 2; i++) {
      assertThat(failure(transport.send(
                  untouchable(URI.create("http://localhost:" + hole.getLocalPort()))))
              .stage())
          .isEqualTo(FailureStage.TIMEOUT);
    }
    peer.goOn();

    assertThat(result(slow)).isNotNull();
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsAnExchangeFailureAndNotRepeated() throws Exception {
    RawServer server = open(RawServer.start(Peer::readRequest));
    ApacheTransport transport = transport(ApacheTransport.builder());

    for (TransportRequest request : List.of(get(server.uri()), post(server.uri(), "x"))) {
      TransportException failure = failure(transport.send(request));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(failure)
          .hasMessage("localhost:" + server.port() + " closed the connection without an answer");
    }
    assertThat(server.peers()).hasSize(2);
  }

  @Test
  void aResetIsAnExchangeFailureAndNotRepeated() throws Exception {
    RawServer server = open(RawServer.start(peer -> {
      peer.readRequest();
      peer.reset();
    }));
    ApacheTransport transport = transport(ApacheTransport.builder());

    for (TransportRequest request : List.of(get(server.uri()), post(server.uri(), "x"))) {
      assertThat(failure(transport.send(request)).stage()).isEqualTo(FailureStage.EXCHANGE);
    }
    assertThat(server.peers()).hasSize(2);
  }

  @Test
  void aBodyThatWasWithdrawnIsNotSentNorItsHead() throws Exception {
    CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    RawServer server = open(RawServer.start(peer -> firstByte.complete(peer.readByte())));
    ApacheTransport transport = transport(ApacheTransport.builder());

    TransportException failure =
        failure(transport.send(TransportRequest.builder("POST", server.uri())
            .body(3, () -> {
              throw new IllegalStateException("canary");
            })
            .build()));

    assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
    assertThat(failure)
        .hasMessage("the body was refused: IllegalStateException")
        .hasNoCause();
    assertThat(result(firstByte)).isNegative();
  }

  @Test
  void aBodyOfAnotherLengthIsNotSent() throws Exception {
    CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    RawServer server = open(RawServer.start(peer -> firstByte.complete(peer.readByte())));
    ApacheTransport transport = transport(ApacheTransport.builder());

    TransportException failure =
        failure(transport.send(TransportRequest.builder("POST", server.uri())
            .body(3, () -> new byte[4])
            .build()));

    assertThat(failure).hasMessage("the body has another length than announced");
    assertThat(result(firstByte)).isNegative();
  }

  @Test
  void anErrorInOneExchangeHarmsNoOther() throws Exception {
    RawServer server = open(RawServer.answering(OK));
    ApacheTransport transport = transport(ApacheTransport.builder().names(host -> {
      if (host.equals("broken.example")) {
        throw new StackOverflowError("canary");
      }
      return new InetAddress[] {loopback(1)};
    }));

    TransportException failure =
        failure(transport.send(untouchable(URI.create("http://broken.example"))));

    assertThat(failure).hasMessageEndingWith("StackOverflowError");
    assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "content-length",
        "Expect",
        "HOST",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade"
      })
  void refusesHeadersThatFrameTheMessage(String name) throws Exception {
    RawServer server = open(RawServer.answering(OK));
    ApacheTransport transport = transport(ApacheTransport.builder());

    TransportException failure = failure(transport.send(
        TransportRequest.builder("GET", server.uri()).header(name, "canary").build()));

    assertThat(failure).hasMessage("the header " + name + " is the transport's to set");
    assertThat(server.peers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://localhost/", "http://user:canary@localhost/", "http://localhost:65536/"})
  void refusesAddressesThatAreNotHttp(String address) throws Exception {
    ApacheTransport transport = transport(ApacheTransport.builder());

    TransportException failure = failure(transport.send(untouchable(URI.create(address))));

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure).hasMessageStartingWith("the ").hasMessageNotContaining("canary");
  }

  @Test
  void usesTheDefaultPortsOfTheSchemes() throws Exception {
    ApacheTransport transport =
        transport(ApacheTransport.builder().names(host -> new InetAddress[0]));

    assertThat(failure(transport.send(get(URI.create("HTTP://a.example/")))))
        .hasMessageEndingWith("a.example:80");
    assertThat(failure(transport.send(get(URI.create("HTTPS://a.example/")))))
        .hasMessageEndingWith("a.example:443");
  }
}
