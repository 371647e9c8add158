// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The service refused the sign-in: wrong e-mail address, password or two-factor code, it does not say which; or it
 * refused the API key of an enterprise session. Status 401, or 403 without a demand for a code.
 *
 * <p>What to do: ask the user again, or check the key. Do not repeat the same credentials: the account may be locked.
 */
public final class InvalidCredentialsException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public InvalidCredentialsException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call, answer);
  }
}
