// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportProvider;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdkTransportTest {
  private static final String REPEAT_POST = "jdk.httpclient.enableAllMethodRetry";
  private static final String LOG = "jdk.httpclient.HttpClient.log";

  private static TransportRequest get(URI uri) {
    return TransportRequest.builder("GET", uri).build();
  }

  private static TransportResponse await(CompletableFuture<TransportResponse> future)
      throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static TransportException failureOf(CompletableFuture<TransportResponse> future)
      throws Exception {
    try {
      TransportResponse answer = await(future);
      throw new AssertionError("there was an answer: " + answer);
    } catch (ExecutionException e) {
      return (TransportException) e.getCause();
    }
  }

  private static void withProperty(String name, String value, Runnable task) {
    String before = System.getProperty(name);
    System.setProperty(name, value);
    try {
      task.run();
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  private static HttpClient.Builder checkingHostNames() {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslParameters(parameters);
  }

  @Test
  void handsTheAnswerOutOnAThreadOfItsOwn() throws Exception {
    CountDownLatch attached = new CountDownLatch(1);
    try (SmallServer server = SmallServer.answering(head -> awaited(attached));
        JdkTransport transport = JdkTransport.create()) {
      CompletableFuture<String> thread = transport
          .send(get(server.uri("/")))
          .thenApply(answer -> Thread.currentThread().getName());
      attached.countDown();

      // The JDK's client would do it on the common pool, or start a thread for it each time.
      assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("parsec4j-jdk-");
    }
  }

  private static String awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return SmallServer.ok("{}");
  }

  @Nested
  class OnAClientOfTheCaller {
    @Test
    void refusesOneThatFollowsRedirects() {
      for (HttpClient.Redirect redirect :
          List.of(HttpClient.Redirect.NORMAL, HttpClient.Redirect.ALWAYS)) {
        HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();

        assertThatIllegalArgumentException()
            .isThrownBy(() -> JdkTransport.of(client))
            .withMessage("client must not follow redirects: build it with Redirect.NEVER");
      }
    }

    @Test
    void refusesOneThatKeepsCookies() {
      HttpClient client =
          HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> JdkTransport.of(client))
          .withMessage("client must not keep cookies: build it without a cookie handler");
    }

    @Test
    void refusesOneThatAddsCredentials() {
      HttpClient client =
          HttpClient.newBuilder().authenticator(new Authenticator() {}).build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> JdkTransport.of(client))
          .withMessage("client must not add credentials: build it without an authenticator");
    }

    @Test
    void refusesOneThatChecksNoHostNames() {
      // The property stands: the build sets it for this module's tests.
      for (HttpClient client : List.of(
          HttpClient.newHttpClient(),
          HttpClient.newBuilder().sslParameters(new SSLParameters()).build())) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> JdkTransport.of(client))
            .withMessage("client must check host names, which the system property"
                + " jdk.internal.httpclient.disableHostnameVerification switches off: remove it, or build"
                + " client with SSLParameters whose endpoint identification algorithm is HTTPS");
      }
    }

    @Test
    void trustsTheJdkToCheckHostNamesUnlessAPropertySaysOtherwise() {
      withProperty(
          "jdk.internal.httpclient.disableHostnameVerification",
          "false",
          () -> JdkTransport.of(HttpClient.newHttpClient()).close());
    }

    @Test
    void leavesItUsableWhenClosed() throws Exception {
      HttpClient client = checkingHostNames().build();
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("still there"))) {
        try (JdkTransport transport = JdkTransport.of(client)) {
          assertThat(await(transport.send(get(server.uri("/")))).status()).isEqualTo(200);
        }

        HttpResponse<String> answer = client.send(
            HttpRequest.newBuilder(server.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("still there");
      }
    }

    @Test
    void keepsItAfterAnAnswerThatIsNotHttp() throws Exception {
      HttpClient client = checkingHostNames().build();
      RecordedLogs.clear();
      try (SmallServer server = SmallServer.answering(head -> "no HTTP here\r\n\r\n");
          JdkTransport transport = JdkTransport.of(client)) {
        assertThat(failureOf(transport.send(get(server.uri("/")))).stage())
            .isEqualTo(FailureStage.EXCHANGE);
      }

      assertThat(RecordedLogs.lines()).isEmpty();
    }

    @Test
    void failsWithConnectIfItsExecutorTakesNoMoreWork() throws Exception {
      ExecutorService executor = Executors.newSingleThreadExecutor();
      executor.shutdown();
      HttpClient client = checkingHostNames().executor(executor).build();
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok(""));
          JdkTransport transport = JdkTransport.of(client)) {
        TransportException failure = failureOf(transport.send(get(server.uri("/"))));

        assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
        assertThat(failure).hasRootCauseInstanceOf(RejectedExecutionException.class);
        assertThat(server.heads()).isEmpty();
      }
    }
  }

  @Nested
  class Building {
    @Test
    void refusesConnectTimeoutsThatAreNone() {
      for (Duration timeout :
          List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofMinutes(10).plusNanos(1))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> JdkTransport.builder().connectTimeout(timeout))
            .withMessageContaining("connectTimeout must be positive and at most PT10M");
      }
    }

    @Test
    void refusesNull() {
      assertThatThrownBy(() -> JdkTransport.of(null)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> JdkTransport.create(null)).isInstanceOf(NullPointerException.class);
      JdkTransport.Builder builder = JdkTransport.builder();
      assertThatThrownBy(() -> builder.connectTimeout(null))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> builder.proxy(null)).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> builder.sslContext(null)).isInstanceOf(NullPointerException.class);
      try (JdkTransport transport = JdkTransport.create()) {
        assertThatThrownBy(() -> transport.send(null)).isInstanceOf(NullPointerException.class);
      }
    }

    @Test
    void obeysWhatItIsTold() throws Exception {
      try (SmallServer proxy = SmallServer.answering(head -> SmallServer.ok("by proxy"));
          SmallServer service = SmallServer.answering(head -> SmallServer.ok("direct"))) {
        JdkTransport.Builder builder = JdkTransport.builder()
            .connectTimeout(Duration.ofSeconds(15))
            .sslContext(SSLContext.getDefault())
            .proxy(ProxySelector.of(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), proxy.uri("/").getPort())));

        try (JdkTransport transport = builder.build()) {
          assertThat(textOf(transport, URI.create("http://service.invalid/")))
              .isEqualTo("by proxy");
        }
        try (JdkTransport transport = builder.noProxy().build()) {
          assertThat(textOf(transport, service.uri("/"))).isEqualTo("direct");
        }
      }
    }

    @Test
    void refusesAJvmThatRepeatsPosts() {
      for (String value : List.of("", "true", "TRUE")) {
        withProperty(REPEAT_POST, value, () -> {
          HttpClient client = checkingHostNames().build();
          assertThatThrownBy(JdkTransport::create).satisfies(this::namesTheProperty);
          assertThatThrownBy(() -> JdkTransport.create(TransportOptions.defaults()))
              .satisfies(this::namesTheProperty);
          assertThatThrownBy(() -> JdkTransport.builder().build())
              .satisfies(this::namesTheProperty);
          assertThatThrownBy(() -> JdkTransport.of(client)).satisfies(this::namesTheProperty);
        });
      }
    }

    private void namesTheProperty(Throwable failure) {
      assertThat(failure)
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("the system property jdk.httpclient.enableAllMethodRetry makes the JDK send"
              + " a sign-in twice, which may lock the account; remove it");
    }

    @Test
    void acceptsAJvmThatSaysItRepeatsNone() {
      withProperty(REPEAT_POST, "false", () -> JdkTransport.create().close());
    }

    @Test
    void warnsOfALogThatTellsSessionIds() {
      for (String value : List.of("all", "errors,headers", "requests,headers:trace")) {
        RecordedLogs.clear();

        withProperty(LOG, value, () -> JdkTransport.create().close());

        assertThat(RecordedLogs.lines())
            .containsExactly("WARN jdk.httpclient.HttpClient.log is set to " + value
                + ": the JDK will log session IDs");
      }
    }

    @Test
    void saysNothingOfALogThatTellsNone() {
      RecordedLogs.clear();

      withProperty(LOG, "errors", () -> JdkTransport.create().close());

      assertThat(RecordedLogs.lines()).isEmpty();
    }
  }

  @Nested
  class Sending {
    @Test
    void offersNoHttp2OnPlainHttp() throws Exception {
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("plain"));
          JdkTransport transport = JdkTransport.builder().noProxy().http2().build()) {
        assertThat(textOf(transport, server.uri("/"))).isEqualTo("plain");

        assertThat(server.heads())
            .singleElement()
            .satisfies(head -> assertThat(head)
                .startsWith("GET / HTTP/1.1\r\n")
                .doesNotContainIgnoringCase("upgrade")
                .doesNotContainIgnoringCase("http2-settings"));
      }
    }

    @Test
    void failsWithoutRepeatingAHeaderThatTheJdkKeepsForItself() throws Exception {
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok(""));
          JdkTransport transport = JdkTransport.builder().noProxy().build()) {
        TransportException failure =
            failureOf(transport.send(TransportRequest.builder("GET", server.uri("/"))
                .header("Host", "secret-of-the-caller")
                .build()));

        assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
        assertThat(failure)
            .hasMessage("the JDK's HTTP client refused the address or a header")
            .hasNoCause();
        assertThat(server.heads()).isEmpty();
      }
    }

    @Test
    void isRefusedOnceItIsClosed() throws Exception {
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok(""))) {
        JdkTransport transport = JdkTransport.create();
        transport.close();

        assertThatThrownBy(() -> transport.send(get(server.uri("/"))))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the transport is closed; create a new one");
        assertThat(server.heads()).isEmpty();
      }
    }

    @Test
    void refusesAddressesThatCannotBeAskedAsTheyAre() throws Exception {
      Map<String, String> refusals = Map.of(
          "http://user:secret@127.0.0.1:1/", "the address must not carry user information",
          "ftp://127.0.0.1:1/", "the scheme of the address must be http or https",
          "http://127.0.0.1:65536/", "the port of the address must be at most 65535, was 65536");
      try (JdkTransport transport = JdkTransport.create()) {
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
          TransportException failure = failureOf(transport.send(get(URI.create(refusal.getKey()))));

          assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
          assertThat(failure).hasMessage(refusal.getValue()).hasNoCause();
        }
      }
    }

    @Test
    void changesTheClientAfterAnAnswerThatIsNotHttpAndDisturbsNobody() throws Exception {
      CountDownLatch gate = new CountDownLatch(1);
      RecordedLogs.clear();
      try (SmallServer server = SmallServer.answering(head -> answerTo(head, gate));
          JdkTransport transport = JdkTransport.builder().noProxy().build()) {
        CompletableFuture<TransportResponse> waiting = transport.send(get(server.uri("/waiting")));

        assertThat(failureOf(transport.send(get(server.uri("/broken")))).stage())
            .isEqualTo(FailureStage.EXCHANGE);
        assertThat(textOf(transport, server.uri("/next"))).isEqualTo("fine");
        gate.countDown();

        assertThat(await(waiting).status()).isEqualTo(200);
        assertThat(RecordedLogs.lines()).anyMatch(line -> line.contains("a new HTTP client"));
      }
    }

    private String answerTo(String head, CountDownLatch gate) {
      if (head.startsWith("GET /broken")) {
        return "no HTTP here\r\n\r\n";
      }
      if (head.startsWith("GET /waiting")) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return SmallServer.ok("fine");
    }
  }

  @Nested
  class AsAProvider {
    @Test
    void hasItsNameAndRankAndMakesATransport() throws Exception {
      TransportProvider provider = new JdkTransportProvider();

      assertThat(provider.name()).isEqualTo("jdk");
      assertThat(provider.priority()).isEqualTo(-100);
      try (SmallServer server = SmallServer.answering(head -> SmallServer.ok("provided"));
          var transport = provider.create(TransportOptions.builder().noProxy().build())) {
        assertThat(new String(
                await(transport.send(get(server.uri("/")))).body(), StandardCharsets.US_ASCII))
            .isEqualTo("provided");
      }
    }

    @Test
    void isDeclaredForTheClassPathToo() throws Exception {
      try (InputStream services = JdkTransport.class.getResourceAsStream(
          "/META-INF/services/io.parsec4j.api.spi.TransportProvider")) {
        assertThat(new String(services.readAllBytes(), StandardCharsets.UTF_8).strip())
            .isEqualTo(JdkTransportProvider.class.getName());
      }
    }
  }

  private static String textOf(JdkTransport transport, URI uri) throws Exception {
    return new String(await(transport.send(get(uri))).body(), StandardCharsets.US_ASCII);
  }
}
