// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which the JDK's client looks up names, does TLS and hands over bodies, and others on which proxy selectors are
 * asked: few, daemon, and gone when idle. The JDK's own default grows with the number of exchanges.
 */
final class Workers {
  private static final int THREADS = 8;
  private static final int IDLE_SECONDS = 10;

  private Workers() {}

  /** For the JDK's client. */
  static ExecutorService create() {
    return create("parsec4j-jdk-");
  }

  /** For proxy selectors, which may block: what is in flight must not wait for them. */
  static ExecutorService forSelectors() {
    return create("parsec4j-jdk-proxy-");
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
    return task -> {
      // Neither thread locals nor the class loader of whoever happens to call first are kept alive
      // by the pool.
      Thread thread = new Thread(null, task, name + number.incrementAndGet(), 0, false);
      thread.setContextClassLoader(Workers.class.getClassLoader());
      thread.setDaemon(true);
      return thread;
    };
  }
}
