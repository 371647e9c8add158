// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The system's timer, for which long waits are over at once, {@link Way#APPROVAL} has one, and the others when a test says
 * so: a stall ends as soon as the server stalls, however fast the machine is.
 */
final class HastyTimer implements Timer {
  static final Duration LONG = Duration.ofMinutes(20);

  private final Timer system = Timer.system();
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

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
    if (delay.compareTo(LONG) >= 0) {
      return system.schedule(Duration.ZERO, task);
    }
    Wait wait = new Wait(task);
    waits.add(wait);
    Task end = system.schedule(delay, wait::end);
    return () -> {
      waits.remove(wait);
      end.cancel();
    };
  }

  /** Ends what waits now, such as the limit of an attempt. */
  void endWaits() {
    // A copy, because the end of one may begin the next call.
    List.copyOf(waits).forEach(Wait::end);
  }

  private final class Wait {
    private final Runnable task;

    Wait(Runnable task) {
      this.task = task;
    }

    void end() {
      if (waits.remove(this)) {
        task.run();
      }
    }
  }
}
