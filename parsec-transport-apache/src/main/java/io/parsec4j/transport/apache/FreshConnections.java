// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Gives each exchange a connection of its own and keeps none.
 *
 * <p>In place of the library's pool: a second answer left on a pooled connection became the answer of the next request
 * (measured with HttpClient 5.6.5: 316 of 320), and a pool knows nothing of the exchange whose limits apply. Nor do
 * these connections print heads and bodies when somebody turns the library's wire log on.
 */
final class FreshConnections implements HttpClientConnectionManager {
  private final Dialer dialer;

  FreshConnections(Dialer dialer) {
    this.dialer = dialer;
  }

  @Override
  public LeaseRequest lease(
      String id, HttpRoute route, Timeout requestTimeout, @Nullable Object state) {
    return new Lease(route);
  }

  @Override
  public void connect(
      ConnectionEndpoint endpoint, @Nullable TimeValue connectTimeout, HttpContext context)
      throws IOException {
    Endpoint fresh = (Endpoint) endpoint;
    Exchange exchange = Exchange.of(context);
    HttpHost proxy = fresh.route.getProxyHost();
    HttpHost next = proxy == null ? fresh.route.getTargetHost() : proxy;
    fresh.bind(exchange, dialer.dial(exchange, next.getHostName(), next.getPort()));
    if (proxy == null && fresh.route.isSecure()) {
      upgrade(endpoint, context);
    }
  }

  @Override
  public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
    Endpoint fresh = (Endpoint) endpoint;
    HttpHost target = fresh.route.getTargetHost();
    fresh.secure(dialer, target.getHostName(), target.getPort());
  }

  @Override
  public void release(
      ConnectionEndpoint endpoint, @Nullable Object newState, @Nullable TimeValue validDuration) {
    endpoint.close(CloseMode.GRACEFUL);
  }

  /** Does nothing: the library calls this when an exchange ends in an Error, which is no reason to end the others. */
  @Override
  public void close(CloseMode mode) {}

  /** Does nothing: no connection outlives its exchange. */
  @Override
  public void close() {}

  /** Hands out a new endpoint at once. */
  private static final class Lease implements LeaseRequest {
    private final HttpRoute route;

    Lease(HttpRoute route) {
      this.route = route;
    }

    @Override
    public ConnectionEndpoint get(Timeout timeout) {
      return new Endpoint(route);
    }

    @Override
    public boolean cancel() {
      return false;
    }
  }

  /** Speaks HTTP. */
  private static final class Connection extends DefaultBHttpClientConnection {
    Connection() {
      super(HeadParser.LIMITS, null, null, null, null, null, limits -> new HeadParser());
    }

    @Override
    protected InputStream createContentInputStream(
        long length, SessionInputBuffer buffer, InputStream in) {
      return super.createContentInputStream(
          length, buffer, length == ContentLengthStrategy.CHUNKED ? new EndlessInput(in) : in);
    }
  }

  /**
   * Fails where it ends. Chunks say themselves when they are over, and the library does not always notice when they do not:
   * it takes a missing end of the trailer, and at times a cut chunk, for the end of the body.
   */
  private static final class EndlessInput extends FilterInputStream {
    EndlessInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      if (read < 0) {
        throw new ConnectionClosedException("chunks cut off");
      }
      return read;
    }
  }

  /** The one connection of one exchange. */
  private static final class Endpoint extends ConnectionEndpoint {
    private final HttpRoute route;
    private final Connection connection = new Connection();
    private volatile @Nullable Exchange exchange;
    private volatile @Nullable Socket socket;

    Endpoint(HttpRoute route) {
      this.route = route;
    }

    void bind(Exchange owner, Socket connected) throws IOException {
      exchange = owner;
      socket = connected;
      connection.bind(connected);
    }

    void secure(Dialer dialer, String host, int port) throws IOException {
      Socket connected = socket;
      if (connected == null) {
        throw new IOException("not connected");
      }
      SSLSocket secured = dialer.secure(connected, host, port);
      socket = secured;
      connection.bind(secured, connected);
    }

    @Override
    public ClassicHttpResponse execute(
        String id, ClassicHttpRequest request, RequestExecutor executor, HttpContext context)
        throws IOException, HttpException {
      return executor.execute(request, connection, context);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library's class all the same
    public ClassicHttpResponse execute(
        String id, ClassicHttpRequest request, HttpRequestExecutor executor, HttpContext context)
        throws IOException, HttpException {
      return executor.execute(request, connection, context);
    }

    @Override
    public boolean isConnected() {
      return socket != null;
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
      connection.setSocketTimeout(timeout);
    }

    @Override
    public void close(CloseMode mode) {
      close();
    }

    @Override
    public void close() {
      Socket open = socket;
      socket = null;
      Exchange owner = exchange;
      // Once cut, the bare connection is closed already, and taking leave of the peer could block.
      if (open != null && owner != null && !owner.isCut()) {
        Closer.closeQuietly(open);
      }
    }
  }
}
