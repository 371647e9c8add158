// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The time of the JVM, on the timer that the JDK keeps for its futures: no thread of our own. */
final class WallTimer implements Timer {
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
    CompletableFuture<Boolean> due = new CompletableFuture<Boolean>()
        .completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
    CompletionStage<Void> run = due.thenAccept(fired -> {
      if (fired) {
        task.run();
      }
    });
    // Only a future that completes normally takes its entry out of the JDK's timer (JDK-8303742).
    return () -> {
      if (!run.toCompletableFuture().isDone()) {
        due.complete(false);
      }
    };
  }
}
