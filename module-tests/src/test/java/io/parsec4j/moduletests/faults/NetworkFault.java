// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static io.parsec4j.testkit.internal.wire.Http1.answer;
import static io.parsec4j.testkit.internal.wire.Http1.bytes;
import static io.parsec4j.testkit.internal.wire.Http1.chunkedHead;
import static io.parsec4j.testkit.internal.wire.Http1.chunks;
import static io.parsec4j.testkit.internal.wire.Http1.head;
import static io.parsec4j.testkit.internal.wire.Http1.join;
import static io.parsec4j.testkit.internal.wire.Http1.ok;

import io.parsec4j.testkit.internal.wire.WireStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** What a network or a broken service does to one request, and what a user is to get of it. */
@SuppressWarnings("ImmutableEnumChecker") // the steps keep no state
enum NetworkFault {
  FIN_BEFORE_ANSWER("EXCHANGE", (request, peer) -> peer.fin()),
  RST_BEFORE_ANSWER("EXCHANGE", (request, peer) -> peer.reset()),
  FIN_IN_HEAD("EXCHANGE", (request, peer) -> {
    peer.write(bytes("HTTP/1.1 200 OK\r\nContent-Ty"));
    peer.fin();
  }),
  RST_IN_HEAD("EXCHANGE", (request, peer) -> {
    peer.write(bytes("HTTP/1.1 200 OK\r\nContent-Ty"));
    peer.reset();
  }),
  FIN_IN_BODY("EXCHANGE", (request, peer) -> {
    peer.write(join(head("HTTP/1.1 200 OK", "Content-Length: 100"), bytes("{\"data\":")));
    peer.fin();
  }),
  RST_IN_BODY("EXCHANGE", (request, peer) -> {
    peer.write(join(head("HTTP/1.1 200 OK", "Content-Length: 100"), bytes("{\"data\":")));
    peer.reset();
  }),
  CHUNKED_WITHOUT_END("EXCHANGE", (request, peer) -> {
    peer.write(join(chunkedHead(), chunks(bytes("{\"data\":null}"), 5)));
    peer.fin();
  }),
  GARBAGE_INSTEAD_OF_HTTP("EXCHANGE", (request, peer) -> {
    peer.write(bytes("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"));
    peer.fin();
  }),
  TWO_LENGTHS("EXCHANGE", (request, peer) -> {
    peer.write(
        join(head("HTTP/1.1 200 OK", "Content-Length: 2", "Content-Length: 7"), bytes("{}")));
    peer.fin();
  }),
  LENGTH_AND_CHUNKS("EXCHANGE", (request, peer) -> {
    peer.write(join(
        head("HTTP/1.1 200 OK", "Content-Length: 2", "Transfer-Encoding: chunked"),
        bytes("2\r\n{}\r\n0\r\n\r\n")));
    peer.fin();
  }),
  STATUS_999("EXCHANGE", (request, peer) -> peer.write(answer("HTTP/1.1 999 Huh", "{}"))),
  HUGE_LENGTH("TOO_LARGE", (request, peer) -> {
    peer.write(head("HTTP/1.1 200 OK", "Content-Length: 2147483000"));
    peer.write(bytes("{}"));
  }),
  ENDLESS_BODY("TOO_LARGE", (request, peer) -> {
    peer.write(head("HTTP/1.1 200 OK", "Connection: close"));
    peer.writeEndlessly(new byte[8_192]);
  }),
  TOO_MANY_FIELDS("TOO_LARGE", (request, peer) -> {
    String[] fields = new String[101];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = "X-Field-" + i + ": 1";
    }
    peer.write(join(head("HTTP/1.1 200 OK", fields), bytes("{}")));
    peer.fin();
  }),
  NO_ANSWER("TIMEOUT", (request, peer) -> {}),
  STALL_AFTER_HEAD(
      "TIMEOUT", (request, peer) -> peer.write(head("HTTP/1.1 200 OK", "Content-Length: 100"))),
  STALL_IN_BODY("TIMEOUT", (request, peer) -> {
    peer.write(join(head("HTTP/1.1 200 OK", "Content-Length: 100"), bytes("{\"data\":")));
  }),
  UNASKED_GZIP(
      "DECODE",
      (request, peer) -> peer.write(ok(gzip("{\"data\":null}"), "Content-Encoding: gzip"))),
  HTML(
      "DECODE", (request, peer) -> peer.write(ok("<html>hello</html>", "Content-Type: text/html"))),
  EMPTY("DECODE", (request, peer) -> peer.write(ok(""))),
  NO_CONTENT("DECODE", (request, peer) -> peer.write(head("HTTP/1.1 204 No Content"))),
  JSON_CUT_IN_UNKNOWN_PART("DECODE", (request, peer) -> peer.write(ok("{\"zzz\":["))),
  INVALID_UTF8("DECODE", (request, peer) -> {
    peer.write(ok(join(bytes("{\"data\":\""), new byte[] {(byte) 0xc3, '('}, bytes("\"}"))));
  }),
  DEEP_JSON(
      "DECODE",
      (request, peer) -> peer.write(ok("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"))),
  REDIRECT("API 302", (request, peer) -> {
    peer.write(answer("HTTP/1.1 302 Found", "", "Location: http://127.0.0.1:1/elsewhere"));
  }),
  BAD_REQUEST(
      "API 400",
      (request, peer) -> peer.write(answer("HTTP/1.1 400 Bad Request", "{\"error\":\"no\"}"))),
  ECHO_OF_THE_REQUEST("API 400", (request, peer) -> {
    String sent = (request.head()
            + new String(request.body(), java.nio.charset.StandardCharsets.UTF_8))
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\r", " ")
        .replace("\n", " ");
    peer.write(answer("HTTP/1.1 400 Bad Request", "{\"error\":\"" + sent + "\"}"));
  }),
  RATE_LIMIT(
      "API 429", (request, peer) -> peer.write(answer("HTTP/1.1 429 Too Many Requests", "{}"))),
  SERVER_ERROR("API 500", (request, peer) -> peer.write(answer("HTTP/1.1 500 Oops", "{}"))),
  LARGE_ERROR("API 503", (request, peer) -> {
    peer.write(head("HTTP/1.1 503 Service Unavailable", "Content-Length: 100000000"));
    peer.writeEndlessly(new byte[8_192]);
  }),
  UNKNOWN_SESSION(
      "API 401",
      (request, peer) -> peer.write(answer("HTTP/1.1 401 Unauthorized", "{\"error\":\"no\"}")));

  private final String outcome;
  private final WireStep step;

  NetworkFault(String outcome, WireStep step) {
    this.outcome = outcome;
    this.step = step;
  }

  /** Returns what the user gets, in the words of {@link Outcomes}. */
  String outcome() {
    return outcome;
  }

  WireStep step() {
    return step;
  }

  /** Returns the same, after which the limits of a client with this timer end what only they can end. */
  WireStep step(HastyTimer timer) {
    if (!stalls()) {
      return step;
    }
    return (request, peer) -> {
      step.answer(request, peer);
      timer.endWaits();
    };
  }

  /** Returns whether only a time limit ends the exchange. */
  boolean stalls() {
    return outcome.equals("TIMEOUT");
  }

  /** Returns whether the JDK's client sends a GET again in silence: the connection ends before the first byte. */
  boolean isRepeatedByTheJdk() {
    return this == FIN_BEFORE_ANSWER || this == RST_BEFORE_ANSWER;
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
