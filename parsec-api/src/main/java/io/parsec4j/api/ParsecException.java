// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A call that failed. The subclasses tell why; this class itself stands for a call that ended because the client was
 * closed.
 *
 * <p>Attempts before the last one are {@linkplain #getSuppressed() suppressed exceptions}. Neither the messages nor the
 * causes carry a password, a code, a key, a session ID or the body of an answer.
 */
public class ParsecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The call. */
  private final Operation operation;

  /** How many requests were begun. */
  private final int attempts;

  /** The time since the call began. */
  private final Duration elapsed;

  /**
   * Creates a failure without a cause.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   */
  public ParsecException(String message, CallDetails call) {
    super(requireNonNull(message, "message"));
    this.operation = requireNonNull(call, "call").operation();
    this.attempts = call.attempts();
    this.elapsed = call.elapsed();
  }

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param cause what led to it, free of secrets
   */
  public ParsecException(String message, CallDetails call, Throwable cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
    this.operation = requireNonNull(call, "call").operation();
    this.attempts = call.attempts();
    this.elapsed = call.elapsed();
  }

  /** {@return the call} */
  public Operation operation() {
    return operation;
  }

  /** {@return how many requests were begun, 0 or more} */
  public int attempts() {
    return attempts;
  }

  /** {@return the time from the beginning of the call to its failure} */
  public Duration elapsed() {
    return elapsed;
  }
}
