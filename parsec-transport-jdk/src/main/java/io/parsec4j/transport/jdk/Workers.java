// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which exchanges begin, and others on which the JDK's client does TLS and hands over bodies: few, daemon, and
 * gone when idle. The JDK's own default grows with the number of exchanges.
 */
final class Workers {
  private static final int THREADS = 8;
  private static final int IDLE_SECONDS = 10;

  private Workers() {}

  /** For the JDK's client. */
  static ExecutorService create() {
    return create("parsec4j-jdk-");
  }

  /** For proxy selectors and name look-ups, which may block: what is in flight must not wait for them. */
  static ExecutorService forStarting() {
    return create("parsec4j-jdk-start-");
  }

  /** Runs what a thread of either kind hands over right there, as another one would only have to be woken. */
  static Executor inPlaceOr(Executor others) {
    return task -> {
      if (Thread.currentThread() instanceof Worker) {
        task.run();
      } else {
        others.execute(task);
      }
    };
  }

  private static ExecutorService create(String name) {
    ThreadPoolExecutor workers = new ThreadPoolExecutor(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        threads(name));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> new Worker(task, name + number.incrementAndGet());
  }

  /** Keeps neither thread locals nor the class loader of whoever happens to call first alive. */
  private static final class Worker extends Thread {
    Worker(Runnable task, String name) {
      super(null, task, name, 0, false);
      setContextClassLoader(Workers.class.getClassLoader());
      setDaemon(true);
    }
  }
}
