// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileAnswerTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String CANARY = "c4n4ry";

  private final ApacheTransport transport = ApacheTransport.builder().noProxy().build();

  @AfterEach
  void close() {
    transport.close();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("HTTP/0.9 text", "<html>" + CANARY),
        Arguments.of("a banner", "SSH-2.0-" + CANARY + "\r\n"),
        Arguments.of("random bytes", "\u0016\u0003\u0001\u0000\u00ff\n\n"),
        Arguments.of(
            "garbage before the status line", CANARY + "\r\n" + HEAD + "Content-Length: 0\r\n\r\n"),
        Arguments.of("half a status line", "HTTP/1.1 20"),
        Arguments.of("half a head", HEAD + "X: " + CANARY + "\r\n"),
        Arguments.of("half a field", HEAD + "Content-Le"),
        Arguments.of("a head without its last byte", HEAD + "X: y\r\n\r"),
        Arguments.of("status 000", "HTTP/1.1 000 x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("status 99", "HTTP/1.1 99 x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("status 1000", "HTTP/1.1 1000 x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("status -200", "HTTP/1.1 -200 x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("status 2xx", "HTTP/1.1 2xx x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("version 2.0", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("version 9.9", "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("two lengths", HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        Arguments.of(
            "length and chunked",
            HEAD + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"),
        Arguments.of(
            "chunked without a body, and length",
            "HTTP/1.1 204 x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
        Arguments.of(
            "two lengths without a body",
            "HTTP/1.1 304 x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        Arguments.of("length abc", HEAD + "Content-Length: " + CANARY + "\r\n\r\n"),
        Arguments.of("length -1", HEAD + "Content-Length: -1\r\n\r\n"),
        Arguments.of("empty length", HEAD + "Content-Length: \r\n\r\n"),
        Arguments.of("length 5, 5", HEAD + "Content-Length: 5, 5\r\n\r\nabcde"),
        Arguments.of("length 2^63", HEAD + "Content-Length: 9223372036854775808\r\n\r\n"),
        Arguments.of("unknown coding", HEAD + "Transfer-Encoding: " + CANARY + "\r\n\r\na"),
        Arguments.of(
            "coded and chunked", HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "doubly chunked",
            HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "doubly chunked without a body",
            "HTTP/1.1 204 x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        Arguments.of("no colon", HEAD + CANARY + "\r\n\r\n"),
        Arguments.of(
            "unasked 101",
            "HTTP/1.1 101 x\r\nUpgrade: TLS/1.2, HTTP/1.1\r\nConnection: Upgrade\r\n\r\n"),
        Arguments.of(
            "nine times 103",
            "HTTP/1.1 103 x\r\n\r\n".repeat(9) + HEAD + "Content-Length: 0\r\n\r\n"),
        Arguments.of(
            "nine times 100",
            "HTTP/1.1 100 x\r\n\r\n".repeat(9) + HEAD + "Content-Length: 0\r\n\r\n"),
        Arguments.of("length too long", HEAD + "Content-Length: 5\r\n\r\nabc"),
        Arguments.of("length +5", HEAD + "Content-Length: +5\r\n\r\nabcde"),
        Arguments.of(
            "no end of the last chunk", HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"),
        Arguments.of("no last chunk", HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n"),
        Arguments.of("half a chunk", HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
        Arguments.of("no chunk at all", HEAD + "Transfer-Encoding: chunked\r\n\r\n"),
        Arguments.of(
            "chunk size zz",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n" + CANARY + "\r\na\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size -5", HEAD + "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size 0x5", HEAD + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size 2^63",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n8000000000000000\r\na\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size 2^32+5",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n100000005\r\nabcde\r\n0\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void failsTheExchangeAndQuotesNothing(String what, String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      for (TransportRequest request :
          new TransportRequest[] {get(server.uri()), post(server.uri(), "x")}) {
        TransportException failure = failure(transport.send(request));

        assertThat(failure.stage()).as(what).isEqualTo(FailureStage.EXCHANGE);
        assertThat(failure.getMessage()).doesNotContain(CANARY);
        assertThat(failure.getCause())
            .satisfiesAnyOf(
                cause -> assertThat(cause).isNull(),
                cause -> assertThat(cause.toString()).doesNotContain(CANARY));
      }
      assertThat(server.peers()).hasSize(2);
    }
  }

  static Stream<Arguments> oversized() {
    return Stream.of(
        Arguments.of("a field of 64 KiB", HEAD + "X: " + "x".repeat(65_536) + "\r\n\r\n"),
        Arguments.of("a status line of 64 KiB", "HTTP/1.1 200 " + "x".repeat(65_536) + "\r\n\r\n"),
        Arguments.of("101 fields", HEAD + "X: 1\r\n".repeat(101) + "\r\n"),
        Arguments.of(
            "many large fields", HEAD + ("X: " + "x".repeat(1_000) + "\r\n").repeat(66) + "\r\n"),
        Arguments.of("an unfinished head", HEAD + ("X: " + "x".repeat(1_000) + "\r\n").repeat(70)),
        Arguments.of("one byte too many", headOf(65_537)),
        Arguments.of(
            "too many fields before the answer",
            "HTTP/1.1 103 x\r\n" + "X: 1\r\n".repeat(101) + "\r\n"),
        Arguments.of(
            "a chunk extension",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(65_536) + "\r\na\r\n"),
        Arguments.of(
            "trailers",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "X: 1\r\n".repeat(1_000) + "\r\n"));
  }

  /** A head of this many bytes in all, in lines of a kilobyte at most. */
  private static String headOf(int size) {
    StringBuilder head = new StringBuilder(HEAD + "Content-Length: 0\r\n");
    while (head.length() < size - 2) {
      int left = size - 2 - head.length();
      int line = left > 2_000 ? 1_000 : left;
      head.append("X: ").append("x".repeat(line - 5)).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oversized")
  void cutsOffWhatIsTooLarge(String what, String answer) throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send(answer);
      peer.awaitLeave();
    })) {
      TransportException failure = failure(transport.send(post(server.uri(), "x")));

      assertThat(failure.stage()).as(what).isEqualTo(FailureStage.TOO_LARGE);
      assertThat(failure.status()).isEmpty();
      result(server.next().left());
    }
  }

  @Test
  void readsTheLargestHeadAllowed() throws Exception {
    assertThat(headOf(65_536)).hasSize(65_536);
    try (RawServer server = RawServer.answering(headOf(65_536))) {
      assertThat(result(transport.send(get(server.uri()))).status()).isEqualTo(200);
    }
  }

  @Test
  void readsAHundredFields() throws Exception {
    try (RawServer server =
        RawServer.answering(HEAD + "X: 1\r\n".repeat(99) + "Content-Length: 2\r\n\r\nok")) {
      TransportResponse response = result(transport.send(get(server.uri())));

      assertThat(response.headers().size()).isEqualTo(100);
      assertThat(text(response)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HEAD, "HTTP/1.1 100 x\r\n\r\n" + HEAD})
  void stopsReadingAnEndlessHead(String start) throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send(start);
      sendForEver(peer, "X: 1\r\n");
    })) {
      assertThat(failure(transport.send(get(server.uri()))).stage())
          .isEqualTo(FailureStage.TOO_LARGE);
      result(server.next().left());
    }
  }

  @Test
  void stopsReadingAnEndlessLine() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      sendForEver(peer, "x");
    })) {
      assertThat(failure(transport.send(get(server.uri()))).stage())
          .isEqualTo(FailureStage.TOO_LARGE);
      result(server.next().left());
    }
  }

  private static void sendForEver(Peer peer, String what) {
    byte[] many = what.repeat(5_000).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    try {
      for (; ; ) {
        peer.send(many);
      }
    } catch (IOException e) {
      peer.left().complete(null);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Content-Length: 1000000000000\r\n", "Transfer-Encoding: chunked\r\n"})
  void stopsReadingABodyAtItsLimitAndTellsTheStatus(String framing) throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 404 x\r\n" + framing + "\r\n");
      sendForEver(peer, framing.contains("chunked") ? "1\r\nx\r\n" : "x");
    })) {
      TransportException failure = failure(transport.send(
          TransportRequest.builder("GET", server.uri()).maxResponseBytes(70_000).build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.TOO_LARGE);
      assertThat(failure).hasMessage("response body larger than 70000 bytes");
      assertThat(failure.status()).hasValue(404);
      result(server.next().left());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8_192, 65_535, 100_000})
  void aBodyOfOneByteTooManyIsTooLarge(int limit) throws Exception {
    try (RawServer server = RawServer.answering(HEAD + "\r\n" + "x".repeat(limit + 1))) {
      TransportException failure = failure(transport.send(
          TransportRequest.builder("GET", server.uri()).maxResponseBytes(limit).build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 100})
  void aCutChunkIsNoAnswerWhereverTheLimitIs(int limit) throws Exception {
    try (RawServer server =
        RawServer.answering(HEAD + "Transfer-Encoding: chunked\r\n\r\na\r\nhello")) {
      TransportException failure = failure(transport.send(
          TransportRequest.builder("GET", server.uri()).maxResponseBytes(limit).build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(failure).hasMessage("the answer of localhost:" + server.port() + " was cut off");
    }
  }

  @Test
  void readsAnAnnouncedLengthOnlyAsFarAsItIsAllowed() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send(HEAD + "Content-Length: 2147483000\r\n\r\nab");
      peer.awaitLeave();
    })) {
      assertThat(failure(transport.send(get(server.uri()))).stage())
          .isEqualTo(FailureStage.TOO_LARGE);
      result(server.next().left());
    }
  }

  @Test
  void readsBareLineFeedsAndFoldedFields() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\nX: a\n b\nContent-Length: 2\n\nok")) {
      TransportResponse response = result(transport.send(get(server.uri())));

      assertThat(response.headers().first("x")).contains("a b");
      assertThat(text(response)).isEqualTo("ok");
    }
  }

  @Test
  void aLaterAnswerIsUnharmedByAFailure() throws Exception {
    try (RawServer broken = RawServer.answering("x");
        RawServer sound = RawServer.answering(HEAD + "Content-Length: 2\r\n\r\nok")) {
      CompletableFuture<?> failing = transport.send(get(broken.uri()));

      assertThat(failure(failing).stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(text(result(transport.send(get(sound.uri()))))).isEqualTo("ok");
    }
  }
}
