// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The calling thread was interrupted while it waited; the exchange was aborted and the thread's interrupt flag is set.
 */
public final class ParsecInterruptedException extends ParsecException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   */
  public ParsecInterruptedException(String message, CallDetails call) {
    super(message, call);
  }
}
