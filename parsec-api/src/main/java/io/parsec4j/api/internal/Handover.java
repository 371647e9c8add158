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

  /**
   * Runs a step, which must not throw, or, if the executor has not come to it within a time, what is to be done then on
   * the thread of the timer; one of the two, once. For the code of users, which must run nowhere else.
   */
  public static void runWithin(
      Duration limit, Executor executor, Timer timer, Runnable step, Runnable late) {
    AtomicBoolean decided = new AtomicBoolean();
    Timer.Task alarm = schedule(timer, limit, unlessDone(decided, late));
    runOnce(executor, () -> {
      alarm.cancel();
      unlessDone(decided, step).run();
    });
  }

  private static Timer.Task backstop(Timer timer, Runnable once) {
    return schedule(timer, LONGEST_WAIT, () -> runElsewhere(once));
  }

  private static Timer.Task schedule(Timer timer, Duration delay, Runnable task) {
    try {
      return timer.schedule(delay, task);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the timer threw " + e.getClass().getName());
      return () -> {};
    }
  }

  private static Runnable once(Runnable step) {
    return unlessDone(new AtomicBoolean(), step);
  }

  private static Runnable unlessDone(AtomicBoolean done, Runnable step) {
    return () -> {
      if (done.compareAndSet(false, true)) {
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
