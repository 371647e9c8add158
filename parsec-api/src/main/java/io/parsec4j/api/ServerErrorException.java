// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The service failed: a status from 500 to 599.
 *
 * <p>What to do: try again later.
 */
public final class ServerErrorException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public ServerErrorException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call, answer);
  }
}
