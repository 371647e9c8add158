// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import io.parsec4j.api.internal.SystemTimer;
import java.time.Duration;
import java.time.Instant;

/**
 * Where time and randomness come from, in one place, so that everything that waits can be tested in virtual time
 * ({@code ManualTimer} of {@code parsec-testkit}).
 */
public interface Timer {

  /** {@return the JVM's clocks and random numbers, which a client uses unless told otherwise; starts no thread} */
  static Timer system() {
    return new SystemTimer();
  }

  /** {@return a reading in nanoseconds of a clock that never goes back; only differences have a meaning} */
  long nanoTime();

  /** {@return the time of day, against which a date in Retry-After and the expiry of an auth code are read} */
  Instant now();

  /** {@return a random number from 0 (inclusive) to 1 (exclusive) that spreads back-off; need not be unguessable} */
  double random();

  /**
   * Runs a short task once after a delay, on a thread that the task may hold only for moments.
   *
   * @param delay zero or positive
   * @param task what to run, which should not throw; the JVM's timer goes on after one that does, and logs a warning with
   *     the class of what it threw
   * @return takes the task back if it has not begun; a task that was taken back is not retained
   */
  Task schedule(Duration delay, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Task {

    /** Takes the task back if it has not begun; may be called again. */
    void cancel();
  }
}
