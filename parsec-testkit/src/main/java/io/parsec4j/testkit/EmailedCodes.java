// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The codes that an account is sent by e-mail: of all that were made, the last is good, once and for a while. */
final class EmailedCodes {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private @Nullable String last;
  private Instant end = Instant.MIN;
  private boolean used;

  void make(Ids ids, Instant now) {
    String code = ids.sixDigits();
    while (code.equals(last)) {
      // The one before has to end, also if chance would have it again.
      code = ids.sixDigits();
    }
    last = code;
    end = now.plus(LIFETIME);
    used = false;
  }

  /** The code that is good at a moment. */
  Optional<String> goodAt(Instant now) {
    return Optional.ofNullable(last).filter(code -> !used && now.isBefore(end));
  }

  /** Takes a code if it is good; one that is not uses up nothing. */
  boolean take(String candidate, Instant now) {
    boolean good = goodAt(now).filter(candidate::equals).isPresent();
    used |= good;
    return good;
  }
}
