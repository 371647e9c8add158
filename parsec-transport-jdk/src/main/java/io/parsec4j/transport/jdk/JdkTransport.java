// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transport on {@link HttpClient}, with the settings that the contract of {@link Transport} needs: HTTP/1.1, no
 * redirects, no cookies, no authenticator, host names always checked, TLS 1.2 or newer, answers limited while they are
 * read.
 *
 * <p>However the future of an exchange, or a stage derived from it, is completed by its user - cancelled with {@code true}
 * or {@code false}, by {@code orTimeout}, by hand - the exchange is closed on the wire.
 *
 * <p>What the JDK's client does and no setting can change:
 *
 * <ul>
 *   <li>A GET whose connection is closed before the first byte of the answer is sent a second time, once, without a word;
 *       a POST never is.
 *   <li>Of several addresses of a host only the first is tried. A refused connection is tried twice.
 *   <li>Over HTTP/1.1 each exchange in flight has a connection of its own, and their number has no limit: 50 calls to a
 *       server that does not answer are 50 connections. Whoever starts many calls at once limits them.
 *   <li>A connection that has answered keeps a buffer of 16 KB for as long as it stays open: 20 minutes after its last
 *       answer on JDK 17, half a minute on 25. 10,000 calls in flight at once were measured not to fit into a heap of 256 MB
 *       for that reason alone, and to fit when the JVM is started with {@code -Djdk.httpclient.connectionPoolSize=100},
 *       which limits the connections that are kept idle, or with {@code -Djdk.httpclient.bufsize=4096}.
 *   <li>SOCKS proxies cannot be used: an exchange for which the selector names one first fails with
 *       {@link io.parsec4j.api.FailureStage#CONNECT}. That holds for the system properties {@code socksProxyHost} and
 *       {@code java.net.useSystemProxies}, too, as the JVM's own selector obeys them.
 *   <li>Its limit for connecting covers the connection and the TLS handshake but neither the proxy selector, nor the name
 *       look-up, nor a proxy's answer to CONNECT, which the caller's limit for the attempt covers.
 *   <li>If a server ends the TLS handshake with FIN, the body is asked for although none of it is sent; so a sign-in that
 *       fails in that way is not repeated, although it could have been.
 *   <li>An HTTP/1.0 connection is kept for as long as the server leaves it open. A chunk size that is missing is read as 0,
 *       and one beyond 2^63 as its last 32 bits or never to its end, until the caller's limit for the attempt.
 *   <li>On JDK 17 a GET says {@code Content-Length: 0}.
 *   <li>Header fields of different names come in the order of their names, those of one name in the order of the wire.
 *   <li>Before JDK 16 a cancelled exchange that still waits for its answer stays open; before JDK 21 a closed transport
 *       keeps one thread and its idle connections until the garbage collector finds them.
 * </ul>
 */
public final class JdkTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(JdkTransport.class);

  private final Exchanges exchanges;

  private JdkTransport(Exchanges exchanges) {
    this.exchanges = exchanges;
    warnOfHeaderLog();
  }

  /** {@return a transport with {@link TransportOptions#defaults()}} */
  public static JdkTransport create() {
    return builder().build();
  }

  /**
   * Creates a transport.
   *
   * @param options what it is told
   * @return a transport to be closed
   * @throws ParsecConfigurationException if a system property makes the JDK repeat a POST
   */
  public static JdkTransport create(TransportOptions options) {
    return new JdkTransport(Exchanges.own(new ClientSettings(options, false)));
  }

  /**
   * Creates a transport on a client that the caller has configured and that stays the caller's. The contract of
   * {@link Transport} is kept except for what the client decides:
   *
   * <ul>
   *   <li>The limit for connecting, proxies, TLS versions and trust are those of the client. One without
   *       {@code connectTimeout} is stopped by the caller's limit for the attempt only.
   *   <li>A client is built for HTTP/2 unless told {@code version(HttpClient.Version.HTTP_1_1)}, and then speaks it over
   *       TLS with what {@link Builder#http2()} says.
   *   <li>Its proxy selector, or that of the JVM if it has none, is asked twice for each exchange: by the transport, on a
   *       thread of its own, and by the client.
   *   <li>After an answer that is not HTTP the socket stays open for as long as the client lives; a transport that has its
   *       own client replaces it.
   *   <li>Closing the transport closes neither the client's threads nor its idle connections. Its default executor has as many threads as there is work.
   * </ul>
   *
   * @param client must not follow redirects, keep cookies or have an authenticator, and must check host names: where the
   *     system property {@code jdk.internal.httpclient.disableHostnameVerification} is set, its {@code SSLParameters} must
   *     name the endpoint identification algorithm {@code HTTPS}
   * @return a transport; closing it fails what is in flight and leaves {@code client} as it is
   * @throws IllegalArgumentException if {@code client} is not so
   * @throws ParsecConfigurationException if a system property makes the JDK repeat a POST
   */
  public static JdkTransport of(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "client must not follow redirects: build it with Redirect.NEVER");
    }
    if (client.cookieHandler().isPresent()) {
      throw new IllegalArgumentException(
          "client must not keep cookies: build it without a cookie handler");
    }
    if (client.authenticator().isPresent()) {
      throw new IllegalArgumentException(
          "client must not add credentials: build it without an authenticator");
    }
    if (!ClientSettings.checksHostNames(client)) {
      throw new IllegalArgumentException("client must check host names, which the system property "
          + ClientSettings.NO_HOST_CHECK + " switches off: remove it, or build client with"
          + " SSLParameters whose endpoint identification algorithm is HTTPS");
    }
    return new JdkTransport(Exchanges.on(client));
  }

  /** {@return a builder with the defaults that its methods name} */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public CompletableFuture<TransportResponse> send(TransportRequest request) {
    return exchanges.send(requireNonNull(request, "request"));
  }

  @Override
  public void close() {
    exchanges.close();
  }

  private static void warnOfHeaderLog() {
    String log = System.getProperty("jdk.httpclient.HttpClient.log", "");
    if (log.contains("headers") || log.contains("all")) {
      LOG.warn("jdk.httpclient.HttpClient.log is set to {}: the JDK will log session IDs", log);
    }
  }

  /** Collects what a transport is told; not safe for use by several threads. */
  public static final class Builder {
    private TransportOptions.Builder options = TransportOptions.builder();
    private boolean http2;

    private Builder() {}

    /**
     * Limits connection and TLS handshake together; 5 seconds if not called.
     *
     * @param timeout positive, at most 10 minutes
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public Builder connectTimeout(Duration timeout) {
      options = options.connectTimeout(timeout);
      return this;
    }

    /**
     * Sets what chooses the proxy of an address; {@link ProxySelector#getDefault()} at the time of {@link #build()} if not
     * called.
     *
     * @param selector asked once for each exchange, on a thread of the transport, of which it may block up to 8
     * @return this builder
     */
    public Builder proxy(ProxySelector selector) {
      options = options.proxy(selector);
      return this;
    }

    /**
     * Switches proxies off, those of the system included.
     *
     * @return this builder
     */
    public Builder noProxy() {
      options = options.noProxy();
      return this;
    }

    /**
     * Sets keys and trust for TLS; those of the JVM if not called. Host names are checked whatever the context says.
     *
     * @param context an initialised context
     * @return this builder
     */
    public Builder sslContext(SSLContext context) {
      options = options.sslContext(context);
      return this;
    }

    /**
     * Prefers HTTP/2 over TLS where the server has it; HTTP/1.1 is used if not called, and always on plain http. Not the
     * default because of what the JDK's HTTP/2 was measured to do:
     *
     * <ul>
     *   <li>If a server says that it has not processed a request (RST_STREAM with REFUSED_STREAM, GOAWAY with a lower last
     *       stream), JDK 25 sends it again, as HTTP/2 allows; 17.0.15 fails. A GET is sent twice without a word. The head of
     *       a POST is, too, but its body is handed out once, so that the exchange then fails with
     *       {@link io.parsec4j.api.FailureStage#EXCHANGE} and the password has arrived once.
     *   <li>If a server shuts down gracefully (GOAWAY, then the answer), 17.0.15 fails and 25 reads the answer.
     *   <li>A body that is shorter or longer than its {@code content-length} is accepted; that the JSON in it is whole is
     *       checked afterwards.
     * </ul>
     *
     * <p>A server that neither answers nor opens its window is stopped by the caller's limit for the attempt only.
     *
     * @return this builder
     */
    public Builder http2() {
      this.http2 = true;
      return this;
    }

    /**
     * Creates the transport.
     *
     * @return a transport to be closed
     * @throws ParsecConfigurationException if a system property makes the JDK repeat a POST
     */
    public JdkTransport build() {
      return new JdkTransport(Exchanges.own(new ClientSettings(options.build(), http2)));
    }
  }
}
