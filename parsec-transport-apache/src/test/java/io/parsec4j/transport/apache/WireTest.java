// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ApacheTransport transport = ApacheTransport.builder().noProxy().build();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void sendsAGetWithNothingAddedButHostAndConnection() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      URI uri = server.uri("/v2/hosts?mode=desktop&public=false&x=a%2Fb%20c//");
      TransportRequest request = TransportRequest.builder("GET", uri)
          .header("Authorization", "Bearer abc")
          .header("X-Twice", "1")
          .header("X-Twice", "2")
          .build();

      assertThat(text(result(transport.send(request)))).isEqualTo("ok");

      assertThat(server.next().request())
          .isEqualTo("GET /v2/hosts?mode=desktop&public=false&x=a%2Fb%20c// HTTP/1.1\r\n"
              + "Authorization: Bearer abc\r\n"
              + "X-Twice: 1\r\n"
              + "X-Twice: 2\r\n"
              + "Connection: close\r\n"
              + "Host: localhost:" + server.port() + "\r\n\r\n");
    }
  }

  @Test
  void sendsAPostWithItsBytesAndTheirNumber() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      TransportRequest request = TransportRequest.builder("POST", server.uri("/v1/auth/"))
          .header("Content-Type", "application/json")
          .body("{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8))
          .build();

      assertThat(text(result(transport.send(request)))).isEqualTo("ok");

      assertThat(server.next().request())
          .isEqualTo("POST /v1/auth/ HTTP/1.1\r\n"
              + "Content-Type: application/json\r\n"
              + "Connection: close\r\n"
              + "Host: localhost:" + server.port() + "\r\n"
              + "Content-Length: 10\r\n\r\n"
              + "{\"a\":\"Ã©\"}");
    }
  }

  @Test
  void givesTheBodyOfOptionsTheTypeThatHttpDemands() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      for (String type : new String[] {"application/octet-stream", "text/plain"}) {
        TransportRequest.Builder request =
            TransportRequest.builder("OPTIONS", server.uri()).body(new byte[] {'x'});
        if (type.equals("text/plain")) {
          request = request.header("Content-Type", type);
        }
        assertThat(result(transport.send(request.build())).status()).isEqualTo(200);

        assertThat(server.next().request())
            .containsOnlyOnce("\r\nContent-Type: " + type + "\r\n")
            .endsWith("\nx");
      }
    }
  }

  @Test
  void sendsAnEmptyBodyWithItsLength() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(result(transport.send(post(server.uri(), ""))).status()).isEqualTo(200);

      assertThat(server.next().request())
          .contains("\r\nContent-Length: 0\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void sendsASlashWhereTheAddressHasNoPath() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(result(transport.send(get(server.uri("?q")))).status()).isEqualTo(200);

      assertThat(server.next().request()).startsWith("GET /?q HTTP/1.1\r\n");
    }
  }

  @Test
  void writesAnIpv6AddressInBracketsIntoHostAndLooksItUpWithout() throws Exception {
    CompletableFuture<String> lookedUp = new CompletableFuture<>();
    try (RawServer server = RawServer.answering(OK);
        ApacheTransport watched = ApacheTransport.builder()
            .noProxy()
            .names(host -> {
              lookedUp.complete(host);
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            })
            .build()) {
      URI uri = URI.create("http://[::1]:" + server.port() + "/");

      assertThat(text(result(watched.send(get(uri))))).isEqualTo("ok");

      assertThat(result(lookedUp)).isEqualTo("::1");
      assertThat(server.next().request()).contains("\r\nHost: [::1]:" + server.port() + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {200, 201, 299, 301, 307, 308, 400, 401, 403, 404, 407, 429, 500, 503, 599, 600, 999})
  void takesEveryStatusForAnAnswer(int status) throws Exception {
    try (RawServer server = RawServer.answering(
        "HTTP/1.1 " + status + "\r\nRetry-After: 1\r\n"
            + "Location: http://localhost:1/\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\nok")) {
      TransportResponse response = result(transport.send(post(server.uri(), "body")));

      assertThat(response.status()).isEqualTo(status);
      assertThat(text(response)).isEqualTo("ok");
      assertThat(server.peers()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void readsNoBodyWhereThereIsNone(int status) throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 " + status + " x\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n");
      peer.awaitLeave();
    })) {
      TransportResponse response = result(transport.send(get(server.uri())));

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.body()).isEmpty();
      result(server.next().left());
    }
  }

  @Test
  void readsNoBodyAfterHead() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n")) {
      TransportResponse response =
          result(transport.send(TransportRequest.builder("HEAD", server.uri()).build()));

      assertThat(response.body()).isEmpty();
      assertThat(response.headers().first("content-length")).contains("9999999");
    }
  }

  @Test
  void keepsOrderAndRepetitionOfHeaders() throws Exception {
    try (RawServer server = RawServer.answering(
        "HTTP/1.1 200 OK\r\nB: 1\r\nA: 2\r\nb:  3 \r\nEmpty:\r\nContent-Length: 0\r\n\r\n")) {
      TransportResponse response = result(transport.send(get(server.uri())));

      List<String> seen = new ArrayList<>();
      response.headers().forEach((name, value) -> seen.add(name + "=" + value));
      assertThat(seen).containsExactly("B=1", "A=2", "b=3", "Empty=", "Content-Length=0");
      assertThat(response.headers().all("B")).containsExactly("1", "3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 2, 127, 1_024, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 200_000, 1_048_576})
  void readsBodiesWholeHoweverTheyAreFramed(int size) throws Exception {
    String body = "x".repeat(size);
    String chunk = size == 0 ? "" : Integer.toHexString(size) + ";ext=1\r\n" + body + "\r\n";
    List<String> answers = List.of(
        "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + body,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunk + "0\r\nTrailer: 1\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n" + body);
    for (String answer : answers) {
      try (RawServer server = RawServer.answering(answer)) {
        TransportRequest request = TransportRequest.builder("GET", server.uri())
            .maxResponseBytes(Math.max(1, size))
            .build();

        assertThat(text(result(transport.send(request)))).isEqualTo(body);
      }
    }
  }

  @Test
  void passesOverInterimAnswers() throws Exception {
    try (RawServer server = RawServer.answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(4)
        + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(4)
        + OK)) {
      TransportResponse response = result(transport.send(post(server.uri(), "x")));

      assertThat(text(response)).isEqualTo("ok");
      assertThat(response.headers().first("Link")).isEmpty();
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (RawServer target = RawServer.answering(OK);
        RawServer server = RawServer.answering(
            "HTTP/1.1 307 x\r\nLocation: " + target.uri() + "\r\nContent-Length: 0\r\n\r\n")) {
      TransportResponse response = result(transport.send(post(server.uri(), "secret")));

      assertThat(response.status()).isEqualTo(307);
      assertThat(target.peers()).isEmpty();
      assertThat(server.peers()).hasSize(1);
    }
  }

  @Test
  void keepsNoCookie() throws Exception {
    try (RawServer server = RawServer.answering(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n")) {
      for (int i = 0; i < 2; i++) {
        assertThat(result(transport.send(get(server.uri()))).status()).isEqualTo(200);
        assertThat(server.next().request()).doesNotContainIgnoringCase("cookie");
      }
    }
  }

  @Test
  void opensAConnectionForEachExchangeAndClosesIt() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
      peer.awaitLeave();
    })) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
        result(server.next().left());
      }
    }
  }

  @Test
  void neverTakesAStraySecondAnswerForTheNextOne() throws Exception {
    String stray = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray";
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send(OK + stray);
      peer.awaitLeave();
    })) {
      for (int i = 0; i < 50; i++) {
        assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
      }
    }
  }

  @Test
  void handsEncodedBodiesOnAsTheyAre() throws Exception {
    try (RawServer server = RawServer.answering(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok")) {
      TransportResponse response = result(transport.send(get(server.uri())));

      assertThat(text(response)).isEqualTo("ok");
      assertThat(response.headers().first("Content-Encoding")).contains("gzip");
    }
  }

  @Test
  void reportsAnAnswerThatCameBeforeTheBodyWasRead() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readHead();
      peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
      peer.awaitLeave();
    })) {
      assertThat(result(transport.send(post(server.uri(), "x".repeat(10_000)))).status())
          .isEqualTo(413);
    }
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> transport.send(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("request");
  }
}
