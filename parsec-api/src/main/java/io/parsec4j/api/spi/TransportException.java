// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.FailureStage;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The one failure of a {@link Transport}: no complete answer, and how far the exchange had come.
 *
 * <p>Neither the message nor a cause may carry a header value, a body or a query: libraries are known to repeat the
 * header value that they reject.
 */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How far the exchange had come. */
  private final FailureStage stage;

  /** The status of an answer that was cut off after its head, or 0. */
  private final int status;

  /** What that head says about trying again. */
  private final @Nullable String retryAfter;

  /**
   * Creates a failure without a cause.
   *
   * @param stage how far the exchange had come
   * @param message what happened, free of secrets, for example {@code connection refused}
   */
  public TransportException(FailureStage stage, String message) {
    this(stage, message, null, 0, null);
  }

  /**
   * Creates a failure.
   *
   * @param stage how far the exchange had come
   * @param message what happened, free of secrets, for example {@code connection refused}
   * @param cause what the HTTP library reported, provided that it is free of secrets
   */
  public TransportException(FailureStage stage, String message, Throwable cause) {
    this(stage, message, requireNonNull(cause, "cause"), 0, null);
  }

  private TransportException(
      FailureStage stage,
      String message,
      @Nullable Throwable cause,
      int status,
      @Nullable String retryAfter) {
    super(requireNonNull(message, "message"), cause);
    this.stage = requireNonNull(stage, "stage");
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /**
   * Creates the failure of an answer whose body was larger than allowed.
   *
   * @param maxResponseBytes the limit, in bytes
   * @param status the status code of the answer that was cut off
   * @param headers the headers of that answer
   * @return a failure of stage {@link FailureStage#TOO_LARGE} that tells the status and Retry-After
   */
  public static TransportException bodyTooLarge(int maxResponseBytes, int status, Headers headers) {
    requireNonNull(headers, "headers");
    return new TransportException(
        FailureStage.TOO_LARGE,
        "response body larger than " + maxResponseBytes + " bytes",
        null,
        status,
        headers.first("Retry-After").orElse(null));
  }

  /**
   * Creates the failure of an answer whose body was larger than allowed and whose headers are not known.
   *
   * @param maxResponseBytes the limit, in bytes
   * @param status the status code of the answer that was cut off
   * @return a failure of stage {@link FailureStage#TOO_LARGE} that tells the status
   */
  public static TransportException bodyTooLarge(int maxResponseBytes, int status) {
    return bodyTooLarge(maxResponseBytes, status, Headers.of());
  }

  /** {@return how far the exchange had come} */
  public FailureStage stage() {
    return stage;
  }

  /** {@return the header Retry-After of an answer that was cut off after its head; empty if it has none} */
  public Optional<String> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return the status of an answer that was cut off after its head; empty if no head was read} */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }
}
