// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static io.parsec4j.transport.apache.Calls.untouchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exchanges that end before they are complete. */
class EndTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ApacheTransport transport = ApacheTransport.builder()
      .noProxy()
      .maxConnections(2)
      .idleTime(Duration.ofMillis(50))
      .build();

  @AfterEach
  void close() {
    transport.close();
  }

  private static RawServer mute() {
    return RawServer.start(peer -> {
      peer.readRequest();
      peer.awaitLeave();
    });
  }

  static Stream<Arguments> waysToEnd() {
    return Stream.of(
        Arguments.of("cancel(true)", (Consumer<CompletableFuture<?>>) call -> call.cancel(true)),
        Arguments.of("cancel(false)", (Consumer<CompletableFuture<?>>) call -> call.cancel(false)),
        Arguments.of("orTimeout", (Consumer<CompletableFuture<?>>)
            call -> call.orTimeout(1, TimeUnit.MILLISECONDS)),
        Arguments.of("complete", (Consumer<CompletableFuture<?>>) call -> call.complete(null)),
        Arguments.of("completeExceptionally", (Consumer<CompletableFuture<?>>)
            call -> call.completeExceptionally(new IllegalStateException())),
        Arguments.of("cancel of a stage", (Consumer<CompletableFuture<?>>)
            call -> call.whenComplete((answer, failure) -> {}).cancel(false)),
        Arguments.of("orTimeout of a stage", (Consumer<CompletableFuture<?>>)
            call -> call.thenApply(answer -> 1).orTimeout(1, TimeUnit.MILLISECONDS)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToEnd")
  void endsOnTheWireHoweverTheFutureIsCompleted(String way, Consumer<CompletableFuture<?>> end)
      throws Exception {
    try (RawServer server = mute()) {
      // Far more time than the wait below: its own limit must not be what ends it.
      CompletableFuture<TransportResponse> call =
          transport.send(TransportRequest.builder("POST", server.uri())
              .timeout(Duration.ofMinutes(5))
              .body(new byte[] {'x'})
              .build());
      Peer peer = server.next();
      assertThat(peer.request()).endsWith("x");

      end.accept(call);

      result(peer.left());
      assertThat(call).as(way).isDone();
    }
  }

  @RepeatedTest(20)
  void cancellingWhileTheAnswerIsAwaitedClosesTheConnection() throws Exception {
    try (RawServer server = mute()) {
      CompletableFuture<?> call = transport.send(get(server.uri()));
      Peer peer = server.next();
      assertThat(peer.request()).startsWith("GET");

      assertThat(call.cancel(true)).isTrue();

      result(peer.left());
      assertThat(call).isCancelled();
    }
  }

  @RepeatedTest(20)
  void cancellingAtAnyMomentClosesTheConnection() throws Exception {
    try (RawServer server = RawServer.start(Peer::awaitLeave)) {
      CompletableFuture<?> call = transport.send(get(server.uri()));
      Peer peer = server.next();

      assertThat(call.cancel(true)).isTrue();

      result(peer.left());
    }
  }

  @Test
  void cancellingInsideTheHeadClosesTheConnection() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 200 OK\r\nX: ");
      peer.sent();
      peer.awaitLeave();
    })) {
      cancelledOnTheWire(server);
    }
  }

  @Test
  void cancellingInsideABodyClosesTheConnection() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
      peer.sent();
      peer.awaitLeave();
    })) {
      cancelledOnTheWire(server);
    }
  }

  @Test
  void cancellingInsideABodyOverTlsClosesTheConnection() throws Exception {
    try (ApacheTransport secured = ApacheTransport.builder()
            .noProxy()
            .sslContext(Certificates.client())
            .build();
        RawServer server = RawServer.startTls(Certificates.server("good"), peer -> {
          peer.readRequest();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
          peer.sent();
          peer.awaitLeave();
        })) {
      CompletableFuture<?> call = secured.send(get(server.uri()));
      Peer peer = server.next();
      peer.awaitSent();

      assertThat(call.cancel(true)).isTrue();

      result(peer.left());
    }
  }

  private void cancelledOnTheWire(RawServer server) throws Exception {
    CompletableFuture<?> call = transport.send(get(server.uri()));
    Peer peer = server.next();
    peer.awaitSent();

    assertThat(call.cancel(true)).isTrue();

    result(peer.left());
  }

  @Test
  void cancellingWhileThePeerReadsNothingClosesTheConnection() throws Exception {
    CountDownLatch bodyOpened = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (RawServer server = RawServer.start(peer -> {
      Calls.await(cancelled);
      peer.awaitLeave();
    })) {
      CompletableFuture<?> call = transport.send(TransportRequest.builder("POST", server.uri())
          .timeout(Calls.GENEROUS)
          .body(50_000_000, () -> {
            bodyOpened.countDown();
            return new byte[50_000_000];
          })
          .build());
      Peer peer = server.next();
      Calls.await(bodyOpened);

      assertThat(call.cancel(true)).isTrue();

      assertThat(transport.threadsAfter(Calls.GENEROUS)).isZero();
      cancelled.countDown();
      result(peer.left());
      // Not a polite end after all that was buffered.
      assertThat(peer.wasReset()).isTrue();
    }
  }

  @Test
  void cancellingInsideATlsHandshakeClosesTheConnection() throws Exception {
    try (RawServer server = RawServer.start(Peer::awaitLeave)) {
      CompletableFuture<?> call =
          transport.send(untouchable(URI.create("https://localhost:" + server.port())));
      Peer peer = server.next();

      assertThat(call.cancel(true)).isTrue();

      result(peer.left());
    }
  }

  @Test
  void cancellingDuringTheNameLookUpOpensNoConnection() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch resolved = new CountDownLatch(1);
    try (RawServer server = RawServer.answering(OK);
        ApacheTransport slow = ApacheTransport.builder()
            .noProxy()
            .idleTime(Duration.ofMillis(50))
            .names(host -> {
              asked.countDown();
              Calls.await(resolved);
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            })
            .build()) {
      CompletableFuture<?> call = slow.send(untouchable(server.uri()));
      Calls.await(asked);

      assertThat(call.cancel(true)).isTrue();

      resolved.countDown();
      assertThat(slow.threadsAfter(Calls.GENEROUS)).isZero();
      assertThat(server.peers()).isEmpty();
    }
  }

  @Test
  void aCancelledExchangeThatWaitedNeverReachesTheWire() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.pause();
      peer.send(OK);
    })) {
      CompletableFuture<TransportResponse> first = transport.send(get(server.uri("/1")));
      CompletableFuture<TransportResponse> second = transport.send(get(server.uri("/2")));
      Peer one = server.next();
      Peer two = server.next();
      CompletableFuture<TransportResponse> third = transport.send(untouchable(server.uri("/3")));
      CompletableFuture<TransportResponse> fourth = transport.send(get(server.uri("/4")));

      assertThat(transport.waiting()).isEqualTo(2);
      assertThat(third.cancel(true)).isTrue();
      assertThat(transport.waiting()).isOne();
      one.goOn();
      two.goOn();
      Peer next = server.next();
      next.goOn();

      assertThat(text(result(first)) + text(result(second)) + text(result(fourth)))
          .isEqualTo("okokok");
      assertThat(next.request()).startsWith("GET /4");
      assertThat(server.peers()).hasSize(3);
    }
  }

  @Test
  void tellsTheCallerThatARequestWaitsAndWhenItDoesNoLonger() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.pause();
      peer.send(OK);
    })) {
      CompletableFuture<TransportResponse> first =
          transport.send(tellingOn(server.uri("/1"), told, "first"));
      CompletableFuture<TransportResponse> second =
          transport.send(tellingOn(server.uri("/2"), told, "second"));
      Peer one = server.next();
      Peer two = server.next();
      CompletableFuture<TransportResponse> third =
          transport.send(tellingOn(server.uri("/3"), told, "third"));

      assertThat(told).containsExactly("third waits");
      one.goOn();
      two.goOn();
      Peer next = server.next();
      assertThat(told).containsExactly("third waits", "third goes on");
      next.goOn();
      assertThat(text(result(first)) + text(result(second)) + text(result(third)))
          .isEqualTo("okokok");
    }
  }

  private static TransportRequest tellingOn(URI uri, List<String> told, String name) {
    return TransportRequest.builder("GET", uri)
        .queueing(() -> told.add(name + " waits"), () -> told.add(name + " goes on"))
        .build();
  }

  @Test
  void waitsForAFreeConnectionOnlyAsLongAsTheRequestMayTake() throws Exception {
    try (RawServer server = mute()) {
      CompletableFuture<?> first = transport.send(get(server.uri()));
      CompletableFuture<?> second = transport.send(get(server.uri()));
      TransportException failure =
          failure(transport.send(TransportRequest.builder("GET", server.uri())
              .timeout(Duration.ofMillis(100))
              .build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
      assertThat(failure).hasMessage("no free connection within PT0.1S");
      assertThat(first).isNotDone();
      assertThat(second).isNotDone();
    }
  }

  @Test
  void anExchangeThatNobodyEndsIsEndedSoonAfterItsTime() throws Exception {
    try (RawServer server = mute()) {
      TransportException failure =
          failure(transport.send(TransportRequest.builder("GET", server.uri())
              .timeout(Duration.ofMillis(100))
              .build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
      assertThat(failure).hasMessage("localhost:" + server.port() + " did not answer in time");
      result(server.next().left());
    }
  }

  @Test
  void closingFailsWhatIsInFlightAndWhatWaits() throws Exception {
    try (RawServer server = mute()) {
      List<CompletableFuture<TransportResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(transport.send(get(server.uri())));
      }
      Peer one = server.next();
      Peer two = server.next();
      assertThat(one.request() + two.request()).contains("GET");
      CompletableFuture<TransportResponse> waiting = transport.send(untouchable(server.uri()));

      transport.close();

      for (CompletableFuture<TransportResponse> call : calls) {
        assertThat(failure(call).stage()).isEqualTo(FailureStage.EXCHANGE);
        assertThat(failure(call)).hasMessage("the transport was closed");
      }
      assertThat(failure(waiting).stage()).isEqualTo(FailureStage.CONNECT);
      result(one.left());
      result(two.left());
      assertThat(transport.threads()).isZero();
      transport.close();
    }
  }

  @Test
  void sendsNothingAfterItWasClosed() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      transport.close();

      assertThatThrownBy(() -> transport.send(untouchable(server.uri())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the transport is closed; create a new one");
      assertThat(server.peers()).isEmpty();
    }
  }

  @Test
  void closingFromAThreadOfItsOwnDoesNotWaitForItself() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      CompletableFuture<Void> closed =
          transport.send(get(server.uri())).thenAccept(response -> transport.close());

      result(closed);
      assertThat(transport.threadsAfter(Calls.GENEROUS)).isZero();
    }
  }

  @Test
  void anInterruptedCloseKeepsTheFlag() throws Exception {
    try (RawServer server = mute()) {
      CompletableFuture<?> call = transport.send(get(server.uri()));
      assertThat(server.next().request()).startsWith("GET");

      Thread.currentThread().interrupt();
      transport.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure(call)).hasMessage("the transport was closed");
    }
  }

  @Test
  void closingDoesNotWaitLongForAStuckNameLookUp() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ApacheTransport stuck = ApacheTransport.builder()
        .noProxy()
        .names(host -> {
          asked.countDown();
          Calls.await(resolved);
          return new InetAddress[0];
        })
        .build();
    CompletableFuture<?> call = stuck.send(untouchable(URI.create("http://slow.example")));
    Calls.await(asked);

    stuck.close();

    assertThat(failure(call)).hasMessage("the transport was closed");
    assertThat(stuck.threads()).isOne();
    resolved.countDown();
    assertThat(stuck.threadsAfter(Calls.GENEROUS)).isZero();
  }
}
