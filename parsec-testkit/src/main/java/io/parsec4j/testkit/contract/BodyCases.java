// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Cases 3xx: bodies, whole, cut and contradictory. */
abstract class BodyCases extends ContractCases {
  private static final int[] SIZES = {0, 1, 2, 127, 1_024, 8_195, 65_536, 1 << 20};
  private static final int CAP = 10_000;
  private static final byte[] BLOCK = patterned(8_192);

  BodyCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T301_readBodiesOfAnnouncedLength() throws Exception {
    for (int size : SIZES) {
      byte[] body = patterned(size);
      assertArrayEquals(
          body,
          read(Http1.ok(body), size).body(),
          "a body of " + size + " bytes must arrive unchanged");
    }
  }

  @Test
  void must_T302_readChunkedBodies() throws Exception {
    for (int size : SIZES) {
      byte[] body = patterned(size);
      assertArrayEquals(
          body,
          read(Http1.okChunked(body, 4_099), size).body(),
          "a chunked body of " + size + " bytes must arrive unchanged");
    }
  }

  @Test
  void must_T303_readChunksOfOneByteAndOddButLegalSizes() throws Exception {
    byte[] body = patterned(3_000);
    assertArrayEquals(
        body, read(Http1.okChunked(body, 1), body.length).body(), "chunks may have one byte each");

    byte[] odd = Http1.join(
        Http1.chunkedHead(),
        Http1.bytes("5;name=value\r\nhello\r\n"),
        Http1.bytes("A\r\n0123456789\r\n"),
        Http1.bytes("00000000000b;a;b=\"c\"\r\nhello world\r\n"),
        Http1.bytes("a\r\n0123456789\r\n"),
        Http1.bytes("000\r\n\r\n"));
    assertBody(
        "hello0123456789hello world0123456789",
        read(odd, 100),
        "extensions, leading zeros and both cases of hexadecimal digits are legal");
  }

  @Test
  void must_T304_readTrailersAndKeepThemOutOfTheHead() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.write(Http1.join(
            Http1.chunkedHead("Trailer: X-Trailer"),
            Http1.chunks(Http1.bytes("hello"), 3),
            Http1.bytes("0\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\n"))),
        (request, peer) -> peer.write(Http1.ok("after"))));
    Transport transport = transport();

    TransportResponse answer = answer(transport, get(port.http("/")), "trailers are legal");

    assertBody("hello", answer, "trailers are no part of the body");
    assertEquals(
        Optional.empty(), answer.headers().first("X-Other"), "trailers are no part of the head");
    assertBody(
        "after",
        answer(transport, get(port.http("/")), "trailers must not spoil the next exchange"),
        "trailers must not spoil the next exchange");
  }

  @Test
  void must_T305_readABodyThatEndsWithTheConnection() throws Exception {
    for (int size : SIZES) {
      byte[] body = patterned(size);
      WirePort port = port(WireScripts.perRequest((request, peer) -> {
        peer.write(Http1.join(Http1.head("HTTP/1.1 200 OK"), body));
        peer.end();
      }));

      TransportResponse answer = answer(
          transport(),
          TransportRequest.builder("GET", port.http("/"))
              .maxResponseBytes(Math.max(1, size))
              .build(),
          "a body without a length ends with the connection");

      assertArrayEquals(body, answer.body(), "a body without a length must arrive unchanged");
    }
  }

  @Test
  void must_T306_readABodyThatComesInTinyPackets() throws Exception {
    byte[] body = patterned(300);
    for (byte[] wire : List.of(Http1.ok(body), Http1.okChunked(body, 10))) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> peer.drip(wire, 7)));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "packets of a few bytes must do");

      assertArrayEquals(body, answer.body(), "the body must not depend on packets");
    }
  }

  @Test
  void must_T307_failIfABodyIsShorterThanAnnounced() throws Exception {
    byte[] cut = Http1.join(Http1.head("HTTP/1.1 200 OK", "Content-Length: 100"), patterned(50));
    byte[] empty = Http1.head("HTTP/1.1 200 OK", "Content-Length: 100");
    for (byte[] wire : List.of(cut, empty)) {
      assertBroken(wire, (request, peer) -> peer.fin(), "a body cut by FIN is no answer");
      assertBroken(wire, (request, peer) -> peer.reset(), "a body cut by RST is no answer");
    }
  }

  @Test
  void must_T308_failIfAChunkedBodyHasNoEnd() throws Exception {
    byte[] head = Http1.chunkedHead();
    List<byte[]> cuts = List.of(
        head,
        Http1.join(head, Http1.bytes("5\r\nhello\r\n")),
        Http1.join(head, Http1.bytes("5\r\nhello")),
        Http1.join(head, Http1.bytes("5\r\nhe")),
        Http1.join(head, Http1.bytes("5\r\nhello\r\n5")),
        Http1.join(head, Http1.bytes("5\r\nhello\r\n0\r\n")));
    for (byte[] wire : cuts) {
      assertBroken(
          wire,
          (request, peer) -> peer.fin(),
          "a chunked body cut by FIN is no answer: " + Http1.text(wire).substring(head.length));
      assertBroken(
          wire,
          (request, peer) -> peer.reset(),
          "a chunked body cut by RST is no answer: " + Http1.text(wire).substring(head.length));
    }
  }

  @Test
  void must_T309_refuseAChunkSizeThatIsNone() throws Exception {
    for (String size : List.of("xyz", "-5", "G", "\"5\"", ",5")) {
      assertBroken(
          Http1.join(Http1.chunkedHead(), Http1.bytes(size + "\r\nhello\r\n0\r\n\r\n")),
          (request, peer) -> peer.fin(),
          "this is no chunk size: '" + size + "'");
    }
  }

  @Test
  void must_T310_refuseAChunkSizeThatIsAlmostOne() throws Exception {
    for (String size : List.of(
        "",
        " ",
        ";a=b",
        "0x5",
        "5 5",
        "8000000000000000",
        "FFFFFFFFFFFFFFFF5",
        "100000005",
        "7FFFFFFFFFFFFFFF")) {
      byte[] wire = Http1.join(Http1.chunkedHead(), Http1.bytes(size + "\r\nhello\r\n0\r\n\r\n"));
      String promise = "this chunk size does not fit what was sent: '" + size + "'";
      if (can(TransportCapability.STRICT_CHUNK_SIZES)) {
        assertBroken(wire, (request, peer) -> peer.fin(), promise);
      } else {
        WirePort port = port(WireScripts.perRequest((request, peer) -> {
          peer.write(wire);
          peer.fin();
        }));
        awaitOrCancel(transport().send(post(port.http("/"), "body")))
            .ifPresent(answer -> assertTrue(
                "hello\r\n0\r\n\r\n".startsWith(Http1.text(answer.body())),
                "an answer must consist of bytes of the body, in their order"));
        assertAllEnded(port, "an exchange that is given up must be closed");
        assertEquals(1, port.requests().size(), "a broken body must not make a POST go twice");
      }
    }
  }

  @Test
  void must_T311_refuseTwoDifferentLengths() throws Exception {
    assertBroken(
        Http1.join(
            Http1.head("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 7"),
            Http1.bytes("hello, ")),
        (request, peer) -> peer.fin(),
        "two different lengths contradict each other");
  }

  @Test
  void must_T312_takeTheSameLengthTwiceOrRefuseIt() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("hello", "Content-Length: 5")));

    answerOrFailure(
            transport().send(get(port.http("/"))),
            "the same length twice is an answer or a failure",
            FailureStage.EXCHANGE)
        .ifPresent(answer -> assertBody("hello", answer, "both lengths were the same"));
  }

  @Test
  void must_T313_refuseALengthTogetherWithChunks() throws Exception {
    assertBroken(
        Http1.join(
            Http1.head("HTTP/1.1 200 OK", "Content-Length: 5", "Transfer-Encoding: chunked"),
            Http1.bytes("5\r\nhello\r\n0\r\n\r\n")),
        (request, peer) -> peer.fin(),
        "a length and chunks contradict each other");
  }

  @Test
  void must_T314_refuseATransferEncodingThatNobodyKnows() throws Exception {
    for (List<String> fields : List.of(
        List.of("Transfer-Encoding: klingon"),
        List.of("Transfer-Encoding: gzip, chunked"),
        List.of("Transfer-Encoding: chunked, chunked"),
        List.of("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        List.of("Transfer-Encoding: identity"))) {
      assertBroken(
          Http1.join(
              Http1.head("HTTP/1.1 200 OK", fields.toArray(String[]::new)),
              Http1.bytes("5\r\nhello\r\n0\r\n\r\n")),
          (request, peer) -> peer.fin(),
          "this transfer encoding cannot be undone: " + fields);
    }
  }

  @Test
  void must_T315_refuseALengthThatIsNone() throws Exception {
    for (String length :
        List.of("abc", "-1", "+5", "", "9223372036854775808", "5x", "0x5", "5 6", "5,6", "\"5\"")) {
      assertBroken(
          Http1.join(
              Http1.head("HTTP/1.1 200 OK", "Content-Length: " + length), Http1.bytes("hello")),
          (request, peer) -> peer.fin(),
          "this is no length: '" + length + "'");
    }
  }

  @Test
  void must_T316_readABodyThatIsExactlyAsLargeAsAllowed() throws Exception {
    byte[] body = patterned(CAP);
    assertArrayEquals(body, read(Http1.ok(body), CAP).body(), "the limit itself is allowed");
    assertArrayEquals(
        body, read(Http1.okChunked(body, 999), CAP).body(), "the limit itself is allowed");
  }

  @Test
  void must_T317_refuseABodyThatIsOneByteTooLarge() throws Exception {
    byte[] body = patterned(CAP + 1);
    assertTooLarge((request, peer) -> peer.write(Http1.ok(body)));
    assertTooLarge((request, peer) -> peer.write(Http1.okChunked(body, 999)));
    assertTooLarge((request, peer) -> {
      peer.write(Http1.join(Http1.head("HTTP/1.1 200 OK"), body));
      peer.end();
    });
  }

  @Test
  void must_T318_cutOffABodyThatAnnouncesTooMuch() throws Exception {
    for (String length : List.of("2147483000", "2147483648", "1099511627776")) {
      assertTooLarge((request, peer) -> {
        peer.write(Http1.head("HTTP/1.1 200 OK", "Content-Length: " + length));
        peer.write(Http1.bytes("{}"));
      });
    }
  }

  @Test
  void must_T319_cutOffABodyWithoutEndWhileItIsRead() throws Exception {
    assertTooLarge((request, peer) -> {
      peer.write(Http1.head("HTTP/1.1 200 OK"));
      peer.watch();
      peer.writeEndlessly(BLOCK);
    });
    assertTooLarge((request, peer) -> {
      peer.write(Http1.chunkedHead());
      peer.watch();
      peer.writeEndlessly(Http1.chunks(BLOCK, BLOCK.length));
    });
    assertTooLarge((request, peer) -> {
      peer.write(Http1.head("HTTP/1.1 200 OK", "Content-Length: 1099511627776"));
      peer.watch();
      peer.writeEndlessly(BLOCK);
    });
  }

  @Test
  void must_T320_giveTheStatusOfABodyThatIsTooLarge() throws Exception {
    WirePort port =
        port(WireScripts.answering(Http1.answer("HTTP/1.1 503 Busy", patterned(CAP + 1))));

    TransportException failure = failure(
        transport(),
        capped(port, "GET"),
        "a body over the limit is refused",
        FailureStage.TOO_LARGE);

    assertEquals(
        OptionalInt.of(503), failure.status(), "the status of an answer cut off must be told");
  }

  @Test
  void must_T321_neverTakeMoreThanTheAnnouncedLength() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.write(Http1.join(Http1.ok("right"), Http1.bytes("too much"))),
        (request, peer) -> peer.write(Http1.ok("next"))));
    Transport transport = transport();

    assertBody(
        "right",
        answer(transport, get(port.http("/")), "a body ends at its length"),
        "a body ends at its length");
    settle(transport);
    answerOrFailure(
            transport.send(get(port.http("/"))),
            "bytes after a body must not be taken for an answer",
            FailureStage.EXCHANGE)
        .ifPresent(answer ->
            assertBody("next", answer, "bytes after a body must not be taken for an answer"));
  }

  private TransportResponse read(byte[] wire, int cap) throws IOException {
    WirePort port = port(WireScripts.answering(wire));
    TransportResponse answer = answer(
        transport(),
        TransportRequest.builder("GET", port.http("/"))
            .maxResponseBytes(Math.max(1, cap))
            .build(),
        "a well-formed answer must be read");
    assertEquals(200, answer.status(), "the status must be the one on the wire");
    return answer;
  }

  /** Both methods fail within the exchange, and neither is repeated: there was an answer, if a bad one. */
  private void assertBroken(byte[] wire, WireStep ending, String promise) throws Exception {
    for (boolean get : new boolean[] {true, false}) {
      WirePort port = port(WireScripts.perRequest((request, peer) -> {
        peer.write(wire);
        ending.answer(request, peer);
      }));

      failure(
          transport(),
          get ? get(port.http("/")) : post(port.http("/"), "body"),
          promise,
          FailureStage.EXCHANGE);

      assertEquals(1, port.requests().size(), promise + "; and nothing is repeated");
    }
  }

  private void assertTooLarge(WireStep step) throws Exception {
    for (String method : List.of("GET", "POST")) {
      WirePort port = port(WireScripts.perRequest(step));
      Transport transport = transport();

      TransportException failure = failure(
          transport,
          capped(port, method),
          "a body over the limit must be cut off as TOO_LARGE",
          FailureStage.TOO_LARGE);

      assertFalse(failure.status().isEmpty(), "the status of an answer cut off must be told");
      assertAllEnded(port, "a body over the limit must be cut off by closing the connection");
      assertEquals(1, port.requests().size(), "a body over the limit must not be asked for again");
    }
  }

  private static TransportRequest capped(WirePort port, String method) {
    TransportRequest.Builder request =
        TransportRequest.builder(method, port.http("/")).maxResponseBytes(CAP);
    return method.equals("POST") ? request.body(Http1.bytes("body")).build() : request.build();
  }
}
