// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** What proxy selectors say, or throw. */
class ProxiesTest {
  private static final String NO_SOCKS =
      "the JDK's HTTP client cannot use SOCKS proxies; use the apache transport";
  private static final Proxy SOCKS =
      new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));

  private static ProxySelector selecting(Function<URI, List<Proxy>> choice) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return choice.apply(uri);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // It does not learn.
      }
    };
  }

  private static HttpClient.Builder client() {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslParameters(parameters);
  }

  private static CompletableFuture<TransportResponse> send(JdkTransport transport, URI uri) {
    return transport.send(TransportRequest.builder("GET", uri).build());
  }

  private static TransportException failureOf(CompletableFuture<TransportResponse> future) {
    ExecutionException failure =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return (TransportException) failure.getCause();
  }

  @Test
  void areAskedOnceForEachExchangeOnAThreadOfTheirOwn() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (SmallServer proxy = SmallServer.answering(head -> SmallServer.ok("by proxy"));
        JdkTransport transport = JdkTransport.builder()
            .proxy(selecting(uri -> {
              asked.add(uri + " on " + Thread.currentThread().getName());
              return List.of(new Proxy(
                  Proxy.Type.HTTP,
                  new InetSocketAddress(
                      InetAddress.getLoopbackAddress(), proxy.uri("/").getPort())));
            }))
            .build()) {
      for (int i = 1; i <= 2; i++) {
        assertThat(send(transport, URI.create("http://service.invalid/" + i))
                .get(20, TimeUnit.SECONDS)
                .status())
            .isEqualTo(200);
      }
    }

    assertThat(asked)
        .containsExactly(
            "http://service.invalid/1 on parsec4j-jdk-start-1",
            "http://service.invalid/2 on parsec4j-jdk-start-2");
  }

  @Test
  void goStraightIfTheSelectorNamesNone() throws Exception {
    try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("straight"))) {
      for (List<Proxy> none :
          Arrays.<List<Proxy>>asList(null, List.of(), List.of(Proxy.NO_PROXY))) {
        try (JdkTransport transport =
            JdkTransport.builder().proxy(selecting(uri -> none)).build()) {
          assertThat(send(transport, server.uri("/")).get(20, TimeUnit.SECONDS).status())
              .isEqualTo(200);
        }
      }
    }
  }

  @Test
  void failTheExchangeIfTheyAreSocks() throws Exception {
    ProxySelector selector = selecting(uri -> List.of(SOCKS, Proxy.NO_PROXY));
    try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("straight"));
        JdkTransport own = JdkTransport.builder().proxy(selector).build();
        JdkTransport foreign = JdkTransport.of(client().proxy(selector).build())) {
      for (JdkTransport transport : List.of(own, foreign)) {
        TransportException failure = failureOf(send(transport, server.uri("/")));

        assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
        assertThat(failure).hasMessage(NO_SOCKS).hasNoCause();
      }
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void ofTheJvmFailTheExchangeIfTheyAreSocks() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("straight"))) {
      ProxySelector.setDefault(selecting(uri -> List.of(SOCKS)));
      try (JdkTransport own = JdkTransport.create();
          JdkTransport foreign = JdkTransport.of(client().build());
          JdkTransport without =
              JdkTransport.of(client().proxy(HttpClient.Builder.NO_PROXY).build())) {
        assertThat(failureOf(send(own, server.uri("/")))).hasMessage(NO_SOCKS);
        assertThat(failureOf(send(foreign, server.uri("/")))).hasMessage(NO_SOCKS);
        assertThat(send(without, server.uri("/")).get(20, TimeUnit.SECONDS).status())
            .isEqualTo(200);
      }
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void leaveNothingBehindIfTheSelectorThrows() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

    for (int i = 0; i < 5; i++) {
      failAndClose();
    }

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!newcomers(before).isEmpty() && System.nanoTime() < until) {
      // Before 21 a closed client ends when it is found to be garbage.
      System.gc();
      for (Thread thread : newcomers(before)) {
        thread.join(50);
      }
    }
    assertThat(newcomers(before)).isEmpty();
  }

  /** A method of its own, so that nothing refers to the transport when it returns. */
  private static void failAndClose() {
    try (JdkTransport transport = JdkTransport.builder()
        .proxy(selecting(uri -> {
          throw new IllegalStateException("the password is secret");
        }))
        .build()) {
      TransportException failure = failureOf(send(transport, URI.create("http://127.0.0.1:1/")));

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure)
          .hasMessage("the proxy selector failed: IllegalStateException")
          .hasNoCause();
    }
  }

  private static List<Thread> newcomers(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().contains("SelectorManager")
            || thread.getName().startsWith("parsec4j-jdk-"))
        .collect(Collectors.toList());
  }
}
