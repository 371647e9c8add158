// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a wait, in real time. */
final class Deadline {
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline after(Duration span) {
    return new Deadline(
        System.nanoTime() + (span.compareTo(FOREVER) > 0 ? FOREVER : span).toNanos());
  }

  /** Waits on the monitor, which the caller holds, until it is woken; returns false if the time is over. */
  boolean waitsFor(Object monitor) throws InterruptedException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedWait(monitor, left);
    return true;
  }
}
