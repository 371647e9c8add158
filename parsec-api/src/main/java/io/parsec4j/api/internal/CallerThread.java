// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread that waits for a synchronous call run the steps of that call: no pool that others block can delay it,
 * and the answer is decoded without another hand-over.
 */
final class CallerThread implements Executor {
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable step) {
    steps.add(step);
  }

  /** Waits for a step and runs it; returns whether one came in time. */
  boolean runNext(Duration patience) throws InterruptedException {
    Wait wait = new Wait(patience.toNanos());
    // A worker of the common pool that waits must be made up for by another one: the JDK's HTTP
    // client completes its futures there, and on two processors, from Java 25 on, one worker is all
    // there is.
    ForkJoinPool.managedBlock(wait);
    Runnable step = wait.step;
    if (step != null) {
      step.run();
    }
    return step != null;
  }

  private void runNext() throws InterruptedException {
    steps.take().run();
  }

  /** Runs the steps that are there, and further ones until the condition holds, whatever interrupts. */
  void runUntil(BooleanSupplier condition) {
    boolean interrupted = false;
    while (!steps.isEmpty() || !condition.getAsBoolean()) {
      try {
        runNext();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The wait for one step. */
  private final class Wait implements ForkJoinPool.ManagedBlocker {
    private final long nanos;
    private @Nullable Runnable step;

    Wait(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public boolean block() throws InterruptedException {
      step = steps.poll(nanos, TimeUnit.NANOSECONDS);
      return true;
    }

    @Override
    public boolean isReleasable() {
      if (step == null) {
        step = steps.poll();
      }
      return step != null;
    }
  }
}
