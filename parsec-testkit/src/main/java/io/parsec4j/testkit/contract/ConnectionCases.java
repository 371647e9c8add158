// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.BlackHole;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Cases 5xx: connections that are not made, not kept, or end too early, and what is sent how often. */
abstract class ConnectionCases extends ContractCases {
  private static final int MANY = 200;
  private static final Duration MANY_WITHIN = Duration.ofSeconds(10);
  private static final int POISON_ROUNDS = 20;
  private static final int LARGE_BODY_BYTES = 8 << 20;

  ConnectionCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T501_sendOnceIfTheConnectionEndsBeforeTheAnswer() throws Exception {
    assertFreshFailure((request, peer) -> peer.fin(), "FIN instead of an answer", true);
    assertFreshFailure((request, peer) -> peer.reset(), "RST instead of an answer", true);
  }

  @Test
  void must_T502_sendOnceIfTheConnectionEndsWithinTheHead() throws Exception {
    byte[] half = Http1.bytes("HTTP/1.1 200 OK\r\nContent-Le");
    assertFreshFailure(
        (request, peer) -> {
          peer.write(half);
          peer.fin();
        },
        "FIN within the head",
        true);
    assertFreshFailure(
        (request, peer) -> {
          peer.write(half);
          peer.reset();
        },
        "RST within the head",
        true);
  }

  @Test
  void must_T503_sendOnceIfTheConnectionEndsWithinTheBody() throws Exception {
    byte[] half =
        Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 10"), Http1.bytes("half "));
    assertFreshFailure(
        (request, peer) -> {
          peer.write(half);
          peer.fin();
        },
        "FIN within the body",
        false);
    assertFreshFailure(
        (request, peer) -> {
          peer.write(half);
          peer.reset();
        },
        "RST within the body",
        true);
  }

  @Test
  void must_T504_sendOnceIfAKeptConnectionEndsBeforeTheAnswer() throws Exception {
    assertReusedFailure((request, peer) -> peer.fin(), "FIN instead of the second answer", true);
    assertReusedFailure((request, peer) -> peer.reset(), "RST instead of the second answer", true);
  }

  @Test
  void must_T505_sendOnceIfAKeptConnectionEndsWithinTheAnswer() throws Exception {
    byte[] half = Http1.bytes("HTTP/1.1 200 OK\r\nContent-Le");
    byte[] halfBody =
        Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 10"), Http1.bytes("half "));
    for (byte[] wire : List.of(half, halfBody)) {
      assertReusedFailure(
          (request, peer) -> {
            peer.write(wire);
            peer.fin();
          },
          "FIN within the second answer",
          true);
      assertReusedFailure(
          (request, peer) -> {
            peer.write(wire);
            peer.reset();
          },
          "RST within the second answer",
          true);
    }
  }

  @Test
  void must_T506_failIfTheConnectionEndsAsSoonAsItStands() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      for (boolean get : new boolean[] {true, false}) {
        WirePort port = port(peer -> {
          if (reset) {
            peer.reset();
          } else {
            peer.fin();
          }
        });
        CountedBody body = CountedBody.of("body");

        TransportException failure = failure(
            transport().send(get ? get(port.http("/")) : post(port.http("/"), body)),
            "a connection that ends at once is a failure",
            FailureStage.CONNECT,
            FailureStage.EXCHANGE);

        if (failure.stage() == FailureStage.CONNECT) {
          body.assertNeverAsked("CONNECT says that nothing can have been sent");
        }
        body.assertAskedAtMostOnce();
      }
    }
  }

  @Test
  void must_T507_passOverAKeptConnectionThatTheServerHasClosed() throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest(
          (request, peer) -> {
            peer.write(Http1.ok("first"));
            peer.fin();
          },
          (request, peer) -> peer.write(Http1.ok("second"))));
      Transport transport = transport();
      answer(transport, get(port.http("/")), "a GET must be answered");
      settle(transport);

      TransportResponse second = answer(
          transport.send(get ? get(port.http("/")) : post(port.http("/"), "body")),
          "a connection that the server closed long ago must not spoil the next exchange");

      assertBody("second", second, "the next exchange must go to a new connection");
      assertEquals(2, port.requests().size(), "each request must be sent once");
    }
  }

  @Test
  void must_T508_neverTakeASecondAnswerForThatOfTheNextRequest() throws Exception {
    for (int round = 0; round < POISON_ROUNDS; round++) {
      WirePort port = port(WireScripts.perRequest(
          (request, peer) -> peer.write(Http1.join(Http1.ok("first"), Http1.ok("stray"))),
          (request, peer) -> peer.write(Http1.ok("second"))));
      assertNoStray(port, true);
    }
  }

  @Test
  void must_T509_neverTakeAnAnswerToNothingForThatOfTheNextRequest() throws Exception {
    for (int round = 0; round < POISON_ROUNDS; round++) {
      CountDownLatch idle = new CountDownLatch(1);
      CountDownLatch sent = new CountDownLatch(1);
      WirePort port = port(WireScripts.perRequest(
          (request, peer) -> {
            peer.write(Http1.ok("first"));
            peer.await(idle);
            peer.write(Http1.answer("HTTP/1.1 408 Request Timeout", "stray", "Connection: close"));
            sent.countDown();
          },
          (request, peer) -> peer.write(Http1.ok("second"))));
      Transport transport = transport();
      assertBody(
          "first", answer(transport, get(port.http("/")), "a GET must be answered"), "first");
      idle.countDown();
      sent.await();
      settle(transport);

      answerOrFailure(
              transport.send(get(port.http("/"))),
              "an answer to nothing must not be taken for that of the next request",
              FailureStage.EXCHANGE)
          .ifPresent(answer -> assertBody(
              "second",
              answer,
              "an answer to nothing must not be taken for that of the next request"));
    }
  }

  @Test
  void must_T510_neverTakeASecondAnswerEvenWithoutAPause() throws Exception {
    for (int round = 0; round < POISON_ROUNDS; round++) {
      WirePort port = port(WireScripts.perRequest(
          (request, peer) -> peer.write(Http1.join(Http1.ok("first"), Http1.ok("stray"))),
          (request, peer) -> peer.write(Http1.ok("second"))));
      if (can(TransportCapability.NO_STRAY_ANSWERS)) {
        assertNoStray(port, false);
      } else {
        Transport transport = transport();
        answer(transport, get(port.http("/")), "a GET must be answered");
        answerOrFailure(
            transport.send(get(port.http("/"))),
            "a second answer must not hang the next request",
            FailureStage.EXCHANGE);
      }
    }
  }

  @Test
  void must_T511_closeAConnectionThatTheServerWillNotKeep() throws Exception {
    for (String answer : List.of(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nconnection: Close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "4\r\nbody\r\n0\r\n\r\n")) {
      WirePort port = port(WireScripts.answering(Http1.bytes(answer)));
      Transport transport = transport();

      for (int i = 1; i <= 2; i++) {
        assertBody(
            "body", answer(transport, get(port.http("/")), "a GET must be answered"), "the body");
        assertEquals(
            i,
            port.requests().get(i - 1).connection(),
            "a connection that is not kept must not be used again");
      }
      assertAllEnded(port, "a connection that is not kept must be closed, also by the client");
    }
  }

  @Test
  void must_T521_keepNoConnectionThatSpeaksHttp10() throws Exception {
    WirePort port = port(
        WireScripts.answering(Http1.bytes("HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody")));
    Transport transport = transport();

    for (int i = 0; i < 2; i++) {
      assertBody(
          "body", answer(transport, get(port.http("/")), "HTTP/1.0 must be read"), "the body");
    }

    if (can(TransportCapability.CLOSES_HTTP_1_0)) {
      assertEquals(2, port.connections().size(), "HTTP/1.0 keeps no connection unless it says so");
      assertAllEnded(port, "a connection that is not kept must be closed, also by the client");
    }
    assertEquals(2, port.requests().size(), "each request must be sent once");
  }

  @Test
  void must_T512_keepConnectionsOrCloseThem() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("body")));
    Transport transport = transport();

    for (int i = 0; i < 10; i++) {
      answer(transport, get(port.http("/")), "a GET must be answered");
    }

    if (can(TransportCapability.CONNECTION_REUSE)) {
      assertEquals(1, port.connections().size(), "one request after the other needs no more");
    } else {
      assertEquals(10, port.connections().size(), "each request has a connection of its own");
      assertAllEnded(port, "a connection of one request must be closed after its answer");
    }
  }

  @Test
  void must_T513_notStallBetweenRequests() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("body")));
    Transport transport = transport();
    answer(transport, get(port.http("/")), "a GET must be answered");
    Duration limit = MANY_WITHIN.compareTo(patience()) < 0 ? MANY_WITHIN : patience();
    long start = System.nanoTime();

    for (int i = 0; i < MANY; i++) {
      answer(transport, get(port.http("/")), "a GET must be answered");

      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      int answered = i + 1;
      assertTrue(
          taken.compareTo(limit) < 0,
          () -> MANY + " requests one after the other must not wait for each other's"
              + " acknowledgements (TCP_NODELAY); " + answered + " took " + taken);
    }
    assertEquals(MANY + 1, port.requests().size(), "each request must be sent once");
  }

  @Test
  void must_T514_readAnAnswerThatComesBeforeTheWholeRequestWasSent() throws Exception {
    for (String line : List.of("HTTP/1.1 413 Content Too Large", "HTTP/1.1 401 Unauthorized")) {
      WirePort port = port(peer -> {
        if (peer.readHead().isPresent()) {
          peer.write(Http1.answer(line, "early", "Connection: close"));
          peer.fin();
        }
      });
      CountedBody large = CountedBody.of(new byte[LARGE_BODY_BYTES]);

      answerOrFailure(
              transport().send(post(port.http("/"), large)),
              "an early answer is an answer or a failure",
              FailureStage.EXCHANGE)
          .ifPresent(answer -> assertBody("early", answer, "an early answer must be read whole"));

      large.assertAskedAtMostOnce();
      assertEquals(1, port.connections().size(), "an early answer must not make a POST go twice");
    }
  }

  @Test
  void must_T515_failWithConnectIfNobodyListens() throws Exception {
    URI nobody;
    try (ServerSocket closed = new ServerSocket()) {
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/");
    }
    CountedBody body = CountedBody.of("body");

    failure(
        transport(),
        post(nobody, body),
        "a refused connection is a failure to connect",
        FailureStage.CONNECT);
    failure(
        transport(),
        get(nobody),
        "a refused connection is a failure to connect",
        FailureStage.CONNECT);

    body.assertNeverAsked("the connection was refused");
  }

  @Test
  void must_T516_failWithConnectIfTheHostIsUnknown() throws Exception {
    CountedBody body = CountedBody.of("body");

    failure(
        transport(),
        post(URI.create("http://unknown.invalid/"), body),
        "an unknown host is a failure to connect",
        FailureStage.CONNECT);

    body.assertNeverAsked("the host is unknown");
  }

  @Test
  void must_T517_failIfThePortCannotExist() throws Exception {
    CountedBody body = CountedBody.of("body");

    failure(
        transport(),
        post(URI.create("http://127.0.0.1:65536/"), body),
        "a port over 65,535 is a failure to connect",
        FailureStage.CONNECT);

    body.assertNeverAsked("there is no such port");
  }

  @Test
  void must_T518_endConnectingAtItsLimit() throws Exception {
    BlackHole hole = blackHole();
    CountedBody body = CountedBody.of("body");

    failure(
        transport(options().connectTimeout(SHORT_CONNECT_LIMIT)),
        post(hole.http("/"), body),
        "connecting must end at its limit",
        FailureStage.TIMEOUT,
        FailureStage.CONNECT);

    body.assertNeverAsked("no connection was made");
  }

  @Test
  void must_T519_tryTheNextAddressOfAHost() throws Exception {
    Optional<InetAddress[]> addresses = hostWithTwoAddresses();
    Assumptions.assumeTrue(
        addresses.isPresent(),
        "neither localhost nor two-addresses.test has several addresses on this machine");
    InetAddress second = addresses.orElseThrow()[1];
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(new InetSocketAddress(second, 0));
      Thread server = new Thread(() -> serveOnce(listener), "contract-second-address");
      server.setDaemon(true);
      server.start();
      URI uri = URI.create("http://" + second.getHostName() + ":" + listener.getLocalPort() + "/");
      CountedBody body = CountedBody.of("body");
      CompletableFuture<TransportResponse> future = transport().send(post(uri, body));

      if (can(TransportCapability.ALL_ADDRESSES)) {
        assertBody(
            "second",
            answer(future, "the second address of a host must be tried"),
            "the second address of a host must be tried");
        body.assertAskedOnce();
      } else {
        failure(future, "the first address of a host refuses connections", FailureStage.CONNECT);
        body.assertNeverAsked("no connection was made");
      }
    }
  }

  @Test
  void must_T520_askForTheBodyOnceForEachExchange() throws Exception {
    List<WireStep> steps = new ArrayList<>();
    steps.add((request, peer) -> peer.write(Http1.ok("")));
    steps.add((request, peer) -> peer.write(Http1.answer("HTTP/1.1 401 No", "")));
    steps.add((request, peer) -> peer.write(Http1.answer("HTTP/1.1 503 No", "")));
    steps.add(
        (request, peer) -> peer.write(Http1.answer("HTTP/1.1 307 No", "", "Location: /again")));
    WirePort port = port(WireScripts.perRequest(steps.toArray(WireStep[]::new)));
    Transport transport = transport();

    for (int i = 0; i < steps.size(); i++) {
      CountedBody body = CountedBody.of("body");
      answer(transport, post(port.http("/"), body), "every status is an answer");
      body.assertAskedOnce();
    }

    assertEquals(steps.size(), port.requests().size(), "each request must be sent once");
  }

  private void assertFreshFailure(WireStep step, String what, boolean beforeTheAnswer)
      throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest(step));
      CountedBody body = CountedBody.of("body");

      failure(
          transport().send(get ? get(port.http("/")) : post(port.http("/"), body)),
          what + " is a failure of the exchange",
          FailureStage.EXCHANGE);

      assertSent(port, 1, get && beforeTheAnswer, what);
      body.assertAskedAtMostOnce();
    }
  }

  private void assertReusedFailure(WireStep step, String what, boolean beforeTheAnswer)
      throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port =
          port(WireScripts.perRequest((request, peer) -> peer.write(Http1.ok("first")), step));
      Transport transport = transport();
      CountedBody body = CountedBody.of("body");
      assertBody(
          "first", answer(transport, get(port.http("/")), "a GET must be answered"), "first");

      failure(
          transport.send(get ? get(port.http("/")) : post(port.http("/"), body)),
          what + " is a failure of the exchange",
          FailureStage.EXCHANGE);

      assertSent(port, 2, get && beforeTheAnswer, what);
      body.assertAskedAtMostOnce();
    }
  }

  private void assertSent(WirePort port, int once, boolean repeatable, String what) {
    int most = repeatable && !can(TransportCapability.NO_SILENT_REPEAT) ? once + 1 : once;
    int sent = port.requests().size();
    assertTrue(
        sent >= once && sent <= most,
        () -> "after " + what + " nothing may be sent again: " + once + " to " + most
            + " requests were allowed, there were " + port.requests());
  }

  private void assertNoStray(WirePort port, boolean settled) throws Exception {
    Transport transport = transport();
    assertBody("first", answer(transport, get(port.http("/")), "a GET must be answered"), "first");
    if (settled) {
      settle(transport);
    }
    answerOrFailure(
            transport.send(get(port.http("/"))),
            "a second answer must not be taken for that of the next request",
            FailureStage.EXCHANGE)
        .ifPresent(answer -> assertNotEquals(
            "stray",
            Http1.text(answer.body()),
            "a second answer must not be taken for that of the next request"));
  }

  private static Optional<InetAddress[]> hostWithTwoAddresses() {
    for (String name : List.of("two-addresses.test", "localhost")) {
      try {
        InetAddress[] addresses = InetAddress.getAllByName(name);
        if (addresses.length > 1) {
          return Optional.of(addresses);
        }
      } catch (UnknownHostException e) {
        // Not every machine knows these names: the next one may do.
      }
    }
    return Optional.empty();
  }

  private static void serveOnce(ServerSocket listener) {
    try (var socket = listener.accept()) {
      byte[] request = new byte[8_192];
      if (socket.getInputStream().read(request) > 0) {
        socket.getOutputStream().write(Http1.ok("second", "Connection: close"));
        socket.shutdownOutput();
        while (socket.getInputStream().read(request) >= 0) {
          // Until the client has closed, too.
        }
      }
    } catch (java.io.IOException e) {
      // The case is over: nobody connected.
      return;
    }
  }
}
