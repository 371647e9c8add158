// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.BlackHole;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WireConnection;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Cases 6xx: giving up, and many at once. */
abstract class CancelCases extends ContractCases {
  private static final int LARGE_BODY_BYTES = 16 << 20;
  private static final int STORM = 50;
  private static final int WAITING = 100;
  private static final int GIVEN_UP = 30;
  private static final int THREADS = 32;
  private static final int CALLS_PER_THREAD = 10;
  private static final int CROWD = 1_000;

  /** Generous for a pool; far below one thread for each of a thousand exchanges. */
  private static final int MOST_THREADS = 100;

  CancelCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T601_stopConnecting() throws Exception {
    BlackHole hole = blackHole();
    Transport transport = transport();
    CountedBody body = CountedBody.of("body");

    CompletableFuture<TransportResponse> future = transport.send(post(hole.http("/"), body));
    assertCancelled(future);

    body.assertNeverAsked("no connection was made");
    assertUsable(transport);
  }

  @Test
  void must_T602_closeAConnectionThatShakesHands() throws Exception {
    WirePort port = port(WireScripts.mute());
    Transport transport = transport(options().sslContext(certificates().client()));
    CountedBody body = CountedBody.of("body");

    CompletableFuture<TransportResponse> future = transport.send(post(port.https("/"), body));
    WireConnection connection = awaitConnection(port, 1);
    assertCancelled(future);

    assertEnded(connection, "cancelling within the handshake must close the connection");
    body.assertNeverAsked("no connection stood");
  }

  @Test
  void must_T603_closeAnExchangeThatWaitsForItsAnswer() throws Exception {
    assertClosedByCancel((request, peer) -> {}, "no answer");
  }

  @Test
  void must_T604_closeAnExchangeWithinTheHead() throws Exception {
    assertClosedByCancel(
        (request, peer) -> peer.write(Http1.bytes("HTTP/1.1 200 OK\r\nContent-Le")), "half a head");
    assertClosedByCancel(
        (request, peer) -> {
          peer.watch();
          peer.write(Http1.bytes("HTTP/1.1 200 OK\r\nX-Slow: "));
          peer.writeEndlessly(Http1.bytes("x"), Duration.ofMillis(10));
        },
        "a head that drips");
  }

  @Test
  void must_T605_closeAnExchangeWithinTheBody() throws Exception {
    assertClosedByCancel(
        (request, peer) -> peer.write(Http1.head("HTTP/1.1 200 OK", "Content-Length: 10")),
        "a head without its body");
    assertClosedByCancel(
        (request, peer) -> peer.write(
            Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 10"), Http1.bytes("{\"d"))),
        "half a body");
    assertClosedByCancel(
        (request, peer) ->
            peer.write(Http1.join(Http1.chunkedHead(), Http1.bytes("5\r\nhello\r\n"))),
        "a chunked body without its end");
    assertClosedByCancel(
        (request, peer) -> {
          peer.watch();
          peer.write(Http1.head("HTTP/1.1 200 OK", "Content-Length: 60000"));
          peer.writeEndlessly(Http1.bytes(" "), Duration.ofMillis(10));
        },
        "a body that drips");
  }

  @Test
  void must_T606_closeAnExchangeWhoseRequestNobodyReads() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    WirePort port = port(peer -> {
      if (peer.readHead().isPresent()) {
        peer.await(cancelled);
      }
    });
    CountedBody body = CountedBody.of(new byte[LARGE_BODY_BYTES]);
    Transport transport = transport();

    CompletableFuture<TransportResponse> future = transport.send(post(port.http("/"), body));
    WireConnection connection = awaitConnection(port, 1);
    assertCancelled(future);
    cancelled.countDown();

    assertEnded(connection, "cancelling while the request is sent must close the connection");
    assertTrue(
        connection.received().length < LARGE_BODY_BYTES,
        "a request that was given up must not be sent to its end");
    body.assertAskedAtMostOnce();
    assertUsable(transport);
  }

  @Test
  void must_T607_closeWhatIsCancelledAtOnce() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
    Transport transport = transport();

    for (int i = 0; i < STORM; i++) {
      CountedBody body = CountedBody.of("body");
      assertCancelled(transport.send(post(port.http("/"), body)));
      body.assertAskedAtMostOnce();
    }
    assertUsable(transport);

    assertAllEnded(port, "cancelling must close the connection, however early it comes");
    assertTrue(port.requests().size() <= STORM, "no request may be sent twice");
  }

  @Test
  void must_T608_leaveACompleteAnswerAlone() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("body")));
    Transport transport = transport();
    CompletableFuture<TransportResponse> future = transport.send(get(port.http("/")));
    answer(future, "a GET must be answered");

    assertFalse(future.cancel(true), "an answer that is there cannot be cancelled");

    assertBody("body", answer(future, "the answer stays"), "the answer stays");
    assertBody(
        "body",
        answer(transport, get(port.http("/")), "the next exchange must not suffer"),
        "the next exchange must not suffer");
  }

  @Test
  void must_T609_neverHandALateAnswerToTheNextExchange() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> {
          peer.await(cancelled);
          peer.write(Http1.ok("late"));
        },
        (request, peer) -> peer.write(Http1.ok("right"))));
    Transport transport = transport();
    CompletableFuture<TransportResponse> late = transport.send(get(port.http("/")));
    awaitRequests(port, 1);
    assertCancelled(late);

    CompletableFuture<TransportResponse> next = transport.send(get(port.http("/")));
    assertTrue(
        port.awaitConnections(2, patience()), "a cancelled connection must not be used again");
    cancelled.countDown();

    assertBody(
        "right",
        answer(next, "an exchange after a cancelled one must be answered"),
        "a late answer must not be taken for that of the next request");
  }

  @Test
  void must_T610_surviveAStormOfCancelling() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
    Transport transport = transport();
    List<CompletableFuture<TransportResponse>> futures = new ArrayList<>();
    for (int i = 0; i < STORM; i++) {
      futures.add(transport.send(post(port.http("/"), "body")));
    }
    awaitRequests(port, 1);

    for (CompletableFuture<TransportResponse> future : futures) {
      assertCancelled(future);
    }
    assertUsable(transport);

    assertAllEnded(port, "cancelling must close every connection");
    assertTrue(port.requests().size() <= STORM, "no request may be sent twice");
  }

  @Test
  void must_T611_neverBlockTheCallerOfSend() throws Exception {
    WirePort mute = port(WireScripts.mute());
    BlackHole hole = blackHole();
    Transport transport = transport(options().sslContext(certificates().client()));
    List<Supplier<TransportRequest>> requests = List.of(
        () -> post(mute.http("/"), "body"),
        () -> post(mute.https("/"), "body"),
        () -> post(hole.http("/"), "body"),
        () -> get(URI.create("http://unknown.invalid/")));

    CompletableFuture<List<CompletableFuture<TransportResponse>>> sent = onThread(() -> {
      List<CompletableFuture<TransportResponse>> futures = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        futures.add(transport.send(requests.get(i % requests.size()).get()));
      }
      return futures;
    });

    List<CompletableFuture<TransportResponse>> futures;
    try {
      futures = sent.get(
          Math.min(patience().toMillis(), CONNECT_LIMIT.toMillis() / 2), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("send must return at once, however many exchanges wait", e);
    }
    assertEquals(WAITING, futures.size(), "send must return at once, however many exchanges wait");
    futures.forEach(future -> future.cancel(true));
  }

  @Test
  void must_T612_serveManyThreadsAtOnce() throws Exception {
    WirePort port = port(WireScripts.answering(request -> Http1.ok(request.target())));
    Transport transport = transport();
    List<CompletableFuture<List<String>>> threads = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();

    for (int thread = 0; thread < THREADS; thread++) {
      List<String> targets = new ArrayList<>();
      for (int call = 0; call < CALLS_PER_THREAD; call++) {
        targets.add("/thread-" + thread + "/call-" + call);
      }
      expected.add(targets);
      threads.add(onThread(() -> {
        List<String> bodies = new ArrayList<>();
        for (String target : targets) {
          bodies.add(
              Http1.text(answer(transport, get(port.http(target)), "each GET must be answered")
                  .body()));
        }
        return bodies;
      }));
    }

    for (int thread = 0; thread < THREADS; thread++) {
      assertEquals(
          expected.get(thread),
          threads.get(thread).get(patience().toMillis(), TimeUnit.MILLISECONDS),
          "each thread must get the answers to its own requests, in its order");
    }
    assertEquals(
        THREADS * CALLS_PER_THREAD, port.requests().size(), "each request must be sent once");
  }

  @Test
  void must_T613_serveACrowdWithFewThreads() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    WirePort port = port(WireScripts.perRequest((request, peer) -> {
      peer.await(gate);
      peer.write(Http1.ok(request.target()));
    }));
    ThreadCensus census = ThreadCensus.now();
    Transport transport = transport();
    List<CompletableFuture<TransportResponse>> futures = new ArrayList<>();

    for (int i = 0; i < CROWD; i++) {
      futures.add(transport.send(TransportRequest.builder("GET", port.http("/" + i))
          .timeout(Duration.ofMinutes(1))
          .build()));
    }
    awaitRequests(port, 1);
    int threads = census.newcomers().size();
    gate.countDown();

    for (int i = 0; i < CROWD; i++) {
      assertBody(
          "/" + i,
          answer(futures.get(i), "each of " + CROWD + " exchanges must be answered"),
          "each exchange must get its own answer");
    }
    assertEquals(CROWD, port.requests().size(), "each request must be sent once");
    assertTrue(
        threads <= MOST_THREADS,
        () -> CROWD + " exchanges must not need a thread each, there were " + threads);
  }

  @Test
  void must_T614_endWithAStageThatADecoratorReturns() throws Exception {
    List<UnaryOperator<CompletableFuture<TransportResponse>>> decorators =
        can(TransportCapability.ENDS_WITH_DERIVED_STAGES)
            ? List.of(
                exchange -> exchange.whenComplete((answer, failure) -> {}),
                exchange -> exchange.thenApply(answer -> answer).thenApply(answer -> answer),
                exchange -> exchange.thenCompose(CompletableFuture::completedFuture))
            : List.of(CancelCases::passingCancellationOn);
    for (UnaryOperator<CompletableFuture<TransportResponse>> decorator : decorators) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
      Transport transport = transport();
      Transport decorated = request -> decorator.apply(transport.send(request));

      CompletableFuture<TransportResponse> future = decorated.send(unhurried(port));
      awaitRequests(port, 1);
      assertCancelled(future);

      assertAllEnded(port, "cancelling what a decorator returns must close the connection");
      assertUsable(transport);
      assertEquals(1, port.requests().size(), "what was cancelled must not be sent again");
    }
  }

  @Test
  void must_T615_endHoweverTheFutureIsCompleted() throws Exception {
    TransportResponse other = TransportResponse.of(200, Headers.of(), new byte[0]);
    List<Consumer<CompletableFuture<TransportResponse>>> completions =
        can(TransportCapability.ENDS_WITH_DERIVED_STAGES)
            ? List.of(
                future -> future.cancel(false),
                future -> future.complete(other),
                future -> future.completeExceptionally(new IllegalStateException("given up")),
                future -> future.orTimeout(1, TimeUnit.NANOSECONDS),
                future -> future.thenApply(answer -> answer).complete(other),
                future -> future.copy().orTimeout(1, TimeUnit.NANOSECONDS))
            : List.of(future -> future.cancel(true));
    for (Consumer<CompletableFuture<TransportResponse>> completion : completions) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
      Transport transport = transport();

      CompletableFuture<TransportResponse> future = transport.send(unhurried(port));
      awaitRequests(port, 1);
      completion.accept(future);

      assertAllEnded(port, "completing the future must close the connection");
      assertUsable(transport);
      assertEquals(1, port.requests().size(), "what was given up must not be sent again");
    }
  }

  @Test
  void must_T616_notGrowWithWhatIsGivenUpOrCutOff() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {
      if (request.target().equals("/answer")) {
        peer.write(Http1.ok("body"));
      } else if (request.target().equals("/large")) {
        peer.write(Http1.join(
            Http1.head("HTTP/1.1 200 OK", "Content-Length: 100000"), Http1.bytes("too large")));
      }
    }));
    Transport transport = transport();
    for (int i = 0; i < WAITING; i++) {
      answer(transport, get(port.http("/answer")), "a GET must be answered");
    }
    ThreadCensus census = ThreadCensus.now();

    for (int i = 0; i < GIVEN_UP; i++) {
      CompletableFuture<TransportResponse> future = transport.send(get(port.http("/cancelled")));
      awaitRequests(port, WAITING + 2 * i + 1);
      assertCancelled(future);
      failure(
          transport,
          TransportRequest.builder("GET", port.http("/large"))
              .maxResponseBytes(10)
              .build(),
          "a body over the limit is a failure",
          FailureStage.TOO_LARGE);
    }

    List<Thread> grown = census.newcomers();
    assertTrue(
        grown.size() < GIVEN_UP / 2,
        () -> "what is given up or cut off must not leave threads behind, there are " + grown);
    assertUsable(transport);
    transport.close();
    assertAllEnded(port, "what is given up or cut off must be closed");
  }

  /** With a limit that does not end the exchange in the place of whoever gives it up. */
  private static TransportRequest unhurried(WirePort port) {
    return TransportRequest.builder("POST", port.http("/"))
        .body(Http1.bytes("body"))
        .timeout(Duration.ofMinutes(5))
        .build();
  }

  private static CompletableFuture<TransportResponse> passingCancellationOn(
      CompletableFuture<TransportResponse> exchange) {
    CompletableFuture<TransportResponse> derived = exchange.whenComplete((answer, failure) -> {});
    CompletionStage<TransportResponse> ended = derived;
    ended.whenComplete((answer, failure) -> {
      if (derived.isCancelled()) {
        exchange.cancel(true);
      }
    });
    return derived;
  }

  private void assertClosedByCancel(WireStep step, String what) throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest(step));
      Transport transport = transport();
      CountedBody body = CountedBody.of("body");
      CompletableFuture<TransportResponse> future =
          transport.send(get ? get(port.http("/")) : post(port.http("/"), body));
      awaitRequests(port, 1);

      assertCancelled(future);

      assertAllEnded(port, "cancel(true) must close the connection: " + what);
      assertUsable(transport);
      assertEquals(1, port.requests().size(), "what was cancelled must not be sent again: " + what);
      body.assertAskedAtMostOnce();
    }
  }

  private static void assertCancelled(CompletableFuture<TransportResponse> future)
      throws InterruptedException {
    assertTrue(future.cancel(true), "an exchange in flight must be cancellable");
    assertTrue(future.isCancelled(), "a cancelled exchange must say so");
    try {
      future.get(0, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      return;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("a cancelled exchange ends at once, as cancelled", e);
    }
    throw new AssertionError("a cancelled exchange has no answer");
  }

  private void assertUsable(Transport transport) throws Exception {
    settle(transport);
  }
}
