// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.AnswerFuture;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange from the queue to its answer. A worker runs it; whoever completes the future first, be it the worker, the
 * caller, a time limit or the transport that closes, decides how it ended, and the connection is cut if it is still open.
 */
final class Exchange implements Runnable {
  private static final String IN_CONTEXT = "io.parsec4j.exchange";
  private static final int LARGEST_PORT = 65_535;

  /** How long the caller, who is to end the exchange itself, may be late before a worker is taken back. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Fields that frame the message or steer the connection, which are the transport's to write. */
  private static final Set<String> RESERVED = reserved();

  private final CloseableHttpClient client;
  private final @Nullable Duration connectTimeout;
  private final Timer timer;
  private final TransportRequest request;
  private final AnswerFuture answer = new AnswerFuture();

  private volatile Timer.@Nullable Task limit;
  private volatile Timer.@Nullable Task connectLimit;
  private volatile long connectDeadline;
  private volatile Proxy socks = Proxy.NO_PROXY;
  private volatile boolean bodyOpened;
  private volatile boolean waitsApart;

  // guarded by this
  private boolean running;
  private boolean ended;
  private boolean cut;
  private @Nullable Socket connection;
  private @Nullable HttpUriRequestBase message;

  /**
   * Prepares an exchange.
   *
   * @param client what speaks HTTP
   * @param connectTimeout the limit for opening a connection; null where the client has one of its own
   * @param timer what sets the limits
   * @param request what to send
   */
  Exchange(
      CloseableHttpClient client,
      @Nullable Duration connectTimeout,
      Timer timer,
      TransportRequest request) {
    this.client = client;
    this.connectTimeout = connectTimeout;
    this.timer = timer;
    this.request = request;
  }

  private static Set<String> reserved() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of(
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade"));
    return names;
  }

  /** Returns the exchange for which the library opens a connection. */
  static Exchange of(HttpContext context) {
    return (Exchange) requireNonNull(context.getAttribute(IN_CONTEXT), IN_CONTEXT);
  }

  CompletableFuture<TransportResponse> answer() {
    return answer;
  }

  URI uri() {
    return request.uri();
  }

  String scheme() {
    return "https".equalsIgnoreCase(uri().getScheme()) ? "https" : "http";
  }

  /** Returns the host, an IPv6 address without its brackets. */
  String host() {
    String host = uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    int port = uri().getPort();
    return port >= 0 ? port : scheme().equals("https") ? 443 : 80;
  }

  private String peer() {
    return uri().getHost() + ":" + port();
  }

  void socks(Proxy proxy) {
    socks = proxy;
  }

  Proxy socks() {
    return socks;
  }

  /** Says that a worker is waited for, which must be known before one begins. */
  void waits() {
    waitsApart = request.queued();
  }

  /** Limits the wait for a worker, unless the caller does. */
  void startLimit() {
    if (!waitsApart) {
      limitOn();
    }
  }

  private void limitOn() {
    limit = timer.schedule(request.timeout(), this::limitReached);
    if (answer.isDone()) {
      limitsOff();
    }
  }

  private void limitReached() {
    boolean queued;
    synchronized (this) {
      queued = !running;
    }
    if (queued) {
      fail(FailureStage.TIMEOUT, "no free connection within " + request.timeout());
    } else {
      limit = timer.schedule(
          GRACE, () -> fail(FailureStage.TIMEOUT, peer() + " did not answer in time"));
      if (answer.isDone()) {
        limitsOff();
      }
    }
  }

  private void limitsOff() {
    off(limit);
    off(connectLimit);
  }

  private static void off(Timer.@Nullable Task alarm) {
    if (alarm != null) {
      alarm.cancel();
    }
  }

  /** Ends the exchange as that of a transport that closes. */
  void transportClosed() {
    boolean sent;
    synchronized (this) {
      sent = running;
    }
    fail(sent ? FailureStage.EXCHANGE : FailureStage.CONNECT, "the transport was closed");
  }

  private void fail(FailureStage stage, String what) {
    answer.completeExceptionally(new TransportException(stage, what));
  }

  /** Sends the request and reads the answer, unless the exchange has ended; never throws. */
  @Override
  public void run() {
    HttpClientContext context = HttpClientContext.create();
    TransportResponse response = null;
    Throwable failure = null;
    try {
      HttpUriRequestBase begun = begin();
      if (begun == null) {
        return;
      }
      context.setAttribute(IN_CONTEXT, this);
      response = exchange(begun, context);
    } catch (Throwable e) {
      // An Error, too, is to end in the future and not in the worker, and the library then leaves
      // the
      // connection open.
      failure = e;
      cut();
    }
    synchronized (this) {
      ended = true;
    }
    if (response != null) {
      answer.complete(response);
    } else {
      boolean sent = bodyOpened || context.getRequest() != null;
      answer.completeExceptionally(Failures.of(requireNonNull(failure), peer(), sent));
    }
  }

  private @Nullable HttpUriRequestBase begin() {
    synchronized (this) {
      if (cut) {
        return null;
      }
      running = true;
    }
    if (waitsApart) {
      request.dequeued();
      limitOn();
    }
    HttpUriRequestBase built = message();
    synchronized (this) {
      if (cut) {
        return null;
      }
      message = built;
    }
    Duration timeout = connectTimeout;
    if (timeout != null) {
      connectDeadline = System.nanoTime() + timeout.toNanos();
      connectLimit = timer.schedule(
          timeout,
          () -> fail(FailureStage.TIMEOUT, "no connection to " + peer() + " within " + timeout));
      if (answer.isDone()) {
        limitsOff();
      }
    }
    return built;
  }

  private HttpUriRequestBase message() {
    String scheme = uri().getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw refused("the scheme of the address must be http or https");
    }
    if (uri().getRawUserInfo() != null) {
      throw refused("the address must not carry user information");
    }
    if (port() > LARGEST_PORT) {
      throw refused("the port of the address must be at most " + LARGEST_PORT + ", was " + port());
    }
    HttpUriRequestBase built = new HttpUriRequestBase(request.method(), uri());
    request.headers().forEach((name, value) -> {
      if (RESERVED.contains(name)) {
        throw refused("the header " + name + " is the transport's to set");
      }
      built.addHeader(name, value);
    });
    // RFC 9112, 9.3: a client that keeps no connection must say so; the server then closes first.
    built.addHeader("Connection", "close");
    request.bodyLength().ifPresent(length -> {
      if (request.method().equals("OPTIONS") && !built.containsHeader("Content-Type")) {
        // RFC 9110, 9.3.7: such a body must have a type; the library insists.
        built.addHeader("Content-Type", "application/octet-stream");
      }
      built.setEntity(new RequestBody(length, this::openBody));
    });
    return built;
  }

  private static TransportException refused(String message) {
    return new TransportException(FailureStage.CONNECT, message);
  }

  private byte[] openBody(int length) {
    try {
      byte[] bytes = request.openBody();
      bodyOpened = true;
      if (bytes.length == length) {
        return bytes;
      }
    } catch (Throwable e) {
      // Given up, or broken: an Error in here would make the library close the connections of
      // everybody.
      cut();
      throw new TransportException(
          FailureStage.EXCHANGE, "the body was refused: " + e.getClass().getSimpleName());
    }
    cut();
    throw new TransportException(
        FailureStage.EXCHANGE, "the body has another length than announced");
  }

  private TransportResponse exchange(HttpUriRequestBase message, HttpClientContext context)
      throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, message, context);
    boolean whole = false;
    try {
      if (context.getRequest() == null) {
        throw proxyRefused(peer(), response.getCode());
      }
      TransportResponse read = AnswerReader.read(response, request.maxResponseBytes());
      whole = true;
      return read;
    } finally {
      if (!whole) {
        // First of all: closing reads whatever the server goes on sending.
        cut();
      }
      Closer.closeQuietly(response);
    }
  }

  static TransportException proxyRefused(String peer, int status) {
    return new TransportException(
        FailureStage.CONNECT, "the proxy refused a tunnel to " + peer + " with status " + status);
  }

  /** Takes note of the connection, so that it can be cut. */
  void hold(Socket opened) throws IOException {
    synchronized (this) {
      if (!cut) {
        connection = opened;
        return;
      }
    }
    throw new SocketException("the exchange has ended");
  }

  /** Takes note that the connection stands. */
  void connected() {
    off(connectLimit);
  }

  /** Returns what is left of the time to connect, 1 at least. */
  long connectNanosLeft() {
    return Math.max(1, connectDeadline - System.nanoTime());
  }

  synchronized boolean isCut() {
    return cut;
  }

  /** Cleans up after the future is complete, whoever completed it. */
  void finish() {
    limitsOff();
    cut();
  }

  /** Closes the connection at once, without leave of the peer and without what is not yet sent. */
  private void cut() {
    Socket open;
    HttpUriRequestBase sent;
    synchronized (this) {
      if (ended || cut) {
        return;
      }
      cut = true;
      open = connection;
      sent = message;
    }
    if (open != null) {
      try {
        open.setSoLinger(true, 0);
      } catch (SocketException e) {
        // It is closed already, or closes more politely.
      }
      Closer.closeQuietly(open);
    }
    if (sent != null) {
      sent.cancel();
    }
  }
}
