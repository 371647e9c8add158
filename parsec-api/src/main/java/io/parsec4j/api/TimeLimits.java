// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The rules for limits in time: there is always one, and it is finite; and for what is done again and again. */
final class TimeLimits {
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
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

  static Duration checkInterval(Duration interval) {
    requireNonNull(interval, "interval");
    if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("interval must be from " + MIN_INTERVAL + " to " + MAX
          + ", was " + interval + "; the service limits how often it is called");
    }
    return interval;
  }
}
