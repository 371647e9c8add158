// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.Fault.Point;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FakeTransportTest {
  private static final URI HOSTS = URI.create("https://h.invalid/v2/hosts?mode=desktop&x=%61");

  private final ManualTimer timer = ManualTimer.create();
  private final FakeTransport parsec =
      FakeTransport.builder().seed(1).timer(timer).build();
  private final SessionId session =
      parsec.account("e", "p").owns(FakeHost.desktop("LEBOWSKI")).openSession().id();

  @AfterEach
  void stop() {
    parsec.close();
  }

  private TransportRequest.Builder hosts() {
    return TransportRequest.builder("GET", HOSTS)
        .header("Authorization", "Bearer " + session.reveal());
  }

  private static TransportRequest.Builder signIn(String password) {
    String json = "{\"email\":\"e\",\"password\":\"" + password + "\"}";
    return TransportRequest.builder("POST", URI.create("https://h.invalid/v1/auth"))
        .header("Content-Type", "application/json")
        .body(json.getBytes(UTF_8));
  }

  private CompletableFuture<TransportResponse> send(TransportRequest.Builder request) {
    return parsec.send(request.build());
  }

  private static String text(TransportResponse answer) {
    return new String(answer.body(), UTF_8);
  }

  private static FailureStage stage(CompletableFuture<TransportResponse> answer) {
    try {
      throw new AssertionError("was answered " + answer.join().status());
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(TransportException.class);
      return ((TransportException) e.getCause()).stage();
    }
  }

  @Test
  void answersAsAServerDoes() throws Exception {
    try (FakeParsecServer server = FakeParsecServer.builder().seed(1).start()) {
      SessionId same = server
          .account("e", "p")
          .owns(FakeHost.desktop("LEBOWSKI"))
          .openSession()
          .id();
      Web web = new Web(server);

      assertThat(same).isEqualTo(session);
      TransportResponse listed = send(hosts()).join();
      assertThat(text(listed)).isEqualTo(web.hosts(same, "?mode=desktop").body());
      assertThat(listed.headers().first("content-type")).contains("application/json");
      assertThat(text(send(signIn("p")).join())).isEqualTo(web.signIn("e", "p").body());
      assertThat(send(signIn("wrong")).join().status()).isEqualTo(403);
    }
  }

  /** Sends a request with a body or a session, and returns status, time to wait and body of the answer. */
  private interface Exchange {
    String send(String method, String path, String header, String json);
  }

  private static String answer(int status, Optional<String> retryAfter, String body) {
    return status + " " + retryAfter.orElse("") + " " + body;
  }

  private static String inMemory(
      FakeTransport service, String method, String path, String header, String json) {
    String[] field = header.split(": ", 2);
    TransportRequest.Builder request = TransportRequest.builder(
            method, URI.create("https://h.invalid" + path))
        .header("Content-Type", "application/json")
        .header(field[0], field[1]);
    TransportResponse answer = service
        .send((json.isEmpty() ? request : request.body(json.getBytes(UTF_8))).build())
        .join();
    return answer(answer.status(), answer.headers().first("Retry-After"), text(answer));
  }

  private static String overASocket(
      Web web, String method, String path, String header, String json) {
    String[] field = header.split(": ", 2);
    HttpResponse<String> answer = web.send(web.request(path)
        .method(
            method,
            json.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json))
        .header("Content-Type", "application/json")
        .header(field[0], field[1]));
    return answer(answer.statusCode(), answer.headers().firstValue("Retry-After"), answer.body());
  }

  /** Goes every way in but that of the password, and returns the answers. */
  private static List<String> otherWaysIn(FakeParsec service, Exchange exchange) {
    FakeAccount account = service.account("e", "p");
    service.enterpriseKeys("key");
    List<String> answers = new ArrayList<>();
    answers.add(exchange.send("POST", "/auth/codes", "X: y", "{\"game_id\":\"g\"}"));
    FakeAuthCode code = service.authCodes().get(0);
    String poll = "{\"grant_type\":\"auth_code\",\"auth_code_hash\":\"" + code.hash() + "\"}";
    answers.add(exchange.send("POST", "/auth/sessions", "X: y", poll));
    answers.add(exchange.send("POST", "/auth/sessions", "X: y", poll));
    account.approves(code.userCode());
    service.fail(Endpoint.AUTH_SESSION, Fault.status(503).withHeader("Retry-After", "9"));
    answers.add(exchange.send("POST", "/auth/sessions", "X: y", poll));
    String externalId = "{\"external_id\":\"walter\"}";
    answers.add(exchange.send("POST", "/enterprise/sessions", "x-api-key: key", externalId));
    answers.add(exchange.send("POST", "/enterprise/sessions", "x-api-key: yek", externalId));
    String token = account.openSession().id().reveal();
    answers.add(exchange.send("GET", "/me", "Authorization: Bearer " + token, ""));
    answers.add(exchange.send("GET", "/me", "Authorization: Bearer x", ""));
    return answers;
  }

  @Test
  void goesTheOtherWaysInAsAServerDoes() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (FakeTransport same = FakeTransport.builder().seed(2).clock(clock).build();
        FakeParsecServer server =
            FakeParsecServer.builder().seed(2).clock(clock).start()) {
      Web web = new Web(server);

      List<String> inMemory = otherWaysIn(
          same, (method, path, header, json) -> inMemory(same, method, path, header, json));
      List<String> overASocket = otherWaysIn(
          server, (method, path, header, json) -> overASocket(web, method, path, header, json));

      assertThat(inMemory).isEqualTo(overASocket);
      assertThat(inMemory)
          .extracting(answer -> answer.substring(0, 5).strip())
          .containsExactly("201", "202", "429 5", "503 9", "201", "401", "200", "401");
    }
  }

  @Test
  void recordsWhatAServerWouldReceive() {
    TransportResponse unused = send(hosts()).join();
    unused = send(signIn("p")).join();
    unused =
        send(TransportRequest.builder("HEAD", URI.create("http://h.invalid"))).join();

    assertThat(unused.body()).isEmpty();
    assertThat(parsec.requests()).extracting(RecordedRequest::connection).containsExactly(1, 2, 3);
    RecordedRequest listed = parsec.requests(Endpoint.HOSTS).get(0);
    assertThat(listed.query()).isEqualTo("mode=desktop&x=%61");
    assertThat(listed.headers()).hasToString("Headers[Host, Authorization]");
    assertThat(listed.headers().first("Host")).contains("h.invalid");
    assertThat(listed.sessionId()).contains(session);
    RecordedRequest signedIn = parsec.requests(Endpoint.SIGN_IN).get(0);
    assertThat(signedIn.headers().first("Content-Length")).contains("28");
    assertThat(signedIn.bodyFields()).containsEntry("password", "p");
    assertThat(parsec.requests().get(2).path()).isEqualTo("/");
    assertThat(parsec.requests().get(2).query()).isEmpty();
  }

  static Stream<Arguments> stagesOfFaults() {
    return Stream.of(
        Arguments.of(Fault.resetConnection(), FailureStage.EXCHANGE),
        Arguments.of(Fault.resetConnection(Point.IN_HEAD), FailureStage.EXCHANGE),
        Arguments.of(Fault.resetConnection(Point.IN_BODY), FailureStage.EXCHANGE),
        Arguments.of(Fault.closeConnection(), FailureStage.EXCHANGE),
        Arguments.of(Fault.closeConnection(Point.IN_HEAD), FailureStage.EXCHANGE),
        Arguments.of(Fault.closeConnection(Point.IN_BODY), FailureStage.EXCHANGE),
        Arguments.of(Fault.truncatedBody(5), FailureStage.EXCHANGE),
        Arguments.of(Fault.unfinishedChunks(), FailureStage.EXCHANGE),
        Arguments.of(Fault.garbage(), FailureStage.EXCHANGE),
        Arguments.of(Fault.contradictoryLengths(), FailureStage.EXCHANGE),
        Arguments.of(Fault.lengthAndChunks(), FailureStage.EXCHANGE),
        Arguments.of(Fault.interim(102, 9), FailureStage.EXCHANGE),
        Arguments.of(Fault.tooManyFields(), FailureStage.TOO_LARGE),
        Arguments.of(Fault.hugeHeader(65_536), FailureStage.TOO_LARGE),
        Arguments.of(Fault.endlessHead(), FailureStage.TOO_LARGE),
        Arguments.of(Fault.endlessBody(), FailureStage.TOO_LARGE),
        Arguments.of(Fault.hugeBody(65_537), FailureStage.TOO_LARGE),
        Arguments.of(Fault.hugeBody(Long.MAX_VALUE), FailureStage.TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("stagesOfFaults")
  void failsAsTransportsDo(Fault fault, FailureStage stage) {
    parsec.fail(Endpoint.HOSTS, fault);

    assertThat(stage(send(hosts()))).isEqualTo(stage);
    assertThat(send(hosts()).join().status()).isEqualTo(200);
    assertThat(parsec.requests()).hasSize(2);
  }

  static Stream<Arguments> stagesOfConnectionFaults() {
    return Stream.of(
        Arguments.of(Fault.resetConnection(), FailureStage.EXCHANGE),
        Arguments.of(Fault.closeConnection(), FailureStage.EXCHANGE),
        Arguments.of(Fault.refuseConnection(), FailureStage.CONNECT),
        Arguments.of(Fault.plainText(), FailureStage.TLS),
        Arguments.of(Fault.tlsReset(), FailureStage.TLS),
        Arguments.of(Fault.tlsClose(), FailureStage.TLS));
  }

  @ParameterizedTest
  @MethodSource("stagesOfConnectionFaults")
  void failsAsTransportsDoIfAConnectionIsMet(Fault fault, FailureStage stage) {
    parsec.failConnections(fault);
    boolean refuses = fault.equals(Fault.refuseConnection());

    assertThat(stage(send(hosts()))).isEqualTo(stage);
    assertThat(parsec.pendingFaults()).isEmpty();
    if (refuses) {
      assertThat(stage(send(hosts()))).isEqualTo(stage);
      parsec.clearFaults();
    }
    assertThat(send(hosts()).join().status()).isEqualTo(200);
    assertThat(parsec.requests()).hasSize(1);
  }

  @Test
  void asksForTheBodyOnlyWhenTheConnectionStands() {
    parsec.failConnections(Fault.tlsClose(), Fault.tlsStall(), Fault.refuseConnection());
    TransportRequest request = signIn("p").build();

    assertThat(stage(parsec.send(request))).isEqualTo(FailureStage.TLS);
    assertThat(parsec.send(request)).isNotDone();
    assertThat(stage(parsec.send(request))).isEqualTo(FailureStage.CONNECT);
    assertThat(request.openBody()).isNotEmpty();
  }

  @Test
  void asksForTheBodyAlsoIfTheConnectionBreaksThen() {
    parsec.failConnections(Fault.resetConnection());
    TransportRequest request = signIn("p").build();

    assertThat(stage(parsec.send(request))).isEqualTo(FailureStage.EXCHANGE);
    assertThatIllegalStateException().isThrownBy(request::openBody);
  }

  @Test
  void sendsNothingIfTheCallerHasGivenUp() {
    TransportRequest request = signIn("p").build();
    assertThat(request.openBody()).isNotEmpty();

    assertThat(stage(parsec.send(request))).isEqualTo(FailureStage.EXCHANGE);
    assertThat(parsec.requests()).isEmpty();
  }

  static List<Fault> faultsThatLeaveTheAnswerReadable() {
    return List.of(
        Fault.resetConnection(Point.AFTER_ANSWER),
        Fault.closeConnection(Point.AFTER_ANSWER),
        Fault.stall(Point.AFTER_ANSWER),
        Fault.secondAnswer(),
        Fault.interim(103, 8),
        Fault.hugeBody(65_536),
        Fault.hugeHeader(60_000),
        Fault.header("X-A", "1"),
        Fault.contentType("text/html"),
        Fault.rawAnswer("HTTP/1.1 200\n\n{}".getBytes(UTF_8)),
        Fault.rawAnswer(
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n"
                .getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("faultsThatLeaveTheAnswerReadable")
  void readsAnAnswerInWhichNothingIsMissing(Fault fault) {
    parsec.fail(Endpoint.HOSTS, fault);

    TransportResponse answer = send(hosts()).join();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer)).startsWith("{").endsWith(fault.toString().contains("huge") ? "" : "}");
  }

  static List<String> brokenAnswers() {
    return List.of(
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(1_100),
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 2 OK\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void takesNoBrokenAnswer(String bytes) {
    parsec.fail(Endpoint.HOSTS, Fault.rawAnswer(bytes.getBytes(UTF_8)));

    assertThat(stage(send(hosts()))).isEqualTo(FailureStage.EXCHANGE);
  }

  static List<String> answersWithoutBody() {
    return List.of(
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("answersWithoutBody")
  void readsAnAnswerWithoutABody(String bytes) {
    parsec.fail(Endpoint.HOSTS, Fault.rawAnswer(bytes.getBytes(UTF_8)));

    assertThat(send(hosts()).join().body()).isEmpty();
  }

  @Test
  void tellsStatusAndRetryAfterOfABodyThatIsTooLarge() {
    parsec.fail(
        Endpoint.HOSTS,
        Fault.status(503).withHeader("Retry-After", "7").withBody("more than ten bytes"));

    CompletableFuture<TransportResponse> answer =
        send(TransportRequest.builder("GET", HOSTS).maxResponseBytes(10));

    assertThat(stage(answer)).isEqualTo(FailureStage.TOO_LARGE);
    TransportException failure =
        (TransportException) answer.handle((ok, e) -> e).join();
    assertThat(failure.status()).hasValue(503);
    assertThat(failure.retryAfter()).contains("7");
  }

  @Test
  void delaysAnAnswerOnItsTimer() {
    parsec.fail(Endpoint.HOSTS, Fault.delay(Duration.ofSeconds(3)));
    CompletableFuture<TransportResponse> answer = send(hosts());

    timer.advance(Duration.ofMillis(2_999));
    assertThat(answer).isNotDone();
    assertThat(parsec).hasToString("FakeTransport[1 in flight]");
    timer.advance(Duration.ofMillis(1));

    assertThat(answer.join().status()).isEqualTo(200);
    assertThat(parsec).hasToString("FakeTransport[0 in flight]");
  }

  @Test
  void dripsAnAnswerOnItsTimer() {
    int length = 0;
    parsec.fail(Endpoint.HOSTS, Fault.drip(10, Duration.ofSeconds(1)));
    CompletableFuture<TransportResponse> answer = send(hosts());
    while (!answer.isDone()) {
      length += 10;
      timer.advance(Duration.ofSeconds(1));
    }

    TransportResponse slow = answer.join();
    int head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + slow.body().length + "\r\n\r\n")
        .length();
    int all = head + slow.body().length;
    assertThat(length).isBetween(all - 20, all);
    assertThat(text(slow)).isEqualTo(text(send(hosts()).join()));
  }

  @Test
  void takesItsLatencyFromItsTimer() {
    parsec.latency(Latency.uniform(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    CompletableFuture<TransportResponse> answer = send(hosts());

    timer.advance(Duration.ofMillis(999));
    assertThat(answer).isNotDone();
    timer.advance(Duration.ofMillis(1_001));

    assertThat(answer).isCompleted();
  }

  @Test
  void takesItsPauseBackWhenTheCallerGivesUp() {
    parsec.latency(Latency.fixed(Duration.ofSeconds(1)));
    CompletableFuture<TransportResponse> answer = send(hosts());
    assertThat(timer.pending()).isEqualTo(1);

    assertThat(answer.cancel(true)).isTrue();

    assertThat(timer.pending()).isZero();
  }

  @Test
  void readsWhatComesBeforeAFailureAfterAPause() {
    parsec.latency(Latency.fixed(Duration.ofSeconds(1)));
    parsec.fail(Endpoint.HOSTS, Fault.garbage());
    CompletableFuture<TransportResponse> answer = send(hosts());
    assertThat(answer).isNotDone();

    timer.advance(Duration.ofSeconds(1));

    assertThat(stage(answer)).isEqualTo(FailureStage.EXCHANGE);
  }

  @Test
  void stallsUntilTheCallerGivesUp() {
    parsec.fail(Endpoint.HOSTS, Fault.stall(), Fault.stall(Point.IN_BODY));
    CompletableFuture<TransportResponse> first = send(hosts());
    CompletableFuture<TransportResponse> second = send(hosts());
    parsec.failConnections(Fault.stall());
    CompletableFuture<TransportResponse> third = send(hosts());
    timer.advance(Duration.ofDays(1));

    assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
    assertThat(parsec).hasToString("FakeTransport[3 in flight]");
    assertThat(List.of(first.cancel(true), second.cancel(true), third.cancel(true)))
        .containsOnly(true);

    assertThat(parsec).hasToString("FakeTransport[0 in flight]");
    assertThat(parsec.requests()).hasSize(2);
  }

  @Test
  void forgetsAnExchangeOfWhichADerivedStageIsGivenUp() {
    parsec.fail(Endpoint.HOSTS, Fault.stall());
    CompletableFuture<Integer> status = send(hosts()).thenApply(TransportResponse::status);

    assertThat(status.cancel(true)).isTrue();

    assertThat(parsec).hasToString("FakeTransport[0 in flight]");
  }

  @Test
  void playsNothingMoreToACallerWhoHasGivenUp() {
    parsec.fail(Endpoint.HOSTS, Fault.delay(Duration.ofSeconds(1)));
    CompletableFuture<TransportResponse> answer = send(hosts());

    assertThat(answer.cancel(true)).isTrue();
    timer.advance(Duration.ofSeconds(1));

    assertThat(answer).isCancelled();
  }

  @Test
  void failsWhatIsInFlightWhenItIsClosedOrReset() {
    parsec.fail(Endpoint.HOSTS, Fault.stall().times(2));
    CompletableFuture<TransportResponse> first = send(hosts());
    parsec.reset();
    assertThat(stage(first)).isEqualTo(FailureStage.EXCHANGE);
    assertThat(send(hosts()).join().status()).isEqualTo(401);

    parsec.fail(Endpoint.HOSTS, Fault.stall());
    CompletableFuture<TransportResponse> second = send(hosts());
    parsec.close();
    parsec.close();

    assertThat(stage(second)).isEqualTo(FailureStage.EXCHANGE);
    assertThatIllegalStateException()
        .isThrownBy(() -> send(hosts()))
        .withMessage("the transport is closed; create a new one");
    assertThat(parsec.requests()).hasSize(2);
  }

  @Test
  void doesWithoutAManualTimer() {
    try (FakeTransport real = FakeTransport.create()) {
      real.fail(Endpoint.HOSTS, Fault.delay(Duration.ofNanos(1)), Fault.delay(Duration.ofDays(1)));
      TransportRequest request = TransportRequest.builder("GET", HOSTS).build();

      assertThat(real.send(request).join().status()).isEqualTo(401);
      CompletableFuture<TransportResponse> late = real.send(request);
      assertThat(late).isNotDone();
      assertThat(late.cancel(true)).isTrue();
    }
  }

  @Test
  void refusesNull() {
    assertThatNullPointerException().isThrownBy(() -> parsec.send(null)).withMessage("request");
    assertThatNullPointerException()
        .isThrownBy(() -> FakeTransport.builder().timer(null))
        .withMessage("timer");
  }
}
