// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands steps to the user's executor. */
public final class Handover {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

  private Handover() {}

  /** Runs a step, which must not throw, once. */
  public static void run(Executor executor, Runnable step) {
    AtomicBoolean begun = new AtomicBoolean();
    Runnable once = () -> {
      if (begun.compareAndSet(false, true)) {
        step.run();
      }
    };
    try {
      executor.execute(once);
    } catch (RuntimeException | Error e) {
      // Most likely it was shut down before the client; a lost step would leave somebody waiting
      // for ever.
      LOG.log(
          Level.DEBUG,
          "the executor refused a step with " + e.getClass().getName()
              + "; it runs on the JDK's default executor");
      new CompletableFuture<Void>().defaultExecutor().execute(once);
    }
  }
}
