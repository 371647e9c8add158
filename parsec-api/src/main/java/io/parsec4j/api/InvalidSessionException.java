// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The service does not know the session, or it has ended: status 401 or 403 on a call that carries a session ID.
 *
 * <p>What to do: sign in again, and forget the session where it was stored.
 */
public final class InvalidSessionException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public InvalidSessionException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call, answer);
  }
}
