// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WireConnection;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScript;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Cases 8xx: whom a transport talks to. */
abstract class TlsCases extends ContractCases {
  private static final int CAP = 10_000;

  TlsCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T801_talkToAServerWithAGoodCertificate() throws Exception {
    WirePort port = port(WireScripts.tls(
        certificates().good(),
        WireScripts.answering(request -> Http1.ok(request.method() + " " + request.target()))));
    Transport transport = secure();

    for (String host : List.of("localhost", "127.0.0.1")) {
      URI uri = URI.create("https://" + host + ":" + port.number() + "/path?query");
      CountedBody body = CountedBody.of("body");
      assertBody("GET /path?query", answer(transport, get(uri), "TLS must work"), "TLS must work");
      assertBody(
          "POST /path?query", answer(transport, post(uri, body), "TLS must work"), "TLS must work");
      body.assertAskedOnce();
    }
    assertEquals(4, port.requests().size(), "each request must be sent once");
  }

  @Test
  void must_T802_refuseTheCertificateOfAnotherHost() throws Exception {
    assertRefused(certificates().wrongHost(), "a certificate for another host");
  }

  @Test
  void must_T803_refuseAnUnknownIssuer() throws Exception {
    assertRefused(certificates().unknownIssuer(), "an issuer that nobody knows");
  }

  @Test
  void must_T804_refuseASelfSignedCertificate() throws Exception {
    assertRefused(certificates().selfSigned(), "a self-signed certificate");
  }

  @Test
  void must_T805_refuseAnExpiredCertificate() throws Exception {
    assertRefused(certificates().expired(), "an expired certificate");
  }

  @Test
  void must_T806_refuseACertificateThatIsNotYetValid() throws Exception {
    assertRefused(certificates().notYetValid(), "a certificate that is not yet valid");
  }

  @Test
  void must_T807_refuseACertificateForClients() throws Exception {
    assertRefused(certificates().forClientsOnly(), "a certificate that is for clients only");
  }

  @Test
  void must_T808_refuseAnIssuerThatMayNotIssue() throws Exception {
    assertRefused(certificates().issuedByServer(), "an issuer that is no authority");
  }

  @Test
  void must_T809_trustWhomTheJvmTrustsIfNothingIsSaid() throws Exception {
    WirePort port =
        port(WireScripts.tls(certificates().good(), WireScripts.answering(Http1.ok("trusted"))));
    CountedBody body = CountedBody.of("body");

    failure(
        transport(),
        post(port.https("/"), body),
        "an authority that the JVM does not know must be refused",
        FailureStage.TLS);

    assertNothingSent(port, body, "the JVM does not trust the server");
  }

  @Test
  void must_T810_refuseWhatIsNotTls() throws Exception {
    List<WireScript> scripts = List.of(
        peer -> {
          ClientHello.read(peer);
          peer.write(Http1.answer("HTTP/1.1 400 Bad Request", "speak TLS here? no"));
        },
        peer -> {
          peer.write(Http1.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
          ClientHello.read(peer);
        },
        peer -> {
          // the first frame of an HTTP/2 server: empty settings
          peer.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
          ClientHello.read(peer);
        });
    for (WireScript script : scripts) {
      WirePort port = port(peer -> {
        script.play(peer);
        peer.fin();
      });
      CountedBody body = CountedBody.of("body");

      failure(
          secure(),
          post(port.https("/"), body),
          "what is not TLS must be refused",
          FailureStage.TLS);

      if (can(TransportCapability.BODY_AFTER_HANDSHAKE)) {
        body.assertNeverAsked("the peer does not speak TLS");
      }
      body.assertAskedAtMostOnce();
      assertEquals(List.of(), port.requests(), "nothing may be sent: the peer does not speak TLS");
    }
  }

  @Test
  void must_T811_failIfTheHandshakeBreaksOff() throws Exception {
    List<WireScript> scripts = List.of(
        peer -> {
          ClientHello.read(peer);
          peer.reset();
        },
        peer -> {
          // handshake_failure, as a server sends it that finds nothing in common
          ClientHello.read(peer);
          peer.write(new byte[] {0x15, 3, 3, 0, 2, 2, 40});
          peer.fin();
        });
    for (WireScript script : scripts) {
      WirePort port = port(script);
      CountedBody body = CountedBody.of("body");

      failure(
          secure(),
          post(port.https("/"), body),
          "a handshake that breaks off is a failure",
          FailureStage.TLS,
          FailureStage.CONNECT,
          FailureStage.EXCHANGE);

      assertNothingSent(port, body, "the handshake broke off");
    }
  }

  @Test
  void must_T820_failIfAHandshakeEndsWithoutAWord() throws Exception {
    WirePort port = port(peer -> {
      ClientHello.read(peer);
      peer.fin();
    });
    CountedBody body = CountedBody.of("unsent-body");

    failure(
        secure(),
        post(port.https("/"), body),
        "a handshake that ends is a failure",
        FailureStage.TLS,
        FailureStage.CONNECT);

    if (can(TransportCapability.BODY_AFTER_HANDSHAKE)) {
      body.assertNeverAsked("the handshake ended");
    }
    body.assertAskedAtMostOnce();
    assertAllEnded(port, "a connection without a handshake must be closed");
    for (WireConnection connection : port.connections()) {
      assertFalse(
          Http1.text(connection.received()).contains("unsent"), "no byte of the body may be sent");
    }
  }

  @Test
  void must_T812_endAHandshakeAtTheConnectLimit() throws Exception {
    for (WireScript script : List.<WireScript>of(WireScripts.mute(), peer -> {
      ClientHello hello = ClientHello.read(peer);
      peer.write(hello.answer(3), 0, 20);
    })) {
      WirePort port = port(script);
      CountedBody body = CountedBody.of("body");

      failure(
          transport(
              options().sslContext(certificates().client()).connectTimeout(SHORT_CONNECT_LIMIT)),
          post(port.https("/"), body),
          "a handshake must end at the limit for connecting",
          FailureStage.TIMEOUT);

      assertNothingSent(port, body, "the handshake stalled");
      assertAllEnded(port, "a handshake that takes too long must be closed");
    }
  }

  @Test
  void must_T813_refuseTlsOlderThan12() throws Exception {
    for (int minor : new int[] {1, 2}) {
      WirePort port = port(peer -> peer.write(ClientHello.read(peer).answer(minor)));
      CountedBody body = CountedBody.of("body");

      failure(
          secure(),
          post(port.https("/"), body),
          "TLS 1." + (minor - 1) + " must be refused",
          FailureStage.TLS);

      assertNothingSent(port, body, "TLS is too old");
      assertAllEnded(port, "a server with an old TLS must be left");
    }
  }

  @Test
  void must_T814_takeAWholeBodyWithoutFarewell() throws Exception {
    WirePort port = tlsPort((request, peer) -> {
      peer.write(Http1.ok("whole"));
      peer.fin();
    });

    assertBody(
        "whole",
        answer(secure(), get(port.https("/")), "a body of announced length is whole"),
        "a body of announced length is whole, with or without close_notify");
  }

  @Test
  void must_T815_failIfABodyIsCutWithinTls() throws Exception {
    byte[] cut =
        Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 100"), Http1.bytes("half"));
    for (WireStep ending : List.<WireStep>of(
        (request, peer) -> peer.fin(),
        (request, peer) -> peer.end(),
        (request, peer) -> peer.reset())) {
      WirePort port = tlsPort((request, peer) -> {
        peer.write(cut);
        ending.answer(request, peer);
      });

      failure(
          secure(),
          post(port.https("/"), "body"),
          "a body cut within TLS is no answer",
          FailureStage.EXCHANGE);

      assertEquals(1, port.requests().size(), "a cut body must not make a POST go twice");
    }
  }

  @Test
  void must_T816_readABodyThatEndsWithTlsOrRefuseIt() throws Exception {
    WirePort ended = tlsPort((request, peer) -> {
      peer.write(Http1.join(Http1.head("HTTP/1.1 200 OK"), Http1.bytes("to the end")));
      peer.end();
    });
    assertBody(
        "to the end",
        answer(secure(), get(ended.https("/")), "a body may end with close_notify"),
        "a body may end with close_notify");

    WirePort cut = tlsPort((request, peer) -> {
      peer.write(Http1.join(Http1.head("HTTP/1.1 200 OK"), Http1.bytes("to the end")));
      peer.fin();
    });
    answerOrFailure(
            secure().send(get(cut.https("/"))),
            "a body that ends without close_notify is an answer or a failure",
            FailureStage.EXCHANGE)
        .ifPresent(answer -> assertBody("to the end", answer, "all that came must be there"));
  }

  @Test
  void must_T817_sendOnceIfTlsEndsBeforeTheAnswer() throws Exception {
    for (WireStep ending : List.<WireStep>of(
        (request, peer) -> peer.fin(),
        (request, peer) -> peer.end(),
        (request, peer) -> peer.reset())) {
      WirePort port = tlsPort(ending);
      CountedBody body = CountedBody.of("body");

      failure(
          secure(),
          post(port.https("/"), body),
          "an end instead of an answer is a failure of the exchange",
          FailureStage.EXCHANGE);

      assertEquals(1, port.requests().size(), "a POST that may have arrived must not go twice");
      body.assertAskedOnce();
    }
  }

  @Test
  void must_T818_closeWhatIsCancelledWithinTls() throws Exception {
    for (byte[] wire : List.of(
        new byte[0],
        Http1.bytes("HTTP/1.1 200 OK\r\n"),
        Http1.head("HTTP/1.1 200 OK", "Content-Length: 9"))) {
      WirePort port = tlsPort((request, peer) -> peer.write(wire));
      CompletableFuture<TransportResponse> future = secure().send(post(port.https("/"), "body"));
      awaitRequests(port, 1);

      assertTrue(future.cancel(true), "an exchange in flight must be cancellable");

      assertAllEnded(port, "cancel(true) must close the connection, also below TLS");
      assertEquals(1, port.requests().size(), "what was cancelled must not be sent again");
    }
  }

  @Test
  void must_T819_cutOffABodyOverTheLimitWithinTls() throws Exception {
    WirePort port = tlsPort((request, peer) -> {
      peer.write(Http1.head("HTTP/1.1 200 OK"));
      peer.watch();
      peer.writeEndlessly(patterned(8_192));
    });

    failure(
        secure(),
        TransportRequest.builder("GET", port.https("/")).maxResponseBytes(CAP).build(),
        "a body over the limit must be cut off as TOO_LARGE",
        FailureStage.TOO_LARGE);

    assertAllEnded(port, "a body over the limit must be cut off by closing the connection");
    assertEquals(1, port.requests().size(), "a body over the limit must not be asked for again");
  }

  private void assertRefused(SSLContext server, String what) throws Exception {
    WirePort port =
        port(WireScripts.tls(server, WireScripts.answering(Http1.ok("should be refused"))));
    for (String host : List.of("localhost", "127.0.0.1")) {
      for (String method : List.of("GET", "POST")) {
        URI uri = URI.create("https://" + host + ":" + port.number() + "/");
        CountedBody body = CountedBody.of("body");

        TransportException failure = failure(
            secure(),
            method.equals("GET") ? get(uri) : post(uri, body),
            what + " must be refused",
            FailureStage.TLS);

        assertTrue(
            failure.getCause() != null, "the cause says what is wrong with a certificate: " + what);
        assertNothingSent(port, body, what);
      }
    }
    assertAllEnded(port, "a server with a wrong certificate must be left");
  }

  private static void assertNothingSent(WirePort port, CountedBody body, String what) {
    body.assertNeverAsked(what);
    assertEquals(List.of(), port.requests(), "nothing may be sent: " + what);
  }

  private Transport secure() {
    return transport(secureOptions());
  }

  private static TransportOptions.Builder secureOptions() {
    return options().sslContext(certificates().client());
  }

  private WirePort tlsPort(WireStep step) throws Exception {
    return port(WireScripts.tls(certificates().good(), WireScripts.perRequest(step)));
  }
}
