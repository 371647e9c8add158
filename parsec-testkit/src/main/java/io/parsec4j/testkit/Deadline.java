// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
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
    // A worker of the common pool that waits must be made up for by another one: clients run there
    // by default, on two processors it has one worker, and jqwik shrinks there.
    ForkJoinPool.managedBlock(new Wait(monitor, left));
    return true;
  }

  private static final class Wait implements ForkJoinPool.ManagedBlocker {
    private final Object monitor;
    private final long nanos;
    private boolean over;

    Wait(Object monitor, long nanos) {
      this.monitor = monitor;
      this.nanos = nanos;
    }

    @Override
    public boolean block() throws InterruptedException {
      TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
      over = true;
      return true;
    }

    @Override
    public boolean isReleasable() {
      return over;
    }
  }
}
