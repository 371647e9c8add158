// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

/** A command that was called wrongly; the message is the one line that its user sees. */
final class WrongUsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsageException(String message) {
    super(message);
  }
}
