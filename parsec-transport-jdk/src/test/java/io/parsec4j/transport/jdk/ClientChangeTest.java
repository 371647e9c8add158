// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the JDK's client, with its thread and its connections, is given up for a new one. */
class ClientChangeTest {
  private static final int TIMES = 30;
  private static final String FINE = "/fine";

  private static Set<Thread> selectorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("SelectorManager"))
        .collect(Collectors.toSet());
  }

  private static TransportException failureOf(CompletableFuture<TransportResponse> future) {
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return (TransportException) failure.getCause();
  }

  private static TransportRequest get(SmallServer server, String path) {
    return TransportRequest.builder("GET", server.uri(path))
        .maxResponseBytes(10)
        .build();
  }

  private static int answered(JdkTransport transport, SmallServer server) throws Exception {
    return transport.send(get(server, FINE)).get(20, TimeUnit.SECONDS).status();
  }

  private static void assertNoneIsNew(Set<Thread> before) {
    assertThat(selectorThreads()).isSubsetOf(before);
    assertThat(RecordedLogs.lines()).isEmpty();
  }

  @Test
  void doesNotComeOfExchangesThatAreCancelled() throws Exception {
    BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    try (SmallServer server = SmallServer.answering(head -> {
          arrived.add(head);
          // A head that goes on and on is as good as none.
          return head.startsWith("GET " + FINE) ? SmallServer.ok("fine") : "HTTP/1.1 200 OK\r\n";
        });
        JdkTransport transport = JdkTransport.builder().noProxy().build()) {
      assertThat(answered(transport, server)).isEqualTo(200);
      assertThat(arrived.poll(20, TimeUnit.SECONDS)).isNotNull();
      Set<Thread> before = selectorThreads();
      RecordedLogs.clear();

      for (int i = 0; i < TIMES; i++) {
        CompletableFuture<TransportResponse> future = transport.send(get(server, "/mute"));
        assertThat(arrived.poll(20, TimeUnit.SECONDS)).startsWith("GET /mute");
        assertThat(future.cancel(true)).isTrue();
      }

      assertThat(answered(transport, server)).isEqualTo(200);
      assertNoneIsNew(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100000\r\n\r\n",
        "\r\nmore than ten bytes without a length",
        "Transfer-Encoding: chunked\r\n\r\n14\r\nmore than ten bytes.\r\n",
        "Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "Content-Length: -1\r\n\r\nhello",
        "Transfer-Encoding: klingon\r\n\r\nhello"
      })
  void doesNotComeOfAnswersThatAreCutOffOrRefused(String answer) throws Exception {
    try (SmallServer server = SmallServer.answering(head -> head.startsWith("GET " + FINE)
            ? SmallServer.ok("fine")
            : "HTTP/1.1 200 OK\r\n" + answer);
        JdkTransport transport = JdkTransport.builder().noProxy().build()) {
      assertThat(answered(transport, server)).isEqualTo(200);
      Set<Thread> before = selectorThreads();
      RecordedLogs.clear();

      for (int i = 0; i < TIMES; i++) {
        assertThat(failureOf(transport.send(get(server, "/odd"))).stage())
            .isIn(FailureStage.TOO_LARGE, FailureStage.EXCHANGE);
      }

      assertThat(answered(transport, server)).isEqualTo(200);
      assertNoneIsNew(before);
      assertThat(server.awaitOpen(1)).isTrue();
    }
  }

  @Test
  void doesNotComeOfABodyThatIsRefused() throws Exception {
    try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("fine"));
        JdkTransport transport = JdkTransport.builder().noProxy().build()) {
      assertThat(answered(transport, server)).isEqualTo(200);
      Set<Thread> before = selectorThreads();
      RecordedLogs.clear();

      for (int i = 0; i < TIMES; i++) {
        TransportException failure =
            failureOf(transport.send(TransportRequest.builder("POST", server.uri("/"))
                .body(3, () -> {
                  throw new IllegalStateException("given up");
                })
                .build()));
        assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
        assertThat(failure)
            .hasMessage("the body was refused: IllegalStateException")
            .hasNoCause();
      }

      assertNoneIsNew(before);
    }
  }

  @Test
  void isLeftOutIfNoNewOneCanBeBuilt() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    try (SmallServer server = SmallServer.answering(head ->
            head.startsWith("GET " + FINE) ? SmallServer.ok("fine") : "no HTTP here\r\n\r\n");
        JdkTransport transport = JdkTransport.builder()
            .noProxy()
            .sslContext(new BreakingContext(broken))
            .build()) {
      assertThat(answered(transport, server)).isEqualTo(200);
      RecordedLogs.clear();
      broken.set(true);

      TransportException failure = failureOf(transport.send(get(server, "/broken")));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(RecordedLogs.lines())
          .isEqualTo(
              List.of("WARN an answer was not HTTP, and the HTTP client that keeps its socket"
                  + " open stays, because no new one could be built: InternalError"));
      assertThat(answered(transport, server)).isEqualTo(200);
    }
  }

  /** The context of the JVM until it is broken; then building a client fails as it does without file descriptors. */
  private static final class BreakingContext extends SSLContext {
    BreakingContext(AtomicBoolean broken) throws NoSuchAlgorithmException {
      this(SSLContext.getDefault(), broken);
    }

    private BreakingContext(SSLContext sound, AtomicBoolean broken) {
      super(new Spi(sound, broken), sound.getProvider(), sound.getProtocol());
    }

    @Override
    public String toString() {
      Provider provider = getProvider();
      return "BreakingContext[" + provider.getName() + "]";
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLContext sound;
    private final AtomicBoolean broken;

    Spi(SSLContext sound, AtomicBoolean broken) {
      this.sound = sound;
      this.broken = broken;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("initialised already");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return sound.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return sound.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return sound.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return sound.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return sound.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return sound.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      if (broken.get()) {
        throw new InternalError("Too many open files");
      }
      return sound.getSupportedSSLParameters();
    }
  }
}
