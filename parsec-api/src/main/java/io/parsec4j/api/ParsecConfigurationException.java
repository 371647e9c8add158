// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

/**
 * A client or a session store that cannot be built: no transport or codec was found, several are equally good, an
 * address is unusable, or something needed was not told. The message names every candidate and the remedies.
 */
public final class ParsecConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param message what is wrong, and what to do
   */
  public ParsecConfigurationException(String message) {
    super(requireNonNull(message, "message"));
  }

  /**
   * Creates a failure.
   *
   * @param message what is wrong, and what to do
   * @param cause what led to it
   */
  public ParsecConfigurationException(String message, Throwable cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
  }
}
