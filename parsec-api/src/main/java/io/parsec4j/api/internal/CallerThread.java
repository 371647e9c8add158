// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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
    Runnable step = steps.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
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
}
