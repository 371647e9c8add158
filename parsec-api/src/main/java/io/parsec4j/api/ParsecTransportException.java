// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

/**
 * No usable answer came back: the network, the TLS handshake or HTTP itself failed.
 *
 * <p>What to do: check the connection, the proxy and the address; for {@link FailureStage#TLS} the certificates that the
 * machine trusts. Whether the service has acted on a request that failed in stage {@link FailureStage#EXCHANGE} or
 * {@link FailureStage#TIMEOUT} is not known.
 */
public class ParsecTransportException extends ParsecException {
  private static final long serialVersionUID = 1L;

  /** How far the exchange had come. */
  private final FailureStage stage;

  /**
   * Creates a failure without a cause.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param stage how far the exchange had come
   */
  public ParsecTransportException(String message, CallDetails call, FailureStage stage) {
    super(message, call);
    this.stage = requireNonNull(stage, "stage");
  }

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param stage how far the exchange had come
   * @param cause what led to it, free of secrets
   */
  public ParsecTransportException(
      String message, CallDetails call, FailureStage stage, Throwable cause) {
    super(message, call, cause);
    this.stage = requireNonNull(stage, "stage");
  }

  /** {@return how far the exchange had come} */
  public FailureStage stage() {
    return stage;
  }
}
