// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.time.Instant;

/** The system's timer, for which long waits are over at once; {@link Way#APPROVAL} has one. */
final class HastyTimer implements Timer {
  static final Duration LONG = Duration.ofMinutes(20);

  private final Timer system = Timer.system();

  @Override
  public long nanoTime() {
    return system.nanoTime();
  }

  @Override
  public Instant now() {
    return system.now();
  }

  @Override
  public double random() {
    return system.random();
  }

  @Override
  public Task schedule(Duration delay, Runnable task) {
    return system.schedule(delay.compareTo(LONG) < 0 ? delay : Duration.ZERO, task);
  }
}
