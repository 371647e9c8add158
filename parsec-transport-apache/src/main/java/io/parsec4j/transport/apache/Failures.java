// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Says what a failure of the libraries means, in words of our own: theirs quote header fields.
 *
 * <p>The JDK's exceptions about sockets and TLS name hosts and certificates only and are kept as causes; those of the
 * Apache libraries are not.
 */
final class Failures {
  private Failures() {}

  /**
   * Translates a failure.
   *
   * @param failure what was thrown
   * @param peer host and port
   * @param begun whether a byte of the request may have left
   */
  static TransportException of(Throwable failure, String peer, boolean begun) {
    if (failure instanceof TransportException) {
      return (TransportException) failure;
    }
    return begun ? exchange(failure, peer) : connection(failure, peer);
  }

  private static TransportException connection(Throwable failure, String peer) {
    String kind = failure.getClass().getSimpleName();
    if (failure instanceof InterruptedIOException) {
      return new TransportException(
          FailureStage.TIMEOUT, "no connection to " + peer + " in time: " + kind);
    }
    if (failure instanceof SSLException) {
      return with(failure, FailureStage.TLS, "TLS handshake with " + peer + " failed");
    }
    return with(failure, FailureStage.CONNECT, "no connection to " + peer + ": " + kind);
  }

  private static TransportException exchange(Throwable failure, String peer) {
    if (failure instanceof MessageConstraintException) {
      return new TransportException(
          FailureStage.TOO_LARGE,
          "the answer of " + peer + " has a head or a line larger than allowed");
    }
    if (failure instanceof InterruptedIOException) {
      return new TransportException(FailureStage.TIMEOUT, peer + " did not answer in time");
    }
    if (failure instanceof NoHttpResponseException) {
      return new TransportException(
          FailureStage.EXCHANGE, peer + " closed the connection without an answer");
    }
    if (failure instanceof ConnectionClosedException) {
      return new TransportException(
          FailureStage.EXCHANGE, "the answer of " + peer + " was cut off");
    }
    if (failure instanceof SSLException || failure instanceof SocketException) {
      return with(failure, FailureStage.EXCHANGE, "the connection to " + peer + " broke");
    }
    if (failure instanceof ClientProtocolException && failure.getCause() instanceof HttpException) {
      return malformed(peer, failure.getCause());
    }
    return malformed(peer, failure);
  }

  private static TransportException malformed(String peer, Throwable failure) {
    return new TransportException(
        FailureStage.EXCHANGE,
        "the exchange with " + peer + " failed: " + failure.getClass().getSimpleName());
  }

  private static TransportException with(Throwable failure, FailureStage stage, String message) {
    String type = failure.getClass().getName();
    return type.startsWith("java.") || type.startsWith("javax.")
        ? new TransportException(stage, message, failure)
        : new TransportException(stage, message);
  }
}
