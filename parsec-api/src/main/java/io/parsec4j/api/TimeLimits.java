// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The rule for limits in time: there is always one, and it is finite. */
final class TimeLimits {
  private static final Duration MAX = Duration.ofDays(1);

  private TimeLimits() {}

  static Duration check(String name, Duration limit) {
    requireNonNull(limit, "timeout");
    if (limit.isZero() || limit.isNegative() || limit.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + " must be positive and at most " + MAX + ", was "
          + limit + "; there is no endless call");
    }
    return limit;
  }
}
