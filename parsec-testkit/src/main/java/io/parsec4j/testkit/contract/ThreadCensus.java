// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The threads that lived at one moment; tells which ones came afterwards and belong to neither JVM nor case. */
final class ThreadCensus {
  /** Shared by the whole JVM: whoever starts them does not own them. */
  private static final List<String> SHARED = List.of(
      "ForkJoinPool.commonPool-",
      "ForkJoinPool-delayScheduler",
      "CompletableFutureDelayScheduler",
      "Common-Cleaner",
      "Cleaner-",
      "Keep-Alive-",
      "process reaper",
      "junit-",
      "surefire-",
      "wire-",
      "contract-");

  private final Set<Thread> before;

  private ThreadCensus(Set<Thread> before) {
    this.before = before;
  }

  static ThreadCensus now() {
    return new ThreadCensus(Set.copyOf(Thread.getAllStackTraces().keySet()));
  }

  /** The threads of others that were not there before and live. */
  List<Thread> newcomers() {
    List<Thread> newcomers = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.isAlive() && !isShared(thread)) {
        newcomers.add(thread);
      }
    }
    return newcomers;
  }

  private static boolean isShared(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    // Threads of the JVM itself, such as compilers; libraries' threads are never in its group.
    boolean ofTheJvm = group == null || group.getName().equals("system");
    return ofTheJvm || SHARED.stream().anyMatch(thread.getName()::startsWith);
  }
}
