// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.TransportRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** With every logger at TRACE, no secret of a request or of an answer leaves an exchange. */
class SecretsTest {
  private static final String CANARY = "c4n4ry";
  private static final String HEAD =
      "HTTP/1.1 200 " + CANARY + "\r\nSet-Cookie: " + CANARY + "\r\n";

  private final ApacheTransport transport =
      ApacheTransport.builder().noProxy().sslContext(Certificates.client()).build();

  @BeforeEach
  void record() {
    RecordedLogs.from(Level.TRACE);
  }

  @AfterEach
  void close() {
    transport.close();
    RecordedLogs.from(Level.WARN);
  }

  static Stream<String> answers() {
    return Stream.of(
        HEAD + "Content-Length: 6\r\n\r\n" + CANARY,
        HEAD + "Content-Length: 600\r\n\r\n" + CANARY,
        HEAD + "Content-Length: 60000000\r\n\r\n" + CANARY,
        HEAD + "Content-Length: " + CANARY + "\r\n\r\n",
        HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" + CANARY,
        HEAD + "Transfer-Encoding: " + CANARY + "\r\n\r\n" + CANARY,
        HEAD + "Transfer-Encoding: chunked\r\n\r\n" + CANARY + "\r\n",
        HEAD + "Content-Encoding: " + CANARY + "\r\n\r\n" + CANARY,
        HEAD + CANARY + "\r\n\r\n",
        HEAD + "X: " + CANARY.repeat(20_000) + "\r\n\r\n",
        HEAD + "X: " + CANARY,
        CANARY + "\r\n\r\n",
        "HTTP/" + CANARY + " 200 OK\r\n\r\n",
        "HTTP/1.1 " + CANARY + "\r\n\r\n",
        "HTTP/1.1 101 " + CANARY + "\r\nUpgrade: " + CANARY + "\r\n\r\n",
        "HTTP/1.1 301 x\r\nLocation: http://" + CANARY + "/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=" + CANARY
            + "\r\nContent-Length: 0\r\n\r\n",
        "");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void keepsSecretsOfEveryAnswer(String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      send(server.uri());
    }
  }

  @Test
  void keepsSecretsOverTls() throws Exception {
    for (String certificate : new String[] {"good", "elsewhere", "stranger"}) {
      try (RawServer server = RawServer.startTls(Certificates.server(certificate), peer -> {
        peer.readRequest();
        peer.send(HEAD + "Content-Length: 6\r\n\r\n" + CANARY);
      })) {
        send(server.uri());
      }
    }
  }

  @Test
  void keepsSecretsWhenThereIsNoConnection() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    send(URI.create("http://localhost:" + port + "/"));
    send(URI.create("http://nowhere.invalid/"));
  }

  private void send(URI uri) throws Exception {
    TransportRequest request = TransportRequest.builder("POST", uri)
        .header("Authorization", "Bearer " + CANARY)
        .body(
            ("{\"password\":\"" + CANARY + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .build();
    CompletableFuture<Throwable> outcome =
        transport.send(request).handle((response, failure) -> failure);
    Throwable failure = outcome.get(60, TimeUnit.SECONDS);

    StringWriter trace = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(trace));
    }
    assertThat(trace.toString()).doesNotContain(CANARY);
    assertThat(RecordedLogs.lines("DEBUG org.apache.hc")).isNotEmpty();
    assertThat(RecordedLogs.lines(CANARY)).isEmpty();
    assertThat(RecordedLogs.lines("WARN")).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains(CANARY));
  }
}
