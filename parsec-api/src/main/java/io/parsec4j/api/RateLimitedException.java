// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The service was called too often: status 429.
 *
 * <p>What to do: wait for {@link #retryAfter()}, or at least some seconds.
 */
public final class RateLimitedException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public RateLimitedException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call, answer);
  }
}
