// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.testkit.Fault.Point;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the wire when a fault meets a request, byte for byte. */
class FaultWireTest {
  private static final String END = "\r\n\r\n";
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final FakeParsecServer server = builder()
      .clock(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))
      .start();
  private final FakeAccount account =
      server.account("e", "p").withTotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  private String get = "";
  private String head = "";
  private String body = "";
  private Wire wire;

  FakeParsecServer.Builder builder() {
    return FakeParsecServer.builder();
  }

  @BeforeEach
  void connect() throws IOException {
    account.owns(FakeHost.desktop("LEBOWSKI"));
    get = "GET /v2/hosts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
        + account.openSession().id().reveal() + END;
    wire = new Wire(server);
    String right = wire.exchange(get);
    head = right.substring(0, right.indexOf(END) + END.length());
    body = right.substring(head.length());
    assertThat(right).startsWith("HTTP/1.1 200 OK\r\n").contains("LEBOWSKI");
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.close();
  }

  private void ask(Fault fault) throws IOException {
    server.fail(Endpoint.HOSTS, fault);
    wire.send(get);
  }

  private String partUpTo(Point point) {
    switch (point) {
      case BEFORE_HEAD:
        return "";
      case IN_HEAD:
        int statusLine = head.indexOf("\r\n") + 2;
        return head.substring(0, (statusLine + head.length()) / 2);
      case IN_BODY:
        return head + body.substring(0, body.length() / 2);
      default:
        return head + body;
    }
  }

  private void assertGoesOn() throws IOException {
    assertThat(wire.exchange(get)).isEqualTo(head + body);
  }

  @ParameterizedTest
  @EnumSource
  void resetsTheConnectionAtAPoint(Point point) throws IOException {
    ask(Fault.resetConnection(point));

    assertThat(wire.untilReset()).isEqualTo(partUpTo(point));
  }

  @ParameterizedTest
  @EnumSource
  void endsTheConnectionAtAPoint(Point point) throws IOException {
    ask(Fault.closeConnection(point));

    assertThat(wire.rest()).isEqualTo(partUpTo(point));
  }

  @ParameterizedTest
  @EnumSource
  void sendsNothingMoreAfterAPointUntilThePeerEnds(Point point) throws IOException {
    ask(Fault.stall(point));
    String part = partUpTo(point);
    assertThat(wire.next(part.length())).isEqualTo(part);

    wire.send(get);
    wire.end();

    assertThat(wire.rest()).isEmpty();
  }

  @Test
  void stallsUntilTheServerIsClosed() throws IOException {
    ask(Fault.stall(Point.IN_HEAD));
    assertThat(wire.next(17)).isEqualTo("HTTP/1.1 200 OK\r\n");

    server.close();

    assertThat(wire.rest()).isEqualTo(partUpTo(Point.IN_HEAD).substring(17));
  }

  @Test
  void dripsTheWholeAnswer() throws IOException {
    ask(Fault.drip(10, Duration.ofNanos(1)));

    assertThat(wire.answer()).isEqualTo(head + body);
    assertGoesOn();
  }

  @Test
  void pausesBetweenDrops() throws IOException {
    ask(Fault.drip(10, FOR_EVER));
    assertThat(wire.next(10)).isEqualTo(head.substring(0, 10));

    server.close();

    assertThat(wire.rest()).isEmpty();
  }

  @Test
  void delaysTheAnswer() throws IOException {
    ask(Fault.delay(Duration.ofNanos(1)));
    assertThat(wire.answer()).isEqualTo(head + body);

    ask(Fault.delay(FOR_EVER));
    awaitRequests(3);
    server.close();

    assertThat(wire.rest()).isEmpty();
  }

  @Test
  void thinksBeforeEveryAnswerIfThereIsLatency() throws IOException {
    server.latency(Latency.fixed(Duration.ofNanos(1)));
    assertGoesOn();
    server.latency(Latency.fixed(FOR_EVER));
    server.latency(Latency.none());
    assertGoesOn();

    server.latency(Latency.fixed(FOR_EVER));
    ask(Fault.garbage());
    awaitRequests(4);
    server.close();

    assertThat(wire.rest()).isEmpty();
  }

  private void awaitRequests(int count) {
    while (server.requests().size() < count) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void truncatesTheBody(int kept) throws IOException {
    ask(Fault.truncatedBody(kept));

    assertThat(wire.rest()).isEqualTo(head + body.substring(0, kept));
  }

  @Test
  void truncatesTheBodyByAtLeastOneByte() throws IOException {
    ask(Fault.truncatedBody(Integer.MAX_VALUE));

    assertThat(wire.rest()).isEqualTo(head + body.substring(0, body.length() - 1));
  }

  @Test
  void sendsNoLastChunk() throws IOException {
    ask(Fault.unfinishedChunks());

    assertThat(wire.rest()).isEqualTo(framed("Transfer-Encoding: chunked\r\n") + chunk());
  }

  private String framed(String framing) {
    return head.replace("Content-Length: " + body.length() + "\r\n", framing);
  }

  private String chunk() {
    return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
  }

  @Test
  void answersWithGarbage() throws IOException {
    ask(Fault.garbage());

    assertThat(wire.rest()).isEqualTo("220 this is not HTTP\r\n\r\n");
  }

  @Test
  void answersWithBytesOfTheTest() throws IOException {
    ask(Fault.rawAnswer("\u0000\u00ff".getBytes(ISO_8859_1)));

    assertThat(wire.rest()).isEqualTo("\u0000\u00ff");
  }

  @Test
  void announcesTwoLengths() throws IOException {
    ask(Fault.contradictoryLengths());

    String lengths = "Content-Length: " + body.length() + "\r\n" + "Content-Length: "
        + (body.length() + 1) + "\r\n";
    assertThat(wire.rest()).isEqualTo(framed(lengths) + body);
  }

  @Test
  void announcesALengthBesideChunks() throws IOException {
    ask(Fault.lengthAndChunks());

    String both = "Content-Length: " + body.length() + "\r\nTransfer-Encoding: chunked\r\n";
    assertThat(wire.rest()).isEqualTo(framed(both) + chunk() + "0\r\n\r\n");
  }

  @Test
  void addsTooManyFields() throws IOException {
    ask(Fault.tooManyFields());

    String answer = wire.answer();
    assertThat(answer).startsWith(head.substring(0, head.length() - 2)).endsWith(END + body);
    assertThat(answer.split("X-Fault-[0-9]+: 1\r\n", -1)).hasSize(102);
    assertGoesOn();
  }

  @Test
  void addsAHugeField() throws IOException {
    ask(Fault.hugeHeader(70_000));

    assertThat(wire.answer())
        .isEqualTo(
            head.substring(0, head.length() - 2) + "X-Fault: " + "x".repeat(70_000) + END + body);
    assertGoesOn();
  }

  @Test
  void sendsAHeadWithoutEnd() throws IOException {
    ask(Fault.endlessHead());

    assertThat(wire.next(1 << 20))
        .startsWith(head.substring(0, head.length() - 2) + "X-Fault: 1\r\nX-Fault: 1\r\n")
        .doesNotContain(END);
  }

  @Test
  void sendsABodyWithoutEnd() throws IOException {
    ask(Fault.endlessBody());

    assertThat(wire.next(1 << 20)).startsWith(framed("") + body + "  ").endsWith("  ");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 100_000})
  void fillsTheBodyUp(int bytes) throws IOException {
    ask(Fault.hugeBody(bytes));

    assertThat(wire.answer())
        .isEqualTo(
            framed("Content-Length: " + bytes + "\r\n") + body + " ".repeat(bytes - body.length()));
    assertGoesOn();
  }

  @Test
  void leavesABodyThatIsLargerAlready() throws IOException {
    ask(Fault.hugeBody(1));

    assertThat(wire.answer()).isEqualTo(head + body);
  }

  @Test
  void sendsBodiesLargerThanMemory() throws IOException {
    ask(Fault.hugeBody(1L << 40));

    assertThat(wire.next(1 << 20)).startsWith(framed("Content-Length: 1099511627776\r\n") + body);
  }

  @Test
  void addsFieldsAlsoIfTheyAreThereAlready() throws IOException {
    ask(Fault.header("Set-Cookie", "a=b").withHeader("Content-Type", "text/plain"));

    assertThat(wire.answer())
        .isEqualTo(head.substring(0, head.length() - 2)
            + "Set-Cookie: a=b\r\nContent-Type: text/plain" + END + body);
  }

  @Test
  void changesTheContentType() throws IOException {
    ask(Fault.contentType("text/html"));

    assertThat(wire.answer()).isEqualTo(head.replace("application/json", "text/html") + body);
  }

  @Test
  void compressesTheBody() throws IOException {
    ask(Fault.gzipped());

    String answer = wire.answer();
    assertThat(answer).contains("\r\nContent-Encoding: gzip\r\n");
    byte[] packed = answer.substring(answer.indexOf(END) + 4).getBytes(ISO_8859_1);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(body);
    }
  }

  @Test
  void spoilsTheEncodingWithinAString() throws IOException {
    ask(Fault.invalidUtf8());

    assertThat(wire.answer()).endsWith(END + "{\"\u00c3(data" + body.substring(6));
  }

  @Test
  void cutsTheJsonAndAnnouncesTheRest() throws IOException {
    ask(Fault.cutJson());

    int half = body.length() / 2;
    assertThat(wire.answer())
        .isEqualTo(framed("Content-Length: " + half + "\r\n") + body.substring(0, half));
    assertGoesOn();
  }

  @Test
  void answersTwice() throws IOException {
    ask(Fault.secondAnswer());

    assertThat(wire.answer()).isEqualTo(head + body);
    assertThat(wire.answer()).startsWith("HTTP/1.1 500 ").endsWith("a second time\"}");
    assertGoesOn();
  }

  @Test
  void sendsInterimAnswersFirst() throws IOException {
    ask(Fault.interim(103, 2));

    String interim = "HTTP/1.1 103 Interim\r\n\r\n";
    assertThat(wire.next(interim.length() * 2)).isEqualTo(interim + interim);
    assertThat(wire.answer()).isEqualTo(head + body);
    assertGoesOn();
  }

  @Test
  void ofAStatusMayHaveAnotherContentType() throws IOException {
    ask(Fault.status(502, "<html>").withHeader("content-type", "text/html"));

    assertThat(wire.exchange(get))
        .startsWith("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n")
        .doesNotContain("application/json\r\nContent-Length: 6")
        .contains("\r\n\r\n<html>");
  }

  @Test
  void answersWithAStatus() throws IOException {
    ask(Fault.status(503));
    assertThat(wire.answer())
        .isEqualTo(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 43\r\n\r\n"
                + "{\"error\":\"a fault of the test answers 503\"}");

    ask(Fault.status(999, "é").withHeader("X-A", "1").withHeader("X-A", "2"));
    assertThat(wire.answer())
        .isEqualTo(
            "HTTP/1.1 999 \r\nContent-Type: application/json\r\nContent-Length: 2\r\nX-A: 1\r\nX-A: 2\r\n\r\n\u00c3\u00a9");
    assertGoesOn();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void sendsNoBodyWhereHttpHasNone(int status) throws IOException {
    ask(Fault.status(status, "body"));

    assertThat(wire.until(END)).startsWith("HTTP/1.1 " + status + " ").doesNotContain("Length");
    assertGoesOn();
  }

  @Test
  void sendsNoBodyInAnswerToHead() throws IOException {
    server.fail(Endpoint.HOSTS, Fault.status(503).times(2));
    wire.send(get.replace("GET", "HEAD"));

    assertThat(wire.until(END)).contains("\r\nContent-Length: 43\r\n");
    assertThat(wire.exchange(get)).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void endsTheConnectionAfterAFaultIfThePeerWantsIt() throws IOException {
    server.fail(Endpoint.HOSTS, Fault.status(503));
    wire.send(get.replace("Host: h", "Host: h\r\nConnection: close"));

    assertThat(wire.rest()).contains("\r\nConnection: close\r\n");
  }

  @Test
  void redirects() throws IOException {
    ask(Fault.redirect("https://elsewhere.invalid/"));

    assertThat(wire.answer())
        .startsWith("HTTP/1.1 302 Found\r\n")
        .contains("\r\nLocation: https://elsewhere.invalid/\r\n");
    assertGoesOn();
  }

  @Test
  void limitsTheRateInSecondsRoundedUp() throws IOException {
    ask(Fault.rateLimit(Duration.ofMillis(1_001)).withBody("{}"));
    assertThat(wire.answer())
        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
        .contains("\r\nRetry-After: 2\r\n")
        .endsWith(END + "{}");

    ask(Fault.rateLimit(Duration.ofSeconds(1)));
    assertThat(wire.answer()).contains("\r\nRetry-After: 1\r\n");
    ask(Fault.rateLimit(Duration.ZERO));
    assertThat(wire.answer()).contains("\r\nRetry-After: 0\r\n");
  }

  static List<Fault> faultsThatLetTheServiceAct() {
    return Stream.of(
            FaultSamples.ofAnswers().stream(),
            FaultSamples.insteadOfAnswers().stream().map(Fault::afterServing))
        .flatMap(all -> all)
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("faultsThatLetTheServiceAct")
  void letTheServiceActFirst(Fault fault) throws IOException {
    assertThat(statusOfSecondSignIn(fault)).isEqualTo("403");
  }

  static List<Fault> faultsThatKeepTheRequestFromTheService() {
    return FaultSamples.insteadOfAnswers();
  }

  @ParameterizedTest
  @MethodSource("faultsThatKeepTheRequestFromTheService")
  void keepTheRequestFromTheService(Fault fault) throws IOException {
    assertThat(statusOfSecondSignIn(fault)).isEqualTo("200");
  }

  /** Signs in twice with one code, which the service takes once; the fault meets the first sign-in. */
  private String statusOfSecondSignIn(Fault fault) throws IOException {
    String json =
        "{\"email\":\"e\",\"password\":\"p\",\"tfa\":\"" + account.currentTotpCode() + "\"}";
    String signIn = "POST /v1/auth HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nContent-Length: " + json.length() + END + json;
    server.fail(Endpoint.SIGN_IN, fault);
    try (Wire first = new Wire(server)) {
      first.send(signIn);
      first.toTheEnd();
    }
    try (Wire second = new Wire(server)) {
      second.send(signIn);
      return second.rest().substring(9, 12);
    }
  }
}
