// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireRequest;
import io.parsec4j.testkit.internal.wire.WireScripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Cases 2xx: every status is an answer, and nothing is done about it. */
abstract class AnswerCases extends ContractCases {
  private static final int INFLATED_BYTES = 1 << 20;

  AnswerCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T201_handOverEveryStatusWithItsBody() throws Exception {
    for (int status : new int[] {
      200, 201, 202, 206, 299, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 429,
      431, 451, 499, 500, 501, 502, 503, 504, 511, 599
    }) {
      for (String method : List.of("GET", "POST")) {
        String body = "{\"error\":\"" + status + "\"}";
        WirePort port = port(WireScripts.answering(Http1.answer(
            "HTTP/1.1 " + status + " Some Reason",
            body,
            "Content-Type: application/json",
            "Retry-After: 0")));

        TransportResponse answer =
            answer(transport(), request(method, port), "every status is an answer: " + status);

        assertEquals(status, answer.status(), "the status must be the one on the wire");
        assertBody(body, answer, "the body of every status must be readable: " + status);
        assertEquals(1, port.requests().size(), "no status may make a request go twice: " + status);
      }
    }
  }

  @Test
  void must_T202_handOverAStatusThatNobodyKnows() throws Exception {
    for (int status : new int[] {600, 799, 999}) {
      WirePort port = port(WireScripts.answering(Http1.answer("HTTP/1.1 " + status + " X", "odd")));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "every status is an answer: " + status);

      assertEquals(status, answer.status(), "the status must be the one on the wire");
      assertBody("odd", answer, "the body of every status must be readable: " + status);
    }
  }

  @Test
  void must_T203_takeAnyReasonPhraseOrNone() throws Exception {
    for (String line :
        List.of("HTTP/1.1 200 ", "HTTP/1.1 200", "HTTP/1.1 200 All is (very) well: yes")) {
      WirePort port = port(WireScripts.answering(Http1.answer(line, "body")));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "any reason phrase must do: " + line);

      assertEquals(200, answer.status(), "the status must be the one on the wire");
      assertBody("body", answer, "any reason phrase must do: " + line);
    }
  }

  @Test
  void must_T204_readNoBodyAfter204And304() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.write(Http1.head("HTTP/1.1 204 No Content")),
        (request, peer) -> peer.write(
            Http1.head("HTTP/1.1 304 Not Modified", "Content-Length: 100", "ETag: \"x\"")),
        (request, peer) -> peer.write(Http1.ok("after"))));
    Transport transport = transport();

    for (int status : new int[] {204, 304}) {
      TransportResponse answer =
          answer(transport, get(port.http("/")), "an answer without a body must not be waited for");
      assertEquals(status, answer.status(), "the status must be the one on the wire");
      assertEquals(0, answer.body().length, "204 and 304 have no body");
    }
    assertBody(
        "after",
        answer(transport, get(port.http("/")), "204 and 304 must not spoil the next exchange"),
        "204 and 304 must not spoil the next exchange");
  }

  @Test
  void must_T205_readNoBodyAfterHead() throws Exception {
    WirePort port = port(WireScripts.perRequest(
        (request, peer) -> peer.write(Http1.head("HTTP/1.1 200 OK", "Content-Length: 12345")),
        (request, peer) -> peer.write(Http1.ok("after"))));
    Transport transport = transport();

    TransportResponse answer = answer(
        transport,
        TransportRequest.builder("HEAD", port.http("/")).build(),
        "the answer to HEAD has no body to wait for");

    assertEquals(0, answer.body().length, "the answer to HEAD has no body");
    assertEquals(
        List.of("12345"),
        answer.headers().all("Content-Length"),
        "fields must be handed over as they came");
    assertBody(
        "after",
        answer(transport, get(port.http("/")), "HEAD must not spoil the next exchange"),
        "HEAD must not spoil the next exchange");
  }

  @Test
  void must_T206_notWaitForTheBodyOfA204ThatAnnouncesOne() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.answer("HTTP/1.1 204 No Content", "body")));

    Optional<TransportResponse> answer = answerOrFailure(
        transport().send(get(port.http("/"))),
        "a 204 with a length is an answer without a body or fails",
        FailureStage.EXCHANGE);

    answer.ifPresent(given -> assertEquals(0, given.body().length, "a 204 has no body"));
  }

  @Test
  void must_T207_passOverInterimAnswers() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.join(
        Http1.head("HTTP/1.1 100 Continue"),
        Http1.head("HTTP/1.1 103 Early Hints", "Link: </x>; rel=preload"),
        Http1.head("HTTP/1.1 102 Processing"),
        Http1.ok("final"))));

    for (String method : List.of("GET", "POST")) {
      TransportResponse answer =
          answer(transport(), request(method, port), "1xx must be passed over");

      assertEquals(200, answer.status(), "the answer is the first one that is not 1xx");
      assertBody("final", answer, "the answer is the first one that is not 1xx");
      assertEquals(List.of(), answer.headers().all("Link"), "fields of 1xx are none of the answer");
    }
    assertEquals(2, port.requests().size(), "1xx must not make a request go twice");
  }

  @Test
  void must_T208_endAnEndlessRowOfInterimAnswers() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {
      peer.watch();
      peer.writeEndlessly(Http1.head("HTTP/1.1 103 Early Hints"), Duration.ofMillis(5));
    }));
    CompletableFuture<TransportResponse> future = transport().send(post(port.http("/"), "body"));
    awaitRequests(port, 1);

    awaitOrCancel(future);

    if (can(TransportCapability.CLOSES_BROKEN_ANSWERS)) {
      assertAllEnded(port, "an endless row of 1xx must end with its exchange");
    }
    assertEquals(1, port.requests().size(), "a POST must be sent once");
  }

  @Test
  void must_T209_refuseA101ThatWasNotAskedFor() throws Exception {
    WirePort port = port(WireScripts.answering(
        Http1.head("HTTP/1.1 101 Switching Protocols", "Upgrade: h2c", "Connection: Upgrade")));

    failure(
        transport(),
        post(port.http("/"), "body"),
        "a 101 that nobody asked for is no answer",
        FailureStage.EXCHANGE);

    assertEquals(1, port.requests().size(), "a 101 must not make a POST go twice");
  }

  @Test
  void must_T210_followNoRedirect() throws Exception {
    WirePort other = port(WireScripts.answering(Http1.ok("followed")));
    for (int status : new int[] {300, 301, 302, 303, 305, 307, 308}) {
      for (String method : List.of("GET", "POST")) {
        for (String location :
            List.of("/same-host", "http://127.0.0.1:" + other.number() + "/stolen")) {
          WirePort port = port(WireScripts.answering(
              Http1.answer("HTTP/1.1 " + status + " Elsewhere", "moved", "Location: " + location)));

          TransportResponse answer =
              answer(transport(), request(method, port), "a redirect is an answer: " + status);

          assertEquals(status, answer.status(), "a redirect is an answer like any other");
          assertEquals(
              List.of(location),
              answer.headers().all("Location"),
              "fields must be handed over as they came");
          assertEquals(1, port.requests().size(), "no redirect may be followed: " + status);
        }
      }
    }
    assertEquals(0, other.connections().size(), "nothing may be sent to the target of a redirect");
  }

  @Test
  void must_T211_keepNoCookie() throws Exception {
    WirePort port = port(WireScripts.answering(
        Http1.ok("", "Set-Cookie: session=stolen; Path=/", "Set-Cookie: b=c")));
    Transport transport = transport();

    TransportResponse answer =
        answer(transport, get(port.http("/")), "an answer with cookies is an answer");
    answer(transport, get(port.http("/")), "an answer with cookies is an answer");

    assertEquals(
        List.of("session=stolen; Path=/", "b=c"),
        answer.headers().all("Set-Cookie"),
        "fields must be handed over as they came");
    for (WireRequest request : port.requests()) {
      assertEquals(List.of(), request.headers().all("Cookie"), "no cookie may be sent back");
    }
  }

  @Test
  void must_T212_answerNoChallenge() throws Exception {
    for (String challenge : List.of(
        "HTTP/1.1 401 Unauthorized|WWW-Authenticate: Basic realm=\"x\"",
        "HTTP/1.1 407 Proxy Authentication Required|Proxy-Authenticate: Basic realm=\"x\"")) {
      String[] lineAndField = challenge.split("\\|", -1);
      WirePort port =
          port(WireScripts.answering(Http1.answer(lineAndField[0], "no", lineAndField[1])));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "a challenge is an answer: " + challenge);

      assertBody("no", answer, "a challenge is an answer: " + challenge);
      assertEquals(1, port.requests().size(), "no challenge may be answered: " + challenge);
      assertEquals(
          List.of(),
          port.requests().get(0).headers().all("Authorization"),
          "no credentials may be added");
    }
  }

  @Test
  void must_T213_undoNoCompression() throws Exception {
    byte[] packed = gzip(new byte[INFLATED_BYTES]);
    for (byte[] wire : List.of(
        Http1.ok(packed, "Content-Encoding: gzip"),
        Http1.okChunked(packed, packed.length, "Content-Encoding: gzip"))) {
      WirePort port = port(WireScripts.answering(wire));

      Optional<TransportResponse> answer = answerOrFailure(
          transport().send(get(port.http("/"))),
          "a packed answer is handed over as it came, or refused",
          FailureStage.EXCHANGE);

      answer.ifPresent(given -> assertArrayEquals(
          packed, given.body(), "a packed answer must not be unpacked: its size has no limit"));
      assertEquals(1, port.requests().size(), "a packed answer must not make a request go twice");
    }
  }

  @Test
  void must_T214_handOverFieldsInTheOrderOfTheWire() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok(
        "",
        "X-Zebra: 1",
        "x-repeated: first",
        "Accept-Ranges: none",
        "X-Repeated: second, and last?",
        "X-Empty:",
        "X-REPEATED:  third  ",
        "X-Blanks:a  b, c")));

    TransportResponse answer = answer(transport(), get(port.http("/")), "a GET must be answered");

    assertEquals(
        List.of("first", "second, and last?", "third"),
        answer.headers().all("X-Repeated"),
        "repeated fields must keep their order, whatever the case of their name");
    assertEquals(List.of("a  b, c"), answer.headers().all("x-blanks"), "values must stay as is");
    assertEquals(List.of(""), answer.headers().all("X-Empty"), "an empty value is a value");
    List<String> names = new ArrayList<>();
    answer.headers().forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
    List<String> wire = List.of(
        "x-zebra",
        "x-repeated",
        "accept-ranges",
        "x-repeated",
        "x-empty",
        "x-repeated",
        "x-blanks",
        "content-length");
    if (can(TransportCapability.FIELD_ORDER)) {
      assertEquals(wire, names, "fields must be handed over in the order of the wire");
    } else {
      assertEquals(
          new TreeSet<>(wire), new TreeSet<>(names), "all fields must be handed over, no others");
      assertEquals(wire.size(), names.size(), "each field must be handed over once");
    }
  }

  @Test
  void must_T215_handOverTheBytesOfTheBodyWhateverTheyAreSaidToBe() throws Exception {
    byte[] bytes = patterned(1_000);
    for (String type : List.of(
        "Content-Type: application/json",
        "Content-Type: text/html; charset=utf-16",
        "Content-Type: application/json; charset=klingon",
        "Content-Type:",
        "Content-Type: /;;=",
        "X-No-Type: 1")) {
      WirePort port = port(WireScripts.answering(Http1.ok(bytes, type)));

      TransportResponse answer =
          answer(transport(), get(port.http("/")), "the type of a body must not matter: " + type);

      assertArrayEquals(bytes, answer.body(), "the bytes of a body must stay as they are: " + type);
    }
  }

  @Test
  void must_T216_waitNeitherForRetryAfterNorRepeat() throws Exception {
    for (String line :
        List.of("HTTP/1.1 429 Too Many Requests", "HTTP/1.1 503 Service Unavailable")) {
      for (String after : List.of("0", "1", "86400", "9223372036854775807", "soon")) {
        for (String method : List.of("GET", "POST")) {
          WirePort port =
              port(WireScripts.answering(Http1.answer(line, "later", "Retry-After: " + after)));

          TransportResponse answer =
              answer(transport(), request(method, port), "Retry-After is for the caller");

          assertBody("later", answer, "Retry-After is for the caller");
          assertEquals(
              1, port.requests().size(), "a transport repeats nothing: " + line + " " + after);
        }
      }
    }
  }

  private static TransportRequest request(String method, WirePort port) {
    return method.equals("GET") ? get(port.http("/")) : post(port.http("/"), "body");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
