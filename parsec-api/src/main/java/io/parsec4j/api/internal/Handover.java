// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.spi.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands steps to the user's executor. */
public final class Handover {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private Handover() {}

  /**
   * Returns the common pool. The default executor of {@link CompletableFuture} is the same from Java 25 on; before, where
   * there are two processors, it starts a thread for each step instead, which costs more than a whole call.
   */
  public static Executor commonExecutor() {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        ? ForkJoinPool.commonPool()
        : new CompletableFuture<Void>().defaultExecutor();
  }

  /** Runs a step, which must not throw, once. */
  public static void run(Executor executor, Runnable step) {
    runOnce(executor, once(step));
  }

  /**
   * Runs a step, which must not throw, once and in any case: elsewhere if the executor does not come to it, be it that
   * it drops what it has taken or that all its threads are blocked.
   */
  public static void runLast(Executor executor, Timer timer, Runnable step) {
    Runnable once = once(step);
    Timer.Task backstop = backstop(timer, once);
    runOnce(executor, () -> {
      backstop.cancel();
      once.run();
    });
  }

  private static Timer.Task backstop(Timer timer, Runnable once) {
    try {
      return timer.schedule(LONGEST_WAIT, () -> runElsewhere(once));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the timer threw " + e.getClass().getName());
      return () -> {};
    }
  }

  private static Runnable once(Runnable step) {
    AtomicBoolean begun = new AtomicBoolean();
    return () -> {
      if (begun.compareAndSet(false, true)) {
        step.run();
      }
    };
  }

  private static void runOnce(Executor executor, Runnable once) {
    try {
      executor.execute(once);
    } catch (RuntimeException | Error e) {
      // Most likely it was shut down before the client; a lost step would leave somebody waiting
      // for ever.
      LOG.log(
          Level.DEBUG,
          "the executor refused a step with " + e.getClass().getName()
              + "; it runs on the JDK's default executor");
      runElsewhere(once);
    }
  }

  private static void runElsewhere(Runnable once) {
    new CompletableFuture<Void>().defaultExecutor().execute(once);
  }
}
