// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The rule for secrets that the service makes: any visible ASCII, compared in constant time, never repeated. */
final class OpaqueText {
  private static final int MAX_LENGTH = 4_096;

  private OpaqueText() {}

  static String check(String name, String text) {
    requireNonNull(text, name);
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          name + " must have 1 to " + MAX_LENGTH + " characters, has " + text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException(name + " must be visible ASCII, the character at index "
            + i + " is not; was a line break stored with it?");
      }
    }
    return text;
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
