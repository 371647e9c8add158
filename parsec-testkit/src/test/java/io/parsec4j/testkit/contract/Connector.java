// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import io.parsec4j.testkit.internal.wire.Http1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes connections, through a proxy and TLS if need be, and keeps those that may be used again. */
final class Connector {
  /** As long as a delayed acknowledgement. */
  private static final int STALL_MILLIS = 55;

  private static final int CALLER_MILLIS = 300;

  private final TransportOptions options;
  private final Flaw flaw;
  private final Deque<Line> idle = new ArrayDeque<>();
  private final List<Line> forgotten = new ArrayList<>();
  private String cookie = "";
  private boolean closed;
  private boolean broken;

  Connector(TransportOptions options, Flaw flaw) {
    this.options = options;
    this.flaw = flaw;
  }

  static String hostField(URI uri, Flaw flaw) {
    boolean usual = uri.getPort() < 0 || uri.getPort() == port(uri.getScheme());
    return usual || flaw == Flaw.OMITS_THE_PORT_OF_HOST
        ? uri.getHost()
        : uri.getHost() + ":" + uri.getPort();
  }

  private static int port(String scheme) {
    return isTls(scheme) ? 443 : 80;
  }

  private static boolean isTls(String scheme) {
    return scheme.toLowerCase(Locale.ROOT).equals("https");
  }

  Line lease(URI uri, Exchange exchange) throws IOException {
    String key = uri.getScheme() + "://" + uri.getRawAuthority();
    while (true) {
      Line kept = poll(key);
      if (kept == null) {
        return connect(uri, key, exchange);
      }
      if (kept.isFresh()) {
        if (flaw == Flaw.STALLS_BETWEEN_REQUESTS) {
          stall();
        }
        exchange.uses(kept.plain(), FailureStage.EXCHANGE);
        return kept;
      }
      kept.close();
    }
  }

  private static void stall() {
    try {
      TimeUnit.MILLISECONDS.sleep(STALL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Line poll(String key) throws IOException {
    if (broken) {
      throw new IOException("broken");
    }
    for (Line line : idle) {
      if (line.key().equals(key)) {
        idle.remove(line);
        return line;
      }
    }
    return null;
  }

  private Line connect(URI uri, String key, Exchange exchange) throws IOException {
    long until = System.nanoTime() + options.connectTimeout().toNanos();
    boolean tls = isTls(uri.getScheme());
    int port = uri.getPort() < 0 ? port(uri.getScheme()) : uri.getPort();
    if (port > 65_535 && flaw != Flaw.BELIEVES_ANY_PORT) {
      throw new TransportException(FailureStage.CONNECT, "there is no such port");
    }
    if (uri.getRawUserInfo() != null && flaw != Flaw.DROPS_USER_INFORMATION) {
      throw new TransportException(FailureStage.CONNECT, "no user information, please");
    }
    Proxy proxy = proxy(uri);
    boolean direct = proxy.type() == Proxy.Type.DIRECT;
    InetAddress[] addresses = direct
        ? InetAddress.getAllByName(uri.getHost().replaceAll("[\\[\\]]", ""))
        : new InetAddress[] {((InetSocketAddress) proxy.address()).getAddress()};
    int to = direct ? port : ((InetSocketAddress) proxy.address()).getPort();
    Socket plain = connect(addresses, to, until, exchange);
    try {
      if (tls && !direct) {
        if (flaw != Flaw.WAITS_FOR_PROXIES) {
          plain.setSoTimeout(left(until));
        }
        tunnel(plain, uri, port);
      }
      Socket socket = plain;
      if (tls) {
        exchange.uses(plain, FailureStage.TLS);
        if (flaw != Flaw.WAITS_FOR_HANDSHAKES) {
          plain.setSoTimeout(left(until));
        }
        socket = shakeHands(plain, uri.getHost(), port);
      }
      plain.setSoTimeout(0);
      return new Line(plain, socket, key, !direct && !tls, flaw);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  @CanIgnoreReturnValue
  Proxy proxy(URI uri) {
    if (flaw == Flaw.IGNORES_PROXIES || options.proxy().isEmpty()) {
      return Proxy.NO_PROXY;
    }
    ProxySelector selector = options.proxy().get();
    Proxy proxy;
    try {
      proxy = selector.select(uri).get(0);
    } catch (RuntimeException | Error e) {
      if (flaw == Flaw.PASSES_FAILURES_OF_SELECTORS_ON) {
        throw e;
      }
      throw new TransportException(FailureStage.CONNECT, "the proxy selector failed");
    }
    if (proxy.type() != Proxy.Type.SOCKS) {
      return proxy;
    }
    if (flaw == Flaw.PASSES_SOCKS_PROXIES_OVER) {
      return Proxy.NO_PROXY;
    }
    throw new TransportException(FailureStage.CONNECT, "no SOCKS, please");
  }

  private Socket connect(InetAddress[] addresses, int port, long until, Exchange exchange)
      throws IOException {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket plain = new Socket();
      try {
        plain.setTcpNoDelay(true);
        exchange.uses(plain, FailureStage.CONNECT);
        plain.connect(
            new InetSocketAddress(address, port),
            flaw == Flaw.CONNECTS_WITHOUT_LIMIT ? 0 : left(until));
        return plain;
      } catch (IOException e) {
        plain.close();
        last = e;
        if (flaw == Flaw.TRIES_ONE_ADDRESS) {
          break;
        }
      }
    }
    throw last;
  }

  private void tunnel(Socket plain, URI uri, int port) throws IOException {
    String fields = flaw == Flaw.TELLS_PROXIES_ABOUT_REQUESTS ? "Referer: " + uri + "\r\n" : "";
    plain
        .getOutputStream()
        .write(Http1.bytes("CONNECT " + uri.getHost() + ":" + port + " HTTP/1.1\r\nHost: "
            + uri.getHost() + ":" + port + "\r\n" + fields + "\r\n"));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = plain.getInputStream().read();
      if (b < 0 || head.length() > 10_000) {
        throw new IOException("the proxy gave no answer");
      }
      head.append((char) b);
    }
    if (!head.toString().startsWith("HTTP/1.1 200")) {
      throw new TransportException(
          flaw == Flaw.TELLS_PROXY_AS_EXCHANGE ? FailureStage.EXCHANGE : FailureStage.CONNECT,
          "the proxy refused");
    }
  }

  private Socket shakeHands(Socket plain, String host, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    if (flaw != Flaw.CHECKS_NO_HOST) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() {
    try {
      if (flaw == Flaw.TRUSTS_EVERYBODY) {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Trusting()}, null);
        return trusting;
      }
      return flaw == Flaw.IGNORES_THE_CONTEXT || options.sslContext().isEmpty()
          ? SSLContext.getDefault()
          : options.sslContext().get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private int left(long until) throws SocketTimeoutException {
    long millis = (until - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("too late");
    }
    return (int)
        (flaw == Flaw.CONNECTS_ON_THE_CALLERS_THREAD ? Math.min(CALLER_MILLIS, millis) : millis);
  }

  synchronized void release(Line line) throws IOException {
    if (closed || flaw == Flaw.CLOSES_EVERY_CONNECTION) {
      line.close();
    } else {
      idle.push(line);
    }
  }

  /** Leaves a connection open for ever: what nobody held would be closed with the garbage. */
  synchronized void forget(Line line) {
    forgotten.add(line);
  }

  synchronized void close() {
    closed = true;
    notifyAll();
    for (Line line : List.copyOf(idle)) {
      try {
        line.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    idle.clear();
  }

  void waitForTheEnd() {
    Thread waiting = new Thread(this::awaitClosed, "socket-transport-cancelled");
    waiting.setDaemon(true);
    waiting.start();
  }

  private synchronized void awaitClosed() {
    try {
      while (!closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void breakDown() {
    broken = true;
  }

  synchronized void keepCookie(String value) {
    cookie = value;
  }

  synchronized String cookie() {
    return cookie;
  }

  /** Believes every certificate; the JDK still checks the host. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
