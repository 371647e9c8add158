// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * An auth code will not become a session: the user denied it, or the service does not know it. Status 401 or 403 on the
 * question whether it was approved.
 *
 * <p>What to do: tell the user; if they want to try again, request a new code.
 */
public final class AuthCodeDeniedException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public AuthCodeDeniedException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call, answer);
  }
}
