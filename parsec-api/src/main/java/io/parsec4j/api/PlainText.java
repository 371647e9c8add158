// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** The rule for names that people write or read: something to see, nothing that moves a cursor, all of it UTF-8. */
final class PlainText {
  private PlainText() {}

  static String check(String name, String text) {
    requireNonNull(text, name);
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " must not be blank or have control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(name + " must be well-formed Unicode");
    }
    return text;
  }
}
