// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

/**
 * An answer that is not what a codec was to read.
 *
 * <p>The message says where and what was expected (a field, a kind, a position) and never repeats a value; there is no
 * cause, because the errors of JSON libraries quote what they read.
 */
public final class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an error.
   *
   * @param message field, position or rule, and never a value of the input
   */
  public CodecException(String message) {
    super(requireNonNull(message, "message"));
  }
}
