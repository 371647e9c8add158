// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: name look-up, TCP with one address after the other, TLS.
 *
 * <p>The library's own code for this limits each of these steps for itself, obeys {@code socksProxyHost} whatever the
 * proxy settings say, and waits for the peer when it closes a TLS connection.
 */
final class Dialer {
  private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  private final NameService names;
  private final SSLContext context;
  private final String[] versions;
  private final HostnameVerifier verifier = new DefaultHostnameVerifier();

  /** Looks up the addresses of a host. */
  @FunctionalInterface
  interface NameService {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  Dialer(NameService names, Optional<SSLContext> context) {
    this.names = names;
    this.context = context.orElseGet(Dialer::contextOfTheJvm);
    this.versions = Arrays.stream(this.context.getDefaultSSLParameters().getProtocols())
        .filter(TLS_VERSIONS::contains)
        .toArray(String[]::new);
    if (versions.length == 0) {
      throw new IllegalArgumentException("sslContext must have TLSv1.2 or TLSv1.3 enabled");
    }
  }

  private static SSLContext contextOfTheJvm() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM has no usable default SSLContext", e);
    }
  }

  /**
   * Connects to the first address that answers.
   *
   * @throws TransportException of stage CONNECT or TIMEOUT if none does
   */
  Socket dial(Exchange exchange, String host, int port) {
    List<InetSocketAddress> addresses = exchange.socks().address() == null
        ? lookUp(host, port)
        // The proxy looks the name up.
        : List.of(InetSocketAddress.createUnresolved(host, port));
    IOException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      // Not a plain Socket: it would obey the property socksProxyHost.
      Socket socket = new Socket(exchange.socks());
      try {
        exchange.hold(socket);
        socket.setTcpNoDelay(true);
        // A dead address must not use up the time of those behind it.
        long share = exchange.connectNanosLeft() / (addresses.size() - i);
        socket.connect(addresses.get(i), (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)));
        return socket;
      } catch (IOException e) {
        Closer.closeQuietly(socket);
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw unreachable(failure, host + ":" + port);
  }

  private List<InetSocketAddress> lookUp(String host, int port) {
    try {
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (InetAddress address : names.addresses(host)) {
        addresses.add(new InetSocketAddress(address, port));
      }
      return addresses;
    } catch (UnknownHostException e) {
      throw new TransportException(FailureStage.CONNECT, "unknown host " + host, e);
    }
  }

  private static TransportException unreachable(@Nullable IOException failure, String peer) {
    if (failure == null) {
      return new TransportException(FailureStage.CONNECT, "no address for " + peer);
    }
    return failure instanceof InterruptedIOException
        ? new TransportException(
            FailureStage.TIMEOUT, "no connection to " + peer + " in time", failure)
        : new TransportException(
            FailureStage.CONNECT,
            "no connection to " + peer + ": " + failure.getMessage(),
            failure);
  }

  /**
   * Speaks TLS over a connection.
   *
   * @throws TransportException of stage TLS if the handshake fails or the certificate is not one for this host
   */
  SSLSocket secure(Socket connection, String host, int port) {
    String peer = host + ":" + port;
    try {
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(connection, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(versions);
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // Once more, because a trust manager handed in may ignore what the parameters ask for.
      if (!verifier.verify(host, socket.getSession())) {
        throw new SSLPeerUnverifiedException("the certificate is not one for this host");
      }
      return socket;
    } catch (SSLException e) {
      throw new TransportException(FailureStage.TLS, "TLS handshake with " + peer + " failed", e);
    } catch (IOException e) {
      throw new TransportException(
          FailureStage.TLS, "TLS handshake with " + peer + " broke off", e);
    } catch (RuntimeException e) {
      // From a context handed in; its text is not ours to pass on.
      throw new TransportException(
          FailureStage.TLS,
          "TLS handshake with " + peer + " failed: " + e.getClass().getSimpleName());
    }
  }
}
