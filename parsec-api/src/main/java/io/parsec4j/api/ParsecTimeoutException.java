// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

/**
 * A time limit ended the call; {@link #limit()} tells which one.
 *
 * <p>What to do: raise that limit ({@code timeout}, {@code attemptTimeout}, or {@code connectTimeout} of the transport),
 * or try again later.
 */
public final class ParsecTimeoutException extends ParsecTransportException {
  private static final long serialVersionUID = 1L;

  /** The limit that was reached. */
  private final Limit limit;

  /** The limits in time of a call. */
  public enum Limit {
    /** The transport's limit for name look-up, connection, proxy and TLS handshake. */
    CONNECT,
    /** The limit for one attempt. */
    ATTEMPT,
    /** The limit for the whole call, with all its attempts and waits. */
    TOTAL
  }

  /**
   * Creates a failure without a cause.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param limit which limit was reached
   */
  public ParsecTimeoutException(String message, CallDetails call, Limit limit) {
    super(message, call, FailureStage.TIMEOUT);
    this.limit = requireNonNull(limit, "limit");
  }

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param limit which limit was reached
   * @param cause what led to it, free of secrets
   */
  public ParsecTimeoutException(String message, CallDetails call, Limit limit, Throwable cause) {
    super(message, call, FailureStage.TIMEOUT, cause);
    this.limit = requireNonNull(limit, "limit");
  }

  /** {@return which limit was reached} */
  public Limit limit() {
    return limit;
  }
}
