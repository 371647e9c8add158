// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.BlackHole;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Cases 7xx: closing, and what is left afterwards. */
abstract class CloseCases extends ContractCases {
  private static final int IN_FLIGHT = 100;
  private static final int TRANSPORTS = 20;
  private static final int CLOSERS = 8;
  private static final int MOST_LEFT_PER_TRANSPORT = 2;
  private static final int JOIN_MILLIS = 50;

  CloseCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T701_closeOnceHoweverOftenItIsAsked() throws Exception {
    WirePort port = port(answeringOk());
    for (boolean used : new boolean[] {false, true}) {
      Transport transport = transport();
      if (used) {
        answer(transport, get(port.http("/")), "a GET must be answered");
      }

      closeBounded(transport);
      closeBounded(transport);
      List<CompletableFuture<Void>> closers = new ArrayList<>();
      for (int i = 0; i < CLOSERS; i++) {
        closers.add(startClosing(transport));
      }

      for (CompletableFuture<Void> closer : closers) {
        assertEnds(closer);
      }
    }
  }

  @Test
  void must_T702_failWhatIsInFlight() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
    Transport transport = transport();
    List<CompletableFuture<TransportResponse>> futures = new ArrayList<>();
    List<CountedBody> bodies = new ArrayList<>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      bodies.add(CountedBody.of("body"));
      futures.add(transport.send(post(port.http("/"), bodies.get(i))));
    }
    awaitRequests(port, 1);

    closeBounded(transport);

    for (int i = 0; i < IN_FLIGHT; i++) {
      TransportException failure = failure(
          futures.get(i),
          "close() must fail every exchange in flight",
          FailureStage.EXCHANGE,
          FailureStage.CONNECT);
      if (failure.stage() == FailureStage.CONNECT) {
        bodies.get(i).assertNeverAsked("CONNECT says that nothing can have been sent");
      }
    }
    assertAllEnded(port, "close() must close every connection in use");
    assertTrue(port.requests().size() <= IN_FLIGHT, "no request may be sent twice");
  }

  @Test
  void must_T703_failWhatIsBeingReadOrConnected() throws Exception {
    WirePort reading = port(WireScripts.perRequest((request, peer) -> peer.write(
        Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 10"), Http1.bytes("half ")))));
    WirePort handshake = port(WireScripts.mute());
    BlackHole hole = blackHole();
    Transport transport = transport(options().sslContext(certificates().client()));
    List<CompletableFuture<TransportResponse>> futures = List.of(
        transport.send(post(reading.http("/"), "body")),
        transport.send(post(handshake.https("/"), "body")),
        transport.send(post(hole.http("/"), "body")));
    awaitRequests(reading, 1);
    awaitConnection(handshake, 1);

    closeBounded(transport);

    for (CompletableFuture<TransportResponse> future : futures) {
      failure(
          future,
          "close() must fail every exchange in flight",
          FailureStage.EXCHANGE,
          FailureStage.CONNECT,
          FailureStage.TLS);
    }
    assertAllEnded(reading, "close() must close every connection in use");
    assertAllEnded(handshake, "close() must close every connection in use");
  }

  @Test
  void must_T704_refuseToSendAfterwards() throws Exception {
    WirePort port = port(answeringOk());
    Transport transport = transport();
    CountedBody body = CountedBody.of("body");
    closeBounded(transport);

    for (int i = 0; i < 2; i++) {
      assertThrows(
          IllegalStateException.class,
          () -> transport.send(post(port.http("/"), body)),
          "send after close() must be refused at once, not by a future");
    }

    body.assertNeverAsked("the transport is closed");
    assertEquals(0, port.connections().size(), "a closed transport must not connect");
  }

  @Test
  void must_T705_leaveNeitherThreadNorSocket() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.write(Http1.ok("first")),
        (request, peer) -> peer.write(Http1.ok("second")),
        (request, peer) -> peer.reset(),
        (request, peer) -> {}));
    WirePort tls =
        port(WireScripts.tls(certificates().good(), WireScripts.answering(Http1.ok("tls"))));
    ThreadCensus census = ThreadCensus.now();

    useAndClose(port, tls);

    assertNothingLeft(census, 1, port, tls);
  }

  @Test
  void must_T706_leaveNothingOfManyTransports() throws Exception {
    WirePort port = port(answeringOk());
    ThreadCensus census = ThreadCensus.now();

    for (int i = 0; i < TRANSPORTS; i++) {
      useAndClose(port);
    }

    assertNothingLeft(census, TRANSPORTS, port);
  }

  @Test
  void must_T707_startDaemonThreadsOnly() throws Exception {
    WirePort port = port(answeringOk());
    ThreadCensus census = ThreadCensus.now();
    Transport transport = transport();
    for (int i = 0; i < 3; i++) {
      answer(transport, post(port.http("/"), "body"), "a POST must be answered");
    }

    for (Thread thread : census.newcomers()) {
      assertTrue(thread.isDaemon(), () -> "no thread may keep the JVM alive, " + thread + " does");
    }
  }

  /** A method of its own, so that nothing refers to the transport when it returns. */
  private void useAndClose(WirePort port, WirePort tls) throws Exception {
    Transport transport = unmanaged(options().sslContext(certificates().client()));
    answer(transport, get(port.http("/")), "a GET must be answered");
    answer(transport, get(tls.https("/")), "a GET must be answered");
    answer(transport, post(port.http("/"), "body"), "a POST must be answered");
    failure(
        transport,
        post(port.http("/"), "body"),
        "RST instead of an answer is a failure of the exchange",
        FailureStage.EXCHANGE);
    CompletableFuture<TransportResponse> cancelled = transport.send(get(port.http("/")));
    awaitRequests(port, 4);
    cancelled.cancel(true);
    CompletableFuture<TransportResponse> inFlight = transport.send(get(port.http("/")));
    awaitRequests(port, 5);
    closeBounded(transport);
    failure(inFlight, "close() must fail what is in flight", FailureStage.EXCHANGE);
  }

  private void useAndClose(WirePort port) throws Exception {
    Transport transport = unmanaged(options());
    answer(transport, get(port.http("/")), "a GET must be answered");
    closeBounded(transport);
  }

  private void assertNothingLeft(ThreadCensus census, int transports, WirePort... ports)
      throws InterruptedException {
    boolean atOnce = can(TransportCapability.RELEASES_AT_ONCE);
    if (!atOnce) {
      int most = MOST_LEFT_PER_TRANSPORT * transports;
      long until = System.nanoTime() + patience().toNanos();
      while (census.newcomers().size() > most && System.nanoTime() < until) {
        // Threads that end need a moment for it.
        for (Thread thread : census.newcomers()) {
          thread.join(JOIN_MILLIS);
        }
      }
      List<Thread> left = census.newcomers();
      assertTrue(
          left.size() <= most,
          () -> "a closed transport that waits for the garbage collector must keep no more than "
              + most + " threads, there are " + left);
    }
    String promise = atOnce
        ? "close() must leave nothing"
        : "close() must leave nothing that the garbage collector does not find";
    long until = System.nanoTime() + patience().toNanos();
    while (!isClear(census, ports)) {
      if (System.nanoTime() > until) {
        fail(promise + "; but these threads live: " + census.newcomers()
            + ", or a server has not seen the end of a connection");
      }
      if (!atOnce) {
        System.gc();
      }
      for (Thread thread : census.newcomers()) {
        thread.join(JOIN_MILLIS);
      }
    }
  }

  private static boolean isClear(ThreadCensus census, WirePort... ports)
      throws InterruptedException {
    for (WirePort port : ports) {
      if (!port.awaitAllEnded(Duration.ofMillis(JOIN_MILLIS))) {
        return false;
      }
    }
    return census.newcomers().isEmpty();
  }

  private void closeBounded(Transport transport) throws InterruptedException {
    assertEnds(startClosing(transport));
  }

  private static CompletableFuture<Void> startClosing(Transport transport) {
    return onThread(() -> {
      transport.close();
      return null;
    });
  }

  private void assertEnds(CompletableFuture<Void> closer) throws InterruptedException {
    try {
      closer.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      fail("close() must end in bounded time", e);
    } catch (ExecutionException e) {
      fail("close() must not throw, however often it is called", e);
    }
  }
}
