// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.spi.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The time of the JVM, on the timer that the JDK keeps for its futures: no thread of our own. */
public final class SystemTimer implements Timer {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public Task schedule(Duration delay, Runnable task) {
    CompletableFuture<Boolean> due = new CompletableFuture<>();
    // Before the time is set, so that it is never the caller's thread that runs the task.
    CompletionStage<Boolean> outcome = due;
    outcome.thenAccept(fired -> {
      if (fired) {
        run(task);
      }
    });
    CompletionStage<Boolean> unused =
        due.completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
    // Before JDK 21 only a future that completes normally takes its entry out of the JDK's timer
    // (JDK-8303742), and delayedExecutor never does.
    return () -> due.complete(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      // The JDK's future would keep it to itself.
      LOG.log(Level.WARNING, "a task of the timer threw " + e.getClass().getName());
    }
  }
}
