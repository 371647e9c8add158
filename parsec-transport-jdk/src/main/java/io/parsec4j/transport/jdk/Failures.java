// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in the words of the contract how an exchange of the JDK's client failed. */
final class Failures {
  private static final int MAX_CAUSES = 16;

  /** What the JDK says in a plain SSLException of the handshake; others come from a connection that stood. */
  private static final List<String> HANDSHAKE_TEXTS =
      List.of("handshake", "unrecognized ssl message", "received fatal alert");

  private Failures() {}

  static TransportException translate(Throwable failure, URI uri, boolean bodyOpened) {
    Throwable cause = unwrap(failure);
    Optional<TransportException> ours = find(cause, TransportException.class);
    if (ours.isPresent()) {
      return ours.get();
    }
    // Never the authority, which may hold a password.
    String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    if (cause instanceof HttpConnectTimeoutException) {
      return failure(
          FailureStage.TIMEOUT, "no connection to " + host + " within the connect limit", cause);
    }
    if (find(cause, UnresolvedAddressException.class).isPresent()
        || find(cause, UnknownHostException.class).isPresent()) {
      return failure(FailureStage.CONNECT, "the host name " + host + " is not known", cause);
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return failure(FailureStage.CONNECT, "no connection to " + host, cause);
    }
    if (isHandshake(cause)) {
      return failure(FailureStage.TLS, "the TLS handshake with " + host + " failed", cause);
    }
    String text = text(cause);
    if (text.startsWith("tunnel failed") || text.contains("proxy authentication")) {
      return failure(FailureStage.CONNECT, "the proxy refused the connection to " + host, cause);
    }
    if (cause instanceof ProtocolException && text.contains("header size")) {
      return failure(FailureStage.TOO_LARGE, "response head too large", cause);
    }
    if (cause instanceof SocketException || cause instanceof IOException) {
      return failure(FailureStage.EXCHANGE, "the exchange with " + host + " broke off", cause);
    }
    if (cause instanceof Error) {
      return error((Error) cause, host, bodyOpened);
    }
    return failure(FailureStage.EXCHANGE, "the answer of " + host + " is not HTTP", cause);
  }

  /** Measured: where there is no file descriptor for a socket, the JDK's client throws an InternalError. */
  private static TransportException error(Error error, String host, boolean bodyOpened) {
    @Nullable Throwable cause = error.getCause();
    if (error instanceof InternalError && cause instanceof IOException && !bodyOpened) {
      return failure(FailureStage.CONNECT, "no connection to " + host, cause);
    }
    return new TransportException(
        FailureStage.EXCHANGE, "the exchange with " + host + " failed (" + kind(error) + ")");
  }

  /**
   * Returns whether the answer was one that the JDK's client gives up without closing the socket. Measured: it closes that
   * of an exchange that is cancelled, and that of an answer which this transport refuses or cuts off.
   */
  static boolean leavesSocketOpen(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (find(cause, TransportException.class).isPresent()
        || cause instanceof CancellationException) {
      return false;
    }
    return cause instanceof ProtocolException || cause instanceof RuntimeException;
  }

  private static boolean isHandshake(Throwable cause) {
    return find(cause, SSLHandshakeException.class).isPresent()
        || find(cause, SSLPeerUnverifiedException.class).isPresent()
        || find(cause, SSLException.class)
            .filter(refusal -> HANDSHAKE_TEXTS.stream().anyMatch(text(refusal)::contains))
            .isPresent();
  }

  /**
   * Texts of a protocol error or an illegal argument may repeat what was received or sent, so that they are not passed
   * on; those of other I/O errors do not.
   */
  private static TransportException failure(FailureStage stage, String message, Throwable cause) {
    String text = message + " (" + kind(cause) + ")";
    return find(cause, ProtocolException.class).isPresent()
            || find(cause, RuntimeException.class).isPresent()
        ? new TransportException(stage, text)
        : new TransportException(stage, text, cause);
  }

  private static String kind(Throwable cause) {
    return cause.getClass().getSimpleName();
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    for (int i = 0; i < MAX_CAUSES; i++) {
      @Nullable Throwable cause = inner.getCause();
      if (cause == null
          || !(inner instanceof CompletionException || inner instanceof ExecutionException)) {
        break;
      }
      inner = cause;
    }
    return inner;
  }

  private static <E extends Throwable> Optional<E> find(Throwable failure, Class<E> type) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
