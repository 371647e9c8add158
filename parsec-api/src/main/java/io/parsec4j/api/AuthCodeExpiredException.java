// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The life of an auth code ended, and nobody had approved it. What went wrong with single questions meanwhile are
 * {@linkplain #getSuppressed() suppressed exceptions}.
 *
 * <p>What to do: request a new code and show that to the user.
 */
public final class AuthCodeExpiredException extends ParsecException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure without a cause.
   *
   * @param message what happened, free of secrets
   * @param call the wait: how many questions were answered or failed, and how long it took
   */
  public AuthCodeExpiredException(String message, CallDetails call) {
    super(message, call);
  }

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call the wait: how many questions were answered or failed, and how long it took
   * @param cause what led to it, free of secrets: the service's refusal of the code
   */
  public AuthCodeExpiredException(String message, CallDetails call, Throwable cause) {
    super(message, call, cause);
  }
}
