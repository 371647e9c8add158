// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.util.concurrent.Executor;

/** Where tests wait: a thread for each wait, because the common pool, which the library uses, may have one alone. */
public final class Waiting {
  /** Starts a thread for each task. */
  public static final Executor THREADS = wait -> new Thread(wait, "waiting").start();

  private Waiting() {}
}
