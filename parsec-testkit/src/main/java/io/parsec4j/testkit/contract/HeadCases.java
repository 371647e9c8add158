// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Cases 4xx: heads that are broken, too large, or come byte by byte. */
abstract class HeadCases extends ContractCases {
  private static final int MOST_BYTES = Transport.MAX_HEAD_BYTES;
  private static final int MOST_FIELDS = Transport.MAX_HEAD_FIELDS;

  /** No library counts the bytes of a head in quite the same way. */
  private static final int LEEWAY_BYTES = 1_024;

  HeadCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T401_readAHeadThatIsJustSmallEnough() throws Exception {
    String[] hundred = new String[MOST_FIELDS - 1];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = "X-Field-" + i + ": " + i;
    }
    String[] large = new String[10];
    for (int i = 0; i < large.length; i++) {
      large[i] =
          "X-Large-" + i + ": " + "v".repeat((MOST_BYTES - LEEWAY_BYTES) / large.length - 14);
    }
    String[] longLine = {"X-Long: " + "v".repeat(MOST_BYTES - LEEWAY_BYTES)};
    for (String[] fields : List.of(hundred, large, longLine)) {
      WirePort port = port(WireScripts.answering(Http1.ok("body", fields)));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "a head within the limits must be read");

      assertEquals(
          fields.length + 1, answer.headers().size(), "no field of a head may be left out");
      assertBody("body", answer, "a head within the limits must be read");
    }
  }

  @Test
  void must_T402_refuseAHeadWithTooManyFields() throws Exception {
    for (int count : new int[] {MOST_FIELDS, 1_000}) {
      String[] fields = new String[count];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = "X-Field-" + i + ": " + i;
      }
      assertTooLarge(
          (request, peer) -> peer.write(Http1.ok("body", fields)), (count + 1) + " fields");
    }
    String[] same = new String[MOST_FIELDS];
    java.util.Arrays.fill(same, "X-Field: same");
    assertTooLarge((request, peer) -> peer.write(Http1.ok("body", same)), "101 fields of one name");
  }

  @Test
  void must_T403_refuseAHeadWithTooManyBytes() throws Exception {
    String[] many = new String[MOST_FIELDS - 2];
    java.util.Arrays.fill(many, "X-Field: " + "v".repeat(MOST_BYTES / many.length));
    assertTooLarge((request, peer) -> peer.write(Http1.ok("body", many)), "many fields");
    assertTooLarge(
        (request, peer) -> peer.write(Http1.ok("body", "X-Long: " + "v".repeat(MOST_BYTES))),
        "one field");
    assertTooLarge(
        (request, peer) -> peer.write(Http1.ok("body", "X-Long: " + "v".repeat(1 << 20))),
        "one field of a mebibyte");
  }

  @Test
  void must_T404_cutOffAHeadWithoutEnd() throws Exception {
    byte[] block = Http1.bytes("v".repeat(8_192));
    byte[] endless = Http1.join(Http1.bytes("HTTP/1.1 200 OK\r\nX-Endless: "), block);
    byte[] fields = Http1.bytes("X-Field: value\r\n".repeat(500));
    assertTooLarge(
        (request, peer) -> {
          peer.watch();
          peer.write(endless);
          peer.writeEndlessly(block);
        },
        "a field without end");
    assertTooLarge(
        (request, peer) -> {
          peer.watch();
          peer.write(Http1.join(Http1.bytes("HTTP/1.1 200 OK\r\n"), fields));
          peer.writeEndlessly(fields);
        },
        "fields without end");
  }

  @Test
  void must_T405_refuseWhatIsNotHttp() throws Exception {
    for (String text : List.of(
        "<html><body>HTTP/0.9 had no head</body></html>\r\n",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        "220 mail.invalid ESMTP\r\n\r\n",
        "\u0015\u0003\u0003\u0000\u0002\u0002(",
        "\u0000\u0001\u0002\u00ff\u00fe\u00fd",
        "HTTP\r\n\r\n",
        "http/1.1 200 ok\r\n\r\n",
        "HTPP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      assertBroken(text, "this is not HTTP/1.1: " + text.strip());
    }
  }

  @Test
  void must_T406_refuseAStatusThatIsNone() throws Exception {
    for (String status : List.of("000", "99", "2", "-200", "2xx", "abc", "", "0x0c8")) {
      assertBroken(
          "HTTP/1.1 " + status + " OK\r\nContent-Length: 0\r\n\r\n",
          "this is no status: '" + status + "'");
    }
  }

  @Test
  void must_T407_neverTakeACutHeadForAnAnswer() throws Exception {
    String whole = "HTTP/1.1 200 OK\r\nX-Field: value\r\nContent-Length: 0\r\n\r\n";
    for (int length : new int[] {1, 5, 9, 12, 15, 17, 20, 33, whole.length() - 2}) {
      String cut = whole.substring(0, length);
      assertBroken(cut, "a head cut by FIN is no answer: '" + cut + "'");
      for (boolean get : new boolean[] {true, false}) {
        WirePort port = port(WireScripts.perRequest((request, peer) -> {
          peer.write(Http1.bytes(cut));
          peer.reset();
        }));
        failure(
            send(transport(), port, get),
            "a head cut by RST is no answer: '" + cut + "'",
            FailureStage.EXCHANGE);
        assertSent(port, get, "a head cut by RST");
      }
    }
  }

  @Test
  void must_T408_endOnOddLinesOneWayOrTheOther() throws Exception {
    for (String head : List.of(
        "HTTP/1.1 200 OK\nX-Bare: line feed\nContent-Length: 4\n\n",
        "HTTP/1.1 200 OK\r\nX-Folded: one\r\n two\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\n X-Folded: first\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-No-Colon\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Blank : before the colon\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Nul: a\u0000b\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Latin: \u00e9\u00ff\r\nContent-Length: 4\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n",
        "Garbage\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> {
        peer.write(Http1.bytes(head + "body"));
        peer.fin();
      }));

      answerOrFailure(
              send(transport(), port, false),
              "an odd head is an answer or a failure: " + head.strip(),
              FailureStage.EXCHANGE)
          .ifPresent(answer -> assertEquals(
              200, answer.status(), "the status must be the one on the wire: " + head.strip()));

      assertEquals(1, port.requests().size(), "an odd head must not make a POST go twice");
    }
  }

  @Test
  void must_T409_readAHeadThatComesByteByByte() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.drip(Http1.ok("body", "X-First: 1", "X-Second: 2"), 1)));

    for (boolean get : new boolean[] {true, false}) {
      TransportResponse answer =
          answer(send(transport(), port, get), "a head must not depend on packets");

      assertEquals(
          Http1.bytes("body").length, answer.body().length, "a head must not depend on packets");
      assertEquals(
          List.of("2"), answer.headers().all("X-Second"), "a head must not depend on packets");
    }
    assertEquals(2, port.requests().size(), "a slow head must not make a request go twice");
  }

  @Test
  void must_T410_goOnWithAnotherConnectionAfterABrokenAnswer() throws Exception {
    for (String broken : List.of(
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n",
        "HTTP/1.1 2xx OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12")) {
      WirePort port = port(WireScripts.perRequest(
          (request, peer) -> peer.write(Http1.bytes(broken)),
          (request, peer) -> peer.write(Http1.ok("right"))));
      Transport transport = transport();

      failure(
          transport,
          post(port.http("/"), "body"),
          "a broken answer is a failure, also if its connection stays open",
          FailureStage.EXCHANGE);

      assertBody(
          "right",
          answer(transport, post(port.http("/"), "body"), "the next exchange must not suffer"),
          "the next exchange must not suffer");
      assertEquals(
          2,
          port.requests().get(1).connection(),
          "a connection with a broken answer must not be used again");
      if (can(TransportCapability.CLOSES_BROKEN_ANSWERS)) {
        assertEnded(
            port.connections().get(0), "a connection with a broken answer must be closed at once");
      }
    }
  }

  private void assertBroken(String wire, String promise) throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> {
        peer.write(Http1.bytes(wire));
        peer.fin();
      }));

      failure(send(transport(), port, get), promise, FailureStage.EXCHANGE);

      assertSent(port, get, promise);
    }
  }

  private void assertTooLarge(WireStep step, String what) throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest(step));

      failure(
          send(transport(), port, get),
          "a head over the limit must be cut off as TOO_LARGE: " + what,
          FailureStage.TOO_LARGE);

      assertEquals(1, port.requests().size(), "a head over the limit must not be asked for again");
      if (can(TransportCapability.CLOSES_BROKEN_ANSWERS)) {
        assertAllEnded(port, "a head over the limit must be cut off by closing the connection");
      }
    }
  }

  private void assertSent(WirePort port, boolean get, String promise) {
    int most = get && !can(TransportCapability.NO_SILENT_REPEAT) ? 2 : 1;
    int sent = port.requests().size();
    assertTrue(
        sent >= 1 && sent <= most,
        () -> promise + "; it may be sent " + most + " times at most, was " + sent);
  }

  private static CompletableFuture<TransportResponse> send(
      Transport transport, WirePort port, boolean get) {
    return transport.send(get ? get(port.http("/")) : post(port.http("/"), "body"));
  }
}
