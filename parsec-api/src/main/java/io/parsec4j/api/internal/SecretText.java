// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Makes text from outside fit to be shown: without the secrets of the call, control characters and excess length. */
final class SecretText {
  private static final int MAX_LENGTH = 2_048;

  private final List<String> secrets;

  SecretText(List<String> secrets) {
    // The longest first, as a short secret may be a part of a long one.
    this.secrets = secrets.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .collect(Collectors.toList());
  }

  String blotOut(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[…]");
    }
    StringBuilder shown = new StringBuilder(Math.min(clean.length(), MAX_LENGTH));
    clean
        .codePoints()
        .limit(MAX_LENGTH)
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .takeWhile(c -> shown.length() + Character.charCount(c) <= MAX_LENGTH)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
