// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.testkit.Wire;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final String HOST = "Host: h\r\n";
  private static final String END = "\r\n";

  private final List<HttpRequest> received = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Wire wire;

  /** Answers with what it understood, so that the tests see both directions at once. */
  private Delivery echo(HttpRequest request) {
    received.add(request);
    String text = request.method() + " " + request.path() + " [" + request.query() + "] "
        + new String(request.body(), UTF_8);
    return Delivery.of(Answer.json(200, text.getBytes(UTF_8)), request);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.start(InetAddress.getLoopbackAddress(), 0, this::echo, Door.OPEN, null);
    wire = connect();
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
  }

  private Wire connect() throws IOException {
    return new Wire(server.address(), server.port());
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Nested
  class Requests {
    @Test
    void areAnsweredOneAfterTheOtherOnOneConnection() throws IOException {
      String first = wire.exchange("GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n");
      String second = wire.exchange("POST /d HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz");

      assertThat(first)
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\nGET /a [b=c] ");
      assertThat(body(second)).isEqualTo("POST /d [] xyz");
      assertThat(received).extracting(HttpRequest::connection).containsExactly(1, 1);
    }

    @Test
    void mayBePipelined() throws IOException {
      wire.send(
          "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na\r\nPOST /2 HTTP/1.1\r\nHost: h\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(body(wire.answer())).isEqualTo("POST /1 [] a");
      assertThat(body(wire.answer())).isEqualTo("POST /2 [] b");
      assertThat(body(wire.answer())).isEqualTo("GET /3 [] ");
    }

    @Test
    void comeFromSeveralConnectionsAtOnce() throws IOException {
      try (Wire other = connect()) {
        wire.send("GET /slow HTTP/1.1\r\n");
        assertThat(body(other.exchange("GET /fast HTTP/1.1\r\nHost: h\r\n\r\n")))
            .isEqualTo("GET /fast [] ");
        assertThat(body(wire.exchange("Host: h\r\n\r\n"))).isEqualTo("GET /slow [] ");
      }

      assertThat(received)
          .extracting(HttpRequest::connection)
          .containsExactlyInAnyOrder(1, 2)
          .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
      "/,/",
      "*,*",
      "http://h:1/p?q,/p",
      "HTTP://h,/",
      "http://h?q,/",
      "/%61/../b,/%61/../b",
      "//h/p,//h/p"
    })
    void haveTheirPathTakenAsItWasSent(String target, String path) throws IOException {
      assertThat(wire.exchange("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(received.get(0).path()).isEqualTo(path);
    }

    @Test
    void keepTheirFieldsInOrder() throws IOException {
      assertThat(wire.exchange(
              "GET / HTTP/1.1\r\nHost: h\r\nX-A:  1 \t\r\nx-a:\r\nX-B:\t\u00e9, 2\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");

      List<String> fields = new ArrayList<>();
      received.get(0).headers().forEach((name, value) -> fields.add(name + "=" + value));
      assertThat(fields).containsExactly("Host=h", "X-A=1", "x-a=", "X-B=\u00e9, 2");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "5\r\nhello\r\n0\r\n\r\n",
          "1\r\nh\r\n04\r\nello\r\n000\r\n\r\n",
          "5;name=value\r\nhello\r\n0;last\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\n",
          "5 ; a\r\nhello\r\n0\t\r\n\r\n"
        })
    void mayBeChunked(String body) throws IOException {
      String answer =
          wire.exchange("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n" + body);

      assertThat(body(answer)).isEqualTo("POST / [] hello");
    }

    @Test
    void mayHaveABodyOf64KiB() throws IOException {
      String body = "x".repeat(65_536);

      String fixed =
          wire.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n" + body);
      String chunked =
          wire.exchange("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n8000\r\n"
              + body.substring(0, 0x8000) + "\r\nFfFf\r\n".replace("FfFf", "7FFf")
              + body.substring(0, 0x7fff)
              + "\r\n1\r\nx\r\n0\r\n\r\n");

      assertThat(body(fixed)).isEqualTo("POST / [] " + body);
      assertThat(body(chunked)).isEqualTo("POST / [] " + body);
    }

    @Test
    void mayHaveAHeadOf64KiBAnd100Fields() throws IOException {
      String start = "GET / HTTP/1.1\r\nHost: h\r\n" + "X-A: 1\r\n".repeat(98) + "X-B: ";
      String head = start + "y".repeat(65_536 - start.length() - 4) + "\r\n\r\n";

      assertThat(wire.exchange(head)).startsWith("HTTP/1.1 200 ");
      assertThat(received.get(0).headers().size()).isEqualTo(100);
    }

    @Test
    void mayComeAfterAFewEmptyLines() throws IOException {
      assertThat(wire.exchange("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"})
    void areToldToContinueIfTheyWaitForIt(String framing) throws IOException {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n" + framing);
      assertThat(wire.until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

      wire.send(framing.startsWith("C") ? "abc" : "3\r\nabc\r\n0\r\n\r\n");
      assertThat(body(wire.answer())).isEqualTo("POST / [] abc");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n",
          "GET / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n"
        })
    void areNotToldToContinueIfThereIsNothingToWaitFor(String request) throws IOException {
      assertThat(wire.exchange(request)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: h\r\nConnection: te , Close\r\n\r\n",
          "GET / HTTP/1.0\r\n\r\n",
          "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
        })
    void endTheConnectionIfTheySaySo(String request) throws IOException {
      wire.send(request);

      assertThat(wire.rest())
          .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n"
              + "Connection: close\r\n\r\nGET / [] ");
    }

    @Test
    void areAnsweredAlsoIfThePeerSendsNothingMore() throws IOException {
      wire.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, te\r\n\r\n");
      wire.end();

      assertThat(wire.rest()).endsWith("\r\n\r\nGET / [] ").doesNotContain("close");
    }
  }

  @Nested
  class Refusals {
    private void assertRefused(String bytes, int status) throws IOException {
      wire.send(bytes);

      assertThat(wire.rest())
          .matches(
              "(?s)HTTP/1.1 " + status + " [A-Z][A-Za-z ]+\r\nContent-Type: application/json\r\n"
                  + "Content-Length: \\d+\r\nConnection: close\r\n\r\n\\{\"error\":\"[^\"]+\"}");
      assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET\r\n\r\n",
          "GET /\r\n\r\n",
          "GET  HTTP/1.1\r\n\r\n",
          "GET / /x HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1 \r\n\r\n",
          "GET / HTTP/1\r\n\r\n",
          "GET / HTTP/1.11\r\n\r\n",
          "GET / HTTP/x.1\r\n\r\n",
          "GET / HTTP/1.x\r\n\r\n",
          "GET / HTTP/1-1\r\n\r\n",
          "GET / http/1.1\r\n\r\n",
          "G{T / HTTP/1.1\r\n\r\n",
          "G\u00e9T / HTTP/1.1\r\n\r\n",
          "GET x HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET ** HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /#f HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /\u0001 HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET https://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
          "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n",
          "SSH-2.0-x\r\n\r\n"
        })
    void meetABadRequestLine(String bytes) throws IOException {
      assertRefused(bytes, 400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          HOST + HOST,
          HOST + "X\r\n",
          HOST + ": x\r\n",
          HOST + "X : x\r\n",
          HOST + "X(: x\r\n",
          HOST + " folded\r\n",
          HOST + "X: a\u0000b\r\n",
          HOST + "X: a\rb\r\n",
          HOST + "X: a\u007f\r\n",
          HOST + "X: a\n",
          HOST + "Content-Length: 1\r\nContent-Length: 1\r\n",
          HOST + "Content-Length: 1, 1\r\n",
          HOST + "Content-Length:\r\n",
          HOST + "Content-Length: -1\r\n",
          HOST + "Content-Length: +1\r\n",
          HOST + "Content-Length: 1x\r\n",
          HOST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
          HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"
        })
    void meetBadFields(String fields) throws IOException {
      assertRefused("POST / HTTP/1.1\r\n" + fields + END, 400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\n",
          "x\r\n",
          "\u00e9\r\n",
          "-1\r\n",
          "0x1\r\n",
          "1\nx",
          "1\rx",
          "1;\n",
          "1\r\nxx",
          "1\r\nx\rx",
          "0\r\nX: y\n",
          "00000000000000000",
          "1\r\nx\r\n\r\n"
        })
    void meetBadChunks(String chunks) throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, 400);
    }

    @Test
    void meetAnEndlessChunkExtension() throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(1025),
          400);
    }

    @Test
    void meetAnEndlessTrailer() throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
              + "X: y\r\n".repeat(11_000),
          431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65537", "4294967297", "99999999999999999999999"})
    void meetALengthOverTheLimitBeforeTheBodyIsSent(String length) throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: " + length
              + "\r\n\r\n",
          413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10001\r\n", "100000000000000000\r\n", "10000\r\n%s\r\n1\r\nx"})
    void meetChunksOverTheLimit(String chunks) throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
              + String.format(chunks, "x".repeat(65_536)),
          413);
    }

    @Test
    void reachAPeerThatIsStillSending() throws IOException {
      wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        wire.send("x".repeat(100_000));
      }

      assertThat(wire.rest()).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void meetTooManyFields() throws IOException {
      assertRefused("GET / HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(100) + END, 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: h\r\nX: ", "GET /", ""})
    void meetAnEndlessHead(String start) throws IOException {
      assertRefused(start + "x".repeat(65_536 - start.length()), 431);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/2.0,505", "HTTP/0.9,505", "HTTP/3.0,505"})
    void meetOtherVersions(String version, int status) throws IOException {
      assertRefused("GET / " + version + "\r\nHost: h\r\n\r\n", status);
    }

    @Test
    void meetABodyWithoutALength() throws IOException {
      assertRefused("POST / HTTP/1.1\r\nHost: h\r\n\r\n", 411);
    }

    @Test
    void meetAnExpectationThatIsNotKnown() throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 200-ok\r\nContent-Length: 1\r\n\r\n", 417);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, chunked", "identity", ""})
    void meetOtherTransferEncodings(String encoding) throws IOException {
      assertRefused(
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + encoding + "\r\n\r\n", 501);
    }

    @Test
    void meetChunksInHttp10() throws IOException {
      assertRefused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\u0016\u0003\u0001",
          "\n",
          " GET / HTTP/1.1\r\n",
          "\u00ff",
          "\r\n\r\n\r\n\r\n\r\n"
        })
    void meetAtOnceWhatCannotBecomeARequest(String bytes) throws IOException {
      assertRefused(bytes, 400);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "G",
          "GET / HTTP/1.1\r\nHost: h\r\n",
          "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx",
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nx",
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        })
    void meetARequestThatIsCutOff(String bytes) throws IOException {
      wire.send(bytes);
      wire.end();

      assertThat(wire.rest()).startsWith("HTTP/1.1 400 ");
      assertThat(received).isEmpty();
    }

    @Test
    void doNotMeetAConnectionThatCarriesNothing() throws IOException {
      wire.end();

      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void answersWith500AndShowsTheFailureIfTheHandlerFails() throws Exception {
    AtomicReference<Throwable> shown = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      shown.set(failure);
      done.countDown();
    });
    try (HttpServer failing = HttpServer.start(
            InetAddress.getLoopbackAddress(),
            0,
            request -> {
              throw new IllegalStateException("secret");
            },
            Door.OPEN,
            null);
        Wire peer = new Wire(failing.address(), failing.port())) {
      peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(peer.rest())
          .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
          .endsWith("{\"error\":\"the fake server failed: java.lang.IllegalStateException\"}");
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(shown.get()).hasMessage("secret");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void stopsReadingFromAPeerThatNeverEnds() throws IOException {
    wire.send("x");
    wire.send("?\r\n\r\n");
    assertThat(wire.until("}")).startsWith("HTTP/1.1 400 ");

    assertThatThrownBy(() -> {
          while (true) {
            wire.send("more");
          }
        })
        .isInstanceOf(IOException.class);
  }

  @Nested
  class Closing {
    private List<Thread> threads() {
      return threads(server);
    }

    private List<Thread> threads(HttpServer ofServer) {
      String prefix = "parsec-testkit-" + ofServer.port() + "-";
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith(prefix))
          .collect(Collectors.toList());
    }

    @Test
    void waitsForTheVeryEndOfEachThread() throws IOException {
      for (int i = 0; i < 200; i++) {
        HttpServer brief = HttpServer.start(
            InetAddress.getLoopbackAddress(), 0, HttpServerTest.this::echo, Door.OPEN, null);
        try (Wire peer = new Wire(brief.address(), brief.port())) {
          assertThat(peer.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n"))
              .startsWith("HTTP/1.1 200 ");

          brief.close();

          assertThat(threads(brief)).isEmpty();
        }
      }
    }

    @Test
    void leavesNoThreadAndNoPort() throws IOException {
      assertThat(wire.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      assertThat(threads()).hasSize(2).allMatch(Thread::isDaemon);

      server.close();

      assertThat(threads()).isEmpty();
      assertThatThrownBy(HttpServerTest.this::connect).isInstanceOf(ConnectException.class);
      try (ServerSocket again =
          new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
        assertThat(again.isBound()).isTrue();
      }
    }

    @Test
    void endsEveryConnectionIdleOrBusy() throws IOException {
      List<Wire> peers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Wire peer = connect();
        peers.add(peer);
        peer.send(
            i % 2 == 0
                ? "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                : "POST / HTTP/1.1\r\nHost: h\r\nContent-Le");
        if (i % 2 == 0) {
          assertThat(peer.answer()).startsWith("HTTP/1.1 200 ");
        }
      }

      server.close();

      for (Wire peer : peers) {
        assertThat(hasEnded(peer)).isTrue();
        peer.close();
      }
      assertThat(threads()).isEmpty();
    }

    /** Ended in order or by a reset; while it has not, reading runs into its time-out. */
    private boolean hasEnded(Wire peer) throws IOException {
      try {
        return peer.rest().isEmpty();
      } catch (SocketException e) {
        return true;
      }
    }

    @Test
    void isDoneOnce() {
      server.close();
      server.close();

      assertThat(threads()).isEmpty();
    }

    @Test
    void doesNotWaitForEverForAHandlerThatDoes() throws Exception {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      HttpServer stuck = HttpServer.start(
          InetAddress.getLoopbackAddress(),
          0,
          request -> {
            entered.countDown();
            boolean released = false;
            while (!released) {
              released = awaitUninterrupted(release);
            }
            return Delivery.of(Answer.error(404, "late"), request);
          },
          Door.OPEN,
          null);
      try (Wire peer = new Wire(stuck.address(), stuck.port())) {
        peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        stuck.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      } finally {
        release.countDown();
      }
    }

    private boolean awaitUninterrupted(CountDownLatch latch) {
      try {
        return latch.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return false;
      }
    }

    @Test
    void mayBeDoneByAHandler() throws Exception {
      CompletableFuture<HttpServer> own = new CompletableFuture<>();
      HttpServer selfish = HttpServer.start(
          InetAddress.getLoopbackAddress(),
          0,
          request -> {
            own.join().close();
            return Delivery.of(Answer.error(404, "late"), request);
          },
          Door.OPEN,
          null);
      own.complete(selfish);
      try (Wire peer = new Wire(selfish.address(), selfish.port())) {
        peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(hasEnded(peer)).isTrue();
      }
    }

    @Test
    void keepsTheInterruptOfWhoeverCloses() {
      Thread.currentThread().interrupt();
      server.close();

      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isSafeWhileConnectionsArrive() throws Exception {
      for (int i = 0; i < 50; i++) {
        HttpServer brief = HttpServer.start(
            InetAddress.getLoopbackAddress(), 0, HttpServerTest.this::echo, Door.OPEN, null);
        Thread peer = new Thread(() -> connectUntilRefused(brief));
        peer.start();

        brief.close();

        peer.join(20_000);
        assertThat(peer.isAlive()).isFalse();
      }
    }

    private void connectUntilRefused(HttpServer brief) {
      try {
        while (true) {
          new Wire(brief.address(), brief.port()).close();
        }
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  @Test
  void refusesToStartOnAPortThatIsTaken() {
    assertThatThrownBy(() -> HttpServer.start(
            InetAddress.getLoopbackAddress(), server.port(), this::echo, Door.OPEN, null))
        .isInstanceOf(BindException.class);
  }

  @Test
  void encodesEveryAnswerInOneArray() {
    assertThat(new String(Answer.methodNotAllowed("GET").closing(), ISO_8859_1))
        .isEqualTo(
            "HTTP/1.1 405 Method Not Allowed\r\nContent-Type: application/json\r\nContent-Length: 34\r\n"
                + "Allow: GET\r\nConnection: close\r\n\r\n{\"error\":\"the method must be GET\"}");
  }
}
