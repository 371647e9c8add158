// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static io.parsec4j.transport.apache.Calls.untouchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ForeignClientTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final CloseableHttpClient client = careful().build();
  private final ApacheTransport transport = ApacheTransport.of(client);

  /** What the documentation asks for. */
  private static HttpClientBuilder careful() {
    return HttpClients.custom()
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultRequestConfig(RequestConfig.custom()
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .setConnectionRequestTimeout(Timeout.ofMilliseconds(100))
            .build())
        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(1)
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofMilliseconds(500))
                .build())
            .build());
  }

  @AfterEach
  void close() throws Exception {
    RecordedLogs.from(Level.WARN);
    transport.close();
    client.close();
  }

  @Test
  void sendsWhatTheOwnClientSends() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(text(result(transport.send(post(server.uri("/a?b"), "x"))))).isEqualTo("ok");

      assertThat(server.next().request())
          .startsWith("POST /a?b HTTP/1.1\r\nConnection: close\r\nHost: localhost:" + server.port()
              + "\r\n")
          .doesNotContainIgnoringCase("accept-encoding")
          .doesNotContainIgnoringCase("cookie")
          .endsWith("\r\n\r\nx");
    }
  }

  @Test
  void leavesTheClientOpen() throws Exception {
    transport.close();

    try (ApacheTransport another = ApacheTransport.of(client, 1);
        RawServer server = RawServer.answering(OK)) {
      assertThat(text(result(another.send(get(server.uri()))))).isEqualTo("ok");
    }
  }

  @Test
  void reportsARefusedConnectionAndAnUnknownHostAsConnectFailures() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    for (URI uri :
        new URI[] {URI.create("http://localhost:" + port), URI.create("http://nowhere.invalid")}) {
      TransportException failure = failure(transport.send(untouchable(uri)));

      assertThat(failure.stage()).as("%s", uri).isEqualTo(FailureStage.CONNECT);
    }
  }

  @Test
  void reportsAFailedHandshakeAsATlsFailure() throws Exception {
    try (RawServer server =
        RawServer.startTls(Certificates.server("stranger"), Peer::readRequest)) {
      assertThat(failure(transport.send(untouchable(server.uri()))).stage())
          .isEqualTo(FailureStage.TLS);
    }
  }

  @Test
  void reportsAStalledHandshakeAsATimeout() throws Exception {
    try (RawServer server = RawServer.start(Peer::awaitLeave)) {
      TransportException failure =
          failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))));

      assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
    }
  }

  @Test
  void reportsAnExhaustedPoolAsATimeout() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.awaitLeave();
    })) {
      CompletableFuture<?> first = transport.send(get(server.uri()));
      assertThat(server.next().request()).startsWith("GET");

      TransportException failure = failure(transport.send(untouchable(server.uri())));

      assertThat(failure.stage()).isEqualTo(FailureStage.TIMEOUT);
      assertThat(first).isNotDone();
    }
  }

  @Test
  void reportsARefusedTunnelAsAConnectFailure() throws Exception {
    try (RawServer proxy = RawServer.answering("HTTP/1.1 407 no\r\nContent-Length: 2\r\n\r\nno");
        CloseableHttpClient proxied =
            careful().setProxy(new HttpHost("localhost", proxy.port())).build();
        ApacheTransport tunnelling = ApacheTransport.of(proxied)) {
      TransportException failure =
          failure(tunnelling.send(untouchable(URI.create("https://nowhere.invalid"))));

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure)
          .hasMessage("the proxy refused a tunnel to nowhere.invalid:443 with status 407");
    }
  }

  @Test
  void reportsAClientThatGivesUpWaitingAsATimeout() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
          peer.readRequest();
          peer.awaitLeave();
        });
        CloseableHttpClient impatient = careful()
            .setDefaultRequestConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(50))
                .build())
            .build();
        ApacheTransport waiting = ApacheTransport.of(impatient)) {
      assertThat(failure(waiting.send(get(server.uri()))).stage()).isEqualTo(FailureStage.TIMEOUT);
    }
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.awaitLeave();
    })) {
      CompletableFuture<?> call = transport.send(post(server.uri(), "x"));
      Peer peer = server.next();
      assertThat(peer.request()).endsWith("x");

      assertThat(call.cancel(true)).isTrue();

      result(peer.left());
    }
  }

  @Test
  void aWithdrawnBodyIsNotSentNorItsHead() throws Exception {
    CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    try (RawServer server = RawServer.start(peer -> firstByte.complete(peer.readByte()))) {
      TransportException failure =
          failure(transport.send(TransportRequest.builder("POST", server.uri())
              .body(3, () -> {
                throw new IllegalStateException();
              })
              .build()));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(result(firstByte)).isNegative();
    }
  }

  @Test
  void anErrorInABodyLeavesTheClientUsable() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(failure(transport.send(untouchable(server.uri()))))
          .hasMessageEndingWith("AssertionError");

      assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
    }
  }

  @Test
  void stopsAtALimitWithoutReadingOn() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 200 OK\r\n\r\n");
      byte[] many = new byte[10_000];
      try {
        for (; ; ) {
          peer.send(many);
        }
      } finally {
        ended.countDown();
      }
    })) {
      assertThat(failure(transport.send(get(server.uri()))).stage())
          .isEqualTo(FailureStage.TOO_LARGE);
      Calls.await(ended);
    }
  }

  @Test
  void refusesAHeadTooLargeThatTheClientAccepts() throws Exception {
    for (String fields :
        new String[] {"X: 1\r\n".repeat(101), ("X: " + "x".repeat(1_000) + "\r\n").repeat(66)}) {
      try (RawServer server =
          RawServer.answering("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 2\r\n\r\nok")) {
        assertThat(failure(transport.send(get(server.uri()))).stage())
            .isEqualTo(FailureStage.TOO_LARGE);
      }
    }
  }

  @Test
  void reportsMalformedAnswersAsExchangeFailures() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: c4n4ry\r\n\r\nok")) {
      TransportException failure = failure(transport.send(get(server.uri())));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(failure).hasMessageEndingWith("failed: ProtocolException").hasNoCause();
    }
  }

  @Test
  void aCutChunkIsNoAnswerWhereverTheLimitIs() throws Exception {
    for (int limit : new int[] {5, 6, 100}) {
      try (RawServer server =
          RawServer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello")) {
        TransportException failure =
            failure(transport.send(TransportRequest.builder("GET", server.uri())
                .maxResponseBytes(limit)
                .build()));

        assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      }
    }
  }

  @Test
  void warnsOnceWhenTheLibraryLogsSecrets() throws Exception {
    RecordedLogs.from(Level.DEBUG);

    ApacheTransport.of(client).close();

    assertThat(RecordedLogs.lines("WARN"))
        .containsExactly("WARN io.parsec4j.transport.apache.ApacheTransport the loggers"
            + " org.apache.hc.client5.http.wire and .headers are enabled for DEBUG and print passwords and session IDs;"
            + " set them to INFO");
  }

  @Test
  void warnsOfNothingWhenTheLibraryLogsNoSecrets() {
    RecordedLogs.from(Level.INFO);

    ApacheTransport.of(client).close();
    ApacheTransport.create().close();

    assertThat(RecordedLogs.lines()).isEmpty();
  }

  @Test
  void refusesNullAndTooManyConnections() {
    assertThatThrownBy(() -> ApacheTransport.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("client");
    for (int connections : new int[] {0, 1_025}) {
      assertThatThrownBy(() -> ApacheTransport.of(client, connections))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxConnections must be 1 to 1024, was " + connections);
    }
  }

  @Test
  void aStatusOfFourDigitsIsAnExchangeFailure() throws Exception {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok")) {
      CompletableFuture<TransportResponse> call = transport.send(get(server.uri()));

      assertThat(failure(call).stage()).isEqualTo(FailureStage.EXCHANGE);
    }
  }
}
