// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows values of requests without what is secret in them, for messages that end in the logs of builds. */
final class Masked {
  private static final String MASK = "…";
  private static final int MAX_SHOWN = 120;

  /** A name that contains one of these is that of a secret, also one that only a user's program sends. */
  private static final List<String> SECRET_NAMES = List.of(
      "auth",
      "code",
      "cookie",
      "credential",
      "hash",
      "key",
      "otp",
      "pass",
      "secret",
      "session",
      "tfa",
      "token");

  private Masked() {}

  /** Shows a value that the test itself expects. */
  static String expected(String name, String value) {
    return isSecret(name) ? MASK : printable(value);
  }

  /** Shows values that a request has, unless the request has one of them as a secret elsewhere. */
  static String actual(RecordedRequest request, String name, List<String> values) {
    Set<String> secrets = secrets(request);
    return values.stream()
        .map(value ->
            isSecret(name) || secrets.stream().anyMatch(value::contains) ? MASK : printable(value))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> secrets(RecordedRequest request) {
    Set<String> secrets = new HashSet<>();
    request.bodyFields().forEach((name, value) -> {
      if (isSecret(name)) {
        secrets.add(value);
      }
    });
    request.headers().forEach((name, value) -> {
      if (isSecret(name)) {
        secrets.add(value);
        secrets.add(value.replaceFirst("^Bearer +", ""));
      }
    });
    secrets.remove("");
    return secrets;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.stream().anyMatch(lower::contains);
  }

  private static String printable(String value) {
    String cut = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + MASK : value;
    return cut.codePoints()
        .mapToObj(c -> Character.isISOControl(c)
            ? String.format("\\u%04x", c)
            : new String(Character.toChars(c)))
        .collect(Collectors.joining());
  }
}
