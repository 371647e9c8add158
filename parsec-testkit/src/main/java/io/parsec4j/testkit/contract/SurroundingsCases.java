// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireRequest;
import io.parsec4j.testkit.internal.wire.WireScript;
import io.parsec4j.testkit.internal.wire.WireScripts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Cases 9xx: proxies, settings of the JVM, secrets. */
abstract class SurroundingsCases extends ContractCases {
  private static final String CANARY = "c4n4ry-0f-4-s3cr3t";

  SurroundingsCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T901_askAProxyForPlainHttpInAbsoluteForm() throws Exception {
    WirePort proxy = port(WireScripts.answering(request -> Http1.ok("by proxy")));
    Transport transport = transport(through(proxy));
    Map<String, String> hostOf = Map.of(
        "http://service.invalid/path?query=%20", "service.invalid",
        "http://service.invalid:8080/path", "service.invalid:8080",
        "http://[::1]:8081/", "[::1]:8081");

    for (Map.Entry<String, String> expected : hostOf.entrySet()) {
      int before = proxy.requests().size();

      assertBody(
          "by proxy",
          answer(
              transport,
              get(URI.create(expected.getKey())),
              "a proxy is asked, and knows the host"),
          "the answer of a proxy is the answer");

      WireRequest request = proxy.requests().get(before);
      assertEquals(expected.getKey(), request.target(), "a proxy must be told the whole address");
      assertEquals(
          List.of(expected.getValue()),
          request.headers().all("Host"),
          "Host names the service, with its port if it is not the default");
    }
    assertEquals(hostOf.size(), proxy.requests().size(), "each request must be sent once");
  }

  @Test
  void must_T902_talkTlsThroughATunnel() throws Exception {
    WirePort service = port(WireScripts.tls(
        certificates().good(), WireScripts.answering(request -> Http1.ok(request.target()))));
    WirePort proxy = port(WireScripts.tunnel(service.number()));
    Transport transport = transport(through(proxy).sslContext(certificates().client()));
    CountedBody body = CountedBody.of("body");

    TransportResponse answer = answer(
        transport,
        TransportRequest.builder("POST", service.https("/path?secret=" + CANARY))
            .header("Authorization", "Bearer " + CANARY)
            .body(body.length(), body)
            .build(),
        "a tunnel must be used");

    assertBody("/path?secret=" + CANARY, answer, "the service answers through the tunnel");
    assertEquals(1, proxy.requests().size(), "a proxy must be asked for a tunnel, once");
    assertEquals(
        "CONNECT localhost:" + service.number() + " HTTP/1.1",
        proxy.requests().get(0).requestLine(),
        "a proxy must be asked for a tunnel to host and port");
    assertFalse(
        proxy.requests().get(0).head().contains(CANARY),
        "a proxy must not be told what is for the service");
    assertEquals(1, service.requests().size(), "the request must be sent once");
    body.assertAskedOnce();
  }

  @Test
  void must_T903_checkTheHostThroughATunnel() throws Exception {
    WirePort service = port(WireScripts.tls(
        certificates().wrongHost(), WireScripts.answering(Http1.ok("should be refused"))));
    WirePort proxy = port(WireScripts.tunnel(service.number()));
    CountedBody body = CountedBody.of("body");

    failure(
        transport(through(proxy).sslContext(certificates().client())),
        post(service.https("/"), body),
        "a certificate for another host must be refused, also through a proxy",
        FailureStage.TLS);

    body.assertNeverAsked("the certificate is for another host");
    assertEquals(List.of(), service.requests(), "nothing may be sent");
  }

  @Test
  void must_T904_failWithConnectIfAProxyRefuses() throws Exception {
    for (String line : List.of(
        "HTTP/1.1 403 Forbidden",
        "HTTP/1.1 407 Proxy Authentication Required",
        "HTTP/1.1 502 Bad Gateway",
        "HTTP/1.1 503 Service Unavailable")) {
      WirePort proxy = port(WireScripts.answering(
          Http1.answer(line, "no", "Proxy-Authenticate: Basic realm=\"proxy\"", "Retry-After: 0")));
      CountedBody body = CountedBody.of("body");

      failure(
          transport(through(proxy).sslContext(certificates().client())),
          post(URI.create("https://service.invalid/"), body),
          "a proxy that refuses is a failure to connect: " + line,
          FailureStage.CONNECT);

      body.assertNeverAsked("the proxy refused");
      assertEquals(1, proxy.requests().size(), "a proxy that refuses is not asked again: " + line);
      assertEquals(
          List.of(),
          proxy.requests().get(0).headers().all("Proxy-Authorization"),
          "no credentials may be added");
    }
  }

  @Test
  void must_T905_failIfAProxyIsNone() throws Exception {
    WirePort gone = WirePort.open(WireScripts.mute());
    gone.close();
    WirePort garbage = port(WireScripts.perRequest((request, peer) -> {
      peer.write(Http1.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n"));
      peer.fin();
    }));
    WirePort ending = port(WireScripts.perRequest((request, peer) -> peer.fin()));
    for (WirePort proxy : List.of(gone, garbage, ending)) {
      CountedBody body = CountedBody.of("body");

      failure(
          transport(through(proxy).sslContext(certificates().client())),
          post(URI.create("https://service.invalid/"), body),
          "a proxy that is none is a failure",
          FailureStage.CONNECT,
          FailureStage.EXCHANGE);

      body.assertNeverAsked("no tunnel stands");
    }
  }

  @Test
  void must_T906_giveUpAProxyThatDoesNotAnswer() throws Exception {
    WirePort proxy = port(WireScripts.perRequest((request, peer) -> {}));
    CountedBody body = CountedBody.of("body");

    CompletableFuture<TransportResponse> future = transport(
            through(proxy).sslContext(certificates().client()).connectTimeout(SHORT_CONNECT_LIMIT))
        .send(post(URI.create("https://service.invalid/"), body));

    if (can(TransportCapability.PROXY_WITHIN_CONNECT_LIMIT)) {
      failure(future, "the limit for connecting covers the proxy's answer", FailureStage.TIMEOUT);
    } else {
      awaitRequests(proxy, 1);
      assertTrue(future.cancel(true), "an exchange in flight must be cancellable");
    }
    body.assertNeverAsked("no tunnel stands");
    assertAllEnded(proxy, "a proxy that does not answer must be left");
  }

  @Test
  void must_T907_obeyTheProxySelectorOfTheJvmUnlessToldOtherwise() throws Exception {
    WirePort proxy = port(WireScripts.answering(Http1.ok("by proxy")));
    WirePort service = port(WireScripts.answering(Http1.ok("direct")));
    ProxySelector before = ProxySelector.getDefault();
    try {
      ProxySelector.setDefault(ProxySelector.of(proxy.address()));

      assertBody(
          "by proxy",
          answer(
              transport(TransportOptions.builder()),
              get(URI.create("http://service.invalid/")),
              "the JVM's proxy is asked if nothing is said"),
          "the JVM's proxy is asked if nothing is said");
      assertBody(
          "direct",
          answer(
              transport(TransportOptions.builder().noProxy()),
              get(service.http("/")),
              "noProxy() means no proxy"),
          "noProxy() means no proxy");
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void must_T908_askNeitherAuthenticatorNorCookieHandlerOfTheJvm() throws Exception {
    WirePort service = port(WireScripts.answering(Http1.answer(
        "HTTP/1.1 401 Unauthorized",
        "no",
        "WWW-Authenticate: Basic realm=\"x\"",
        "Set-Cookie: stolen=1; Path=/")));
    WirePort proxy = port(WireScripts.answering(Http1.answer(
        "HTTP/1.1 407 Proxy Authentication Required",
        "no",
        "Proxy-Authenticate: Basic realm=\"x\"")));
    CountingAuthenticator authenticator = new CountingAuthenticator();
    CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    Authenticator authenticatorBefore = Authenticator.getDefault();
    CookieHandler cookiesBefore = CookieHandler.getDefault();
    try {
      Authenticator.setDefault(authenticator);
      CookieHandler.setDefault(cookies);
      Transport transport = transport();
      for (int i = 0; i < 2; i++) {
        TransportResponse answer =
            answer(transport, get(service.http("/")), "a challenge is an answer");
        assertEquals(401, answer.status(), "a challenge is an answer");
      }
      failure(
          transport(through(proxy)),
          get(URI.create("https://service.invalid/")),
          "a proxy that refuses is a failure to connect",
          FailureStage.CONNECT);
    } finally {
      Authenticator.setDefault(authenticatorBefore);
      CookieHandler.setDefault(cookiesBefore);
    }

    assertEquals(0, authenticator.asked.get(), "the JVM's authenticator must not be asked");
    assertEquals(
        List.of(), cookies.getCookieStore().getCookies(), "the JVM's cookies must not be touched");
    assertEquals(2, service.requests().size(), "each request must be sent once");
    for (WireRequest request : service.requests()) {
      assertEquals(List.of(), request.headers().all("Cookie"), "no cookie may be sent");
      assertEquals(List.of(), request.headers().all("Authorization"), "no credentials are added");
    }
  }

  @Test
  void must_T909_tellNoSecretInAFailure() throws Exception {
    for (Map.Entry<String, WireScript> scene : failingScenes().entrySet()) {
      WirePort port = port(scene.getValue());
      URI uri = port.http("/path?query=" + CANARY);

      for (boolean get : new boolean[] {true, false}) {
        assertSilent(transport().send(withSecrets(get, uri)), scene.getKey());
      }
    }
  }

  @Test
  void must_T910_tellNoSecretIfThereIsNoConnection() throws Exception {
    WirePort gone = WirePort.open(WireScripts.mute());
    gone.close();
    WirePort wrongHost = port(WireScripts.tls(certificates().wrongHost(), WireScripts.mute()));
    WirePort garbage = port(peer -> {
      peer.write(Http1.bytes("no proxy and no TLS here\r\n\r\n"));
      peer.fin();
    });
    String path = "/path?query=" + CANARY;
    List<URI> uris = List.of(
        gone.http(path),
        wrongHost.https(path),
        garbage.https(path),
        URI.create("http://unknown.invalid" + path),
        URI.create("http://127.0.0.1:65536" + path));

    for (URI uri : uris) {
      assertSilent(
          transport(options().sslContext(certificates().client())).send(withSecrets(false, uri)),
          uri.getScheme() + "://" + uri.getAuthority());
    }
    assertSilent(
        transport(through(garbage))
            .send(withSecrets(false, URI.create("https://x.invalid" + path))),
        "a proxy that is none");
  }

  @Test
  void must_T911_tellNoSecretWhenClosedOrCancelled() throws Exception {
    WirePort port = port(WireScripts.perRequest((request, peer) -> {}));
    URI uri = port.http("/path?query=" + CANARY);
    Transport transport = transport();
    CompletableFuture<TransportResponse> closed = transport.send(withSecrets(false, uri));
    CompletableFuture<TransportResponse> cancelled = transport.send(withSecrets(false, uri));
    awaitRequests(port, 2);

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().contains(CANARY), "no thread may be named after a secret");
    }
    assertFalse(closed.toString().contains(CANARY), "a future must not print a secret");
    assertTrue(cancelled.cancel(true), "an exchange in flight must be cancellable");
    assertFalse(cancelled.toString().contains(CANARY), "a future must not print a secret");
    transport.close();
    assertSilent(closed, "closed");
    assertFalse(transport.toString().contains(CANARY), "a transport must not print a secret");
  }

  @Test
  void must_T912_waitForAProxySelectorWithoutItsCaller() throws Exception {
    WirePort proxy = port(WireScripts.answering(Http1.ok("by proxy")));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Transport transport = transport(options().proxy(new ScriptedSelector(uri -> {
      asked.countDown();
      awaitIn(released);
      return new Proxy(Proxy.Type.HTTP, proxy.address());
    })));
    try {
      CompletableFuture<List<CompletableFuture<TransportResponse>>> sending =
          onThread(() -> List.of(
              transport.send(get(URI.create("http://service.invalid/waits"))),
              transport.send(get(URI.create("http://service.invalid/cancelled")))));
      assertTrue(
          asked.await(patience().toMillis(), TimeUnit.MILLISECONDS), "the selector is asked");
      List<CompletableFuture<TransportResponse>> sent = returned(sending);
      CompletableFuture<TransportResponse> waiting = sent.get(0);
      CompletableFuture<TransportResponse> cancelled = sent.get(1);

      assertTrue(cancelled.cancel(true), "an exchange that waits for the selector is cancellable");
      assertTrue(cancelled.isCancelled(), "a cancelled exchange must say so");
      assertEquals(0, proxy.connections().size(), "no way may be taken before one is chosen");
      released.countDown();

      assertBody("by proxy", answer(waiting, "the proxy is asked"), "the selector is obeyed");
    } finally {
      released.countDown();
    }
    assertBody(
        "by proxy",
        answer(transport, get(URI.create("http://service.invalid/next")), "the proxy is asked"),
        "the selector is obeyed");
    for (WireRequest request : proxy.requests()) {
      assertFalse(request.target().endsWith("cancelled"), "what was cancelled must not be sent");
    }
  }

  @Test
  void must_T913_failWithConnectIfTheProxySelectorFails() throws Exception {
    WirePort service = port(answeringOk());
    List<Supplier<Proxy>> selectors = List.of(
        () -> {
          throw new IllegalStateException("the password is " + CANARY);
        },
        () -> {
          throw new LinkageError("the password is " + CANARY);
        });
    for (Supplier<Proxy> selector : selectors) {
      Transport transport = transport(options().proxy(new ScriptedSelector(uri -> selector.get())));
      CountedBody body = CountedBody.of("body");

      for (int i = 0; i < 2; i++) {
        CompletableFuture<TransportResponse> future = transport.send(post(service.http("/"), body));
        TransportException failure =
            failure(future, "a selector that fails is a failure to connect", FailureStage.CONNECT);
        assertFalse(everythingOf(failure).contains(CANARY), "what a selector says may be a secret");
      }

      body.assertNeverAsked("no way was chosen");
    }
    assertEquals(0, service.connections().size(), "a selector that fails must not be passed over");
  }

  @Test
  void must_T914_neverPassASocksProxyOver() throws Exception {
    WirePort socks = port(peer -> peer.fin());
    WirePort service = port(answeringOk());
    Transport transport = transport(
        options().proxy(new ScriptedSelector(uri -> new Proxy(Proxy.Type.SOCKS, socks.address()))));
    CountedBody body = CountedBody.of("body");

    failure(
        transport,
        post(service.http("/"), body),
        "a SOCKS proxy that is none, or is not supported, is a failure to connect",
        FailureStage.CONNECT);

    body.assertNeverAsked("no connection stands");
    assertEquals(
        0, service.connections().size(), "traffic that is for a proxy must not go straight");
  }

  @Test
  void must_T915_refuseAnAddressWithUserInformation() throws Exception {
    WirePort service = port(answeringOk());
    CountedBody body = CountedBody.of("body");
    URI uri = URI.create("http://user:" + CANARY + "@127.0.0.1:" + service.number() + "/");

    CompletableFuture<TransportResponse> future = transport().send(post(uri, body));

    TransportException failure = failure(
        future,
        "credentials in an address are refused, not dropped without a word",
        FailureStage.CONNECT);
    assertFalse(everythingOf(failure).contains(CANARY), "a failure must not tell a password");
    assertFalse(future.toString().contains(CANARY), "a future must not print a password");
    body.assertNeverAsked("the address is refused");
    assertEquals(0, service.connections().size(), "an address that is refused is not connected to");
  }

  private List<CompletableFuture<TransportResponse>> returned(
      CompletableFuture<List<CompletableFuture<TransportResponse>>> sending) throws Exception {
    try {
      return sending.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("send must return while the proxy selector thinks", e);
    }
  }

  private static void awaitIn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, WireScript> failingScenes() {
    return Map.ofEntries(
        scene("FIN", ""),
        scene("an echo instead of a status line", "HTTP/1.1 " + CANARY + "\r\n\r\n"),
        scene("an echo that is not HTTP", CANARY + "\r\n\r\n"),
        scene("an echo as status", "HTTP/1.1 2" + CANARY + " OK\r\n\r\n"),
        scene("an echo as length", "HTTP/1.1 200 OK\r\nContent-Length: " + CANARY + "\r\n\r\n"),
        scene(
            "an echo as encoding",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + CANARY + "\r\n\r\n0\r\n\r\n"),
        scene(
            "an echo as a name",
            "HTTP/1.1 200 OK\r\n " + CANARY + "\r\n" + CANARY
                + " : x\r\nContent-Length: 5\r\n\r\n"),
        scene(
            "an echo as chunk size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz" + CANARY + "\r\n"),
        scene(
            "an echo in a body that is cut",
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + CANARY),
        scene(
            "an echo in a body that is too large",
            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nX-Echo: " + CANARY + "\r\n\r\n" + CANARY),
        scene(
            "an echo in a head that is too large",
            "HTTP/1.1 200 OK\r\nX-Echo: " + CANARY.repeat(10_000) + "\r\n\r\n"),
        scene(
            "an echo with 101", "HTTP/1.1 101 " + CANARY + "\r\nUpgrade: " + CANARY + "\r\n\r\n"));
  }

  private static Map.Entry<String, WireScript> scene(String name, String wire) {
    return Map.entry(name, WireScripts.perRequest((request, peer) -> {
      peer.write(Http1.bytes(wire));
      peer.fin();
    }));
  }

  private static TransportRequest withSecrets(boolean get, URI uri) {
    TransportRequest.Builder request = TransportRequest.builder(get ? "GET" : "POST", uri)
        .header("Authorization", "Bearer " + CANARY)
        .header("X-" + "Secret", CANARY);
    return get
        ? request.build()
        : request.body(Http1.bytes("password=" + CANARY)).build();
  }

  private void assertSilent(CompletableFuture<TransportResponse> future, String scene) {
    TransportException failure = failure(future, "this must fail: " + scene, FailureStage.values());
    assertFalse(
        everythingOf(failure).contains(CANARY),
        () -> "a failure must repeat neither header, body nor query, nor what a server sends: "
            + scene);
    assertFalse(future.toString().contains(CANARY), "a future must not print a secret: " + scene);
  }

  private static String everythingOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    List<Throwable> todo = new ArrayList<>(List.of(failure));
    List<Throwable> done = new ArrayList<>();
    while (!todo.isEmpty()) {
      Throwable next = todo.remove(0);
      if (done.contains(next)) {
        continue;
      }
      done.add(next);
      text.append('\n').append(next.toString()).append('\n').append(next.getLocalizedMessage());
      todo.addAll(List.of(next.getSuppressed()));
      if (next.getCause() != null) {
        todo.add(next.getCause());
      }
    }
    return text.toString();
  }

  private static TransportOptions.Builder through(WirePort proxy) throws IOException {
    return options().proxy(ProxySelector.of(proxy.address()));
  }

  /** Names one proxy for each address. */
  private static final class ScriptedSelector extends ProxySelector {
    private final Function<URI, Proxy> script;

    ScriptedSelector(Function<URI, Proxy> script) {
      this.script = script;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(script.apply(uri));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // It does not learn.
    }
  }

  /** Would answer every challenge. */
  private static final class CountingAuthenticator extends Authenticator {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      asked.incrementAndGet();
      return new PasswordAuthentication("user", "password".toCharArray());
    }
  }
}
