// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Transport} on Apache HttpClient 5, of which it uses the classic, blocking side on threads of its own.
 *
 * <p>It keeps every promise of {@link Transport}, and these:
 *
 * <ul>
 *   <li>HTTP/1.1 only, and a new connection for every exchange, which says {@code Connection: close}: a stray second
 *       answer on the wire never becomes the answer of a later call. All addresses of a host are tried in turn.
 *   <li>At most {@link Builder#maxConnections(int)} exchanges, and as many daemon threads, run at once; the others wait.
 *       For the calls of a client the wait counts for the time limit of the call, not for that of the attempt; other
 *       requests wait for at most their {@link TransportRequest#timeout()} and then fail with
 *       {@link io.parsec4j.api.FailureStage#TIMEOUT}. A thread that has nothing to do for a few seconds ends.
 *   <li>However the future of an exchange is completed - cancelled with {@code true} or {@code false}, by
 *       {@code orTimeout}, by hand - the exchange is closed on the wire, and one that was still waiting never gets there.
 *       The same holds for every stage derived from it. An exchange that nobody ends is ended one second after its {@link TransportRequest#timeout()}.
 *   <li>TLS 1.2 or newer, and host names are checked whatever the {@link SSLContext} does.
 *   <li>Proxies are those of the {@link ProxySelector}: none, HTTP ({@code CONNECT} for https, without credentials), or
 *       SOCKS, which the JDK speaks and for which it may ask the {@link java.net.Authenticator}. Only the first one
 *       named for an address is tried. System properties count only as far as the selector obeys them.
 *   <li>An answer whose length is ambiguous, that switches the protocol or announces itself more than eight times fails
 *       with {@link io.parsec4j.api.FailureStage#EXCHANGE}. An encoded body is handed on as it is.
 *   <li>Heads, bodies and header values are not logged at any level, the library's wire log included.
 * </ul>
 *
 * <p>A name look-up of the JDK cannot be interrupted. The exchange that waits for it ends in time all the same, but its
 * thread stays behind, and counts as busy, until the look-up returns.
 *
 * <pre>{@code
 * try (ApacheTransport transport = ApacheTransport.builder().connectTimeout(ofSeconds(3)).build();
 *     ParsecClient parsec = ParsecClient.builder().baseUri(address).transport(transport).build()) {
 *   return parsec.hosts(session, HostQuery.any());
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads.
 *
 * @see ApacheTransportProvider
 */
public final class ApacheTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(ApacheTransport.class);
  private static final int DEFAULT_CONNECTIONS = 8;
  private static final int MOST_CONNECTIONS = 1_024;
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1_500);

  private final CloseableHttpClient client;
  private final boolean clientIsOurs;
  private final @Nullable Duration connectTimeout;
  private final Workers workers;
  private final Timer timer = Timer.system();
  private final Set<Exchange> unfinished = ConcurrentHashMap.newKeySet();

  private ApacheTransport(
      CloseableHttpClient client,
      boolean clientIsOurs,
      @Nullable Duration connectTimeout,
      Workers workers) {
    this.client = client;
    this.clientIsOurs = clientIsOurs;
    this.connectTimeout = connectTimeout;
    this.workers = workers;
  }

  /**
   * Creates a transport with {@link TransportOptions#defaults()}.
   *
   * @return a new transport, to be closed
   * @throws io.parsec4j.api.ParsecConfigurationException if httpclient5 older than 5.6.4 or httpcore5 older than 5.4.3 is
   *     on the path: they have known weaknesses
   */
  public static ApacheTransport create() {
    return builder().build();
  }

  /**
   * Creates a transport.
   *
   * @param options what it is told
   * @return a new transport, to be closed
   * @throws io.parsec4j.api.ParsecConfigurationException if httpclient5 older than 5.6.4 or httpcore5 older than 5.4.3 is
   *     on the path: they have known weaknesses
   * @throws IllegalArgumentException if the SSL context of the options has neither TLSv1.2 nor TLSv1.3 enabled
   */
  public static ApacheTransport create(TransportOptions options) {
    return builder().build(requireNonNull(options, "options"));
  }

  /** {@return a builder that starts from {@link TransportOptions#defaults()} and 8 connections} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates a transport with 8 threads on a client of the caller's; see {@link #of(CloseableHttpClient, int)}.
   *
   * @param client stays the caller's, who closes it after this transport
   * @return a new transport, to be closed
   * @throws io.parsec4j.api.ParsecConfigurationException if httpclient5 older than 5.6.4 or httpcore5 older than 5.4.3 is
   *     on the path: they have known weaknesses
   */
  @SuppressWarnings(
      "exports") // only who has a client of his own calls this, and then has the module, too
  public static ApacheTransport of(CloseableHttpClient client) {
    return of(client, DEFAULT_CONNECTIONS);
  }

  /**
   * Creates a transport on a client of the caller's, for who needs a setting that the builder does not have.
   *
   * <p>Most promises of {@link Transport} then rest on that client. Its caller must have
   *
   * <ul>
   *   <li>called {@code disableAutomaticRetries()}, {@code disableRedirectHandling()}, {@code disableCookieManagement()},
   *       {@code disableAuthCaching()} and {@code disableContentCompression()};
   *   <li>set a {@code RequestConfig} with {@code setAuthenticationEnabled(false)},
   *       {@code setProtocolUpgradeEnabled(false)} and a {@code connectionRequestTimeout}, and no response interceptor
   *       that touches the body;
   *   <li>set {@code setConnectionReuseStrategy((request, response, context) -> false)}, without which a stray answer can
   *       become the answer of a later call;
   *   <li>given its connection manager a connect timeout, which limits each step and address for itself, a TLS strategy
   *       with {@code HostnameVerificationPolicy.BOTH} and an explicit verifier, as many connections per route and in
   *       total as {@code maxConnections}, and an {@code Http1Config} with at most 100 fields and lines of 64 KiB;
   *   <li>left the loggers below {@code org.apache.hc.client5.http} above DEBUG: they print passwords and session IDs. If
   *       they are not when the transport is created, it says so in a warning.
   * </ul>
   *
   * <p>Also then these are weaker than with a client of the transport's own: the limit for connecting is one for each step
   * and each address, not one for all; TLS versions, proxies and what they are told are the client's; a redirect, a cookie, an
   * unpacked body or a second sending that the list above would have prevented cannot be noticed here; and connections that
   * the client keeps are closed by closing the client. The limits of {@link TransportRequest} hold: time, bytes of the body,
   * bytes and fields of the head, the last after the client has read it.
   *
   * @param client stays the caller's, who closes it after this transport
   * @param maxConnections how many exchanges, and threads, there may be at once: 1 to 1,024
   * @return a new transport, to be closed
   * @throws IllegalArgumentException if {@code maxConnections} is out of range
   * @throws io.parsec4j.api.ParsecConfigurationException if httpclient5 older than 5.6.4 or httpcore5 older than 5.4.3 is
   *     on the path: they have known weaknesses
   */
  @SuppressWarnings(
      "exports") // only who has a client of his own calls this, and then has the module, too
  public static ApacheTransport of(CloseableHttpClient client, int maxConnections) {
    requireNonNull(client, "client");
    Builder workers = builder().maxConnections(maxConnections);
    Floors.check();
    if (LoggerFactory.getLogger("org.apache.hc.client5.http.wire").isDebugEnabled()
        || LoggerFactory.getLogger("org.apache.hc.client5.http.headers").isDebugEnabled()) {
      LOG.warn("the loggers org.apache.hc.client5.http.wire and .headers are enabled for DEBUG"
          + " and print passwords and session IDs; set them to INFO");
    }
    return new ApacheTransport(client, false, null, workers.workers());
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * <p>The headers Connection, Content-Length, Expect, Host, TE, Trailer, Transfer-Encoding and Upgrade are this
   * transport's to set; a request that has one of them fails before anything is sent, as does one with a port above 65,535,
   * with user information or with a scheme other than http and https.
   *
   * @param request what to send, used for this one exchange only
   * @return a future of the answer; fails with a {@link io.parsec4j.api.spi.TransportException} and with nothing else
   * @throws IllegalStateException if this transport is closed
   */
  @Override
  public CompletableFuture<TransportResponse> send(TransportRequest request) {
    Exchange exchange =
        new Exchange(client, connectTimeout, timer, requireNonNull(request, "request"));
    CompletableFuture<TransportResponse> answer = exchange.answer();
    unfinished.add(exchange);
    CompletionStage<TransportResponse> outcome = answer;
    outcome.whenComplete((response, failure) -> {
      unfinished.remove(exchange);
      workers.remove(exchange);
      exchange.finish();
    });
    try {
      workers.submit(exchange, exchange::waits);
    } catch (Throwable e) {
      answer.cancel(false);
      throw e;
    }
    exchange.startLimit();
    return answer;
  }

  /**
   * Fails what is in flight or waits, and ends the threads, within two seconds; a second call does nothing.
   *
   * <p>A client that was handed in stays open.
   */
  @Override
  public void close() {
    workers.close();
    unfinished.forEach(Exchange::transportClosed);
    workers.join(CLOSE_LIMIT);
    if (clientIsOurs) {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  /** Returns the number of threads at present. */
  int threads() {
    return workers.size();
  }

  /** Returns the number of exchanges that wait for a thread. */
  int waiting() {
    return workers.waiting();
  }

  /** Returns the number of threads once they are gone or the time is over. */
  int threadsAfter(Duration atMost) {
    workers.join(atMost);
    return workers.size();
  }

  /** Collects the settings of an {@link ApacheTransport}; not safe for use by several threads. */
  public static final class Builder {
    private TransportOptions.Builder options = TransportOptions.builder();
    private int maxConnections = DEFAULT_CONNECTIONS;
    private Duration idleTime = Duration.ofSeconds(5);
    private Dialer.NameService names = InetAddress::getAllByName;

    private Builder() {}

    /**
     * Limits name look-up, connection, proxy and TLS handshake together; 5 seconds if not called.
     *
     * @param timeout positive, at most 10 minutes
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range; there is no infinite one
     */
    public Builder connectTimeout(Duration timeout) {
      options = options.connectTimeout(timeout);
      return this;
    }

    /**
     * Sets what chooses the proxy of an address; {@link ProxySelector#getDefault()} at the time of {@link #build()} if not
     * called.
     *
     * @param selector asked for every exchange, on a thread of the transport
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
     * @param context an initialised context with TLSv1.2 or TLSv1.3 enabled; older versions are not used
     * @return this builder
     */
    public Builder sslContext(SSLContext context) {
      options = options.sslContext(context);
      return this;
    }

    /**
     * Sets how many exchanges, each on a connection and a thread of its own, there may be at once; 8 if not called.
     * Further ones wait for at most their {@link TransportRequest#timeout()}.
     *
     * @param connections 1 to 1,024
     * @return this builder
     * @throws IllegalArgumentException if {@code connections} is out of range
     */
    public Builder maxConnections(int connections) {
      if (connections < 1 || connections > MOST_CONNECTIONS) {
        throw new IllegalArgumentException(
            "maxConnections must be 1 to " + MOST_CONNECTIONS + ", was " + connections);
      }
      this.maxConnections = connections;
      return this;
    }

    Builder names(Dialer.NameService service) {
      this.names = service;
      return this;
    }

    Builder idleTime(Duration time) {
      this.idleTime = time;
      return this;
    }

    private Workers workers() {
      return new Workers(maxConnections, idleTime);
    }

    /**
     * Creates the transport; no thread is started before the first exchange.
     *
     * @return a new transport, to be closed
     * @throws io.parsec4j.api.ParsecConfigurationException if httpclient5 older than 5.6.4 or httpcore5 older than 5.4.3
     *     is on the path: they have known weaknesses
     * @throws IllegalArgumentException if the SSL context has neither TLSv1.2 nor TLSv1.3 enabled
     */
    public ApacheTransport build() {
      return build(options.build());
    }

    private ApacheTransport build(TransportOptions chosen) {
      Floors.check();
      CloseableHttpClient client = HttpClients.custom()
          .setConnectionManager(new FreshConnections(new Dialer(names, chosen.sslContext())))
          .setRequestExecutor(new RequestSender())
          .setRoutePlanner(new Routes(chosen.proxy()))
          .setConnectionReuseStrategy((request, response, context) -> false)
          .setDefaultRequestConfig(RequestConfig.custom()
              .setAuthenticationEnabled(false)
              .setContentCompressionEnabled(false)
              .setExpectContinueEnabled(false)
              .setProtocolUpgradeEnabled(false)
              .setRedirectsEnabled(false)
              .build())
          .disableAuthCaching()
          .disableAutomaticRetries()
          .disableConnectionState()
          .disableContentCompression()
          .disableCookieManagement()
          .disableDefaultUserAgent()
          .disableRedirectHandling()
          .build();
      return new ApacheTransport(client, true, chosen.connectTimeout(), workers());
    }
  }
}
