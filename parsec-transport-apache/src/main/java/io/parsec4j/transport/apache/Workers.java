// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that block in the place of callers: daemons, started when there is work for them, gone when there is none
 * for a while, and never more than allowed.
 *
 * <p>A {@link java.util.concurrent.ThreadPoolExecutor} starts a thread for each task until its core is full, even beside
 * idle ones, and takes a cancelled task out of its queue in linear time.
 */
final class Workers {
  private final int most;
  private final Duration idleTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Runnable> queue = new LinkedHashSet<>();
  private final Set<Thread> threads = new LinkedHashSet<>();
  private int idle;
  private int started;
  private boolean closed;

  Workers(int most, Duration idleTime) {
    this.most = most;
    this.idleTime = idleTime;
  }

  /**
   * Queues a task, which must not throw.
   *
   * @param waits run before the task may begin if it has to wait for a thread
   * @throws IllegalStateException if this is closed
   */
  void submit(Runnable task, Runnable waits) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the transport is closed; create a new one");
      }
      // First the thread, which may fail to start and must not leave a task behind that nobody will
      // run.
      if (idle <= queue.size()) {
        if (threads.size() < most) {
          start();
        } else {
          waits.run();
        }
      }
      queue.add(task);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a task that was not begun out of the queue. */
  void remove(Runnable task) {
    lock.lock();
    try {
      queue.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** Lets every thread end after what it does at present, and drops what was not begun. */
  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the threads are gone, but for the caller if it is one of them, or the time is over. */
  void join(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (Thread thread : running()) {
        long left = deadline - System.nanoTime();
        if (thread != Thread.currentThread() && left > 0) {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int size() {
    return running().size();
  }

  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  int idle() {
    lock.lock();
    try {
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private List<Thread> running() {
    lock.lock();
    try {
      return new ArrayList<>(threads);
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    // Without the caller's inheritable thread-locals and class loader, which an idle thread would
    // keep alive.
    Thread thread = new Thread(null, this::work, "parsec4j-apache-" + (started + 1), 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Workers.class.getClassLoader());
    thread.start();
    started++;
    threads.add(thread);
  }

  private void work() {
    for (Runnable task = next(); task != null; task = next()) {
      // Left by what ran before; nobody interrupts these threads to stop them.
      Thread.interrupted();
      task.run();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    idle++;
    try {
      long left = idleTime.toNanos();
      while (queue.isEmpty()) {
        if (closed || left <= 0) {
          threads.remove(Thread.currentThread());
          return null;
        }
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          // No reason to end, and the flag is clear again.
        }
      }
      Iterator<Runnable> first = queue.iterator();
      Runnable task = first.next();
      first.remove();
      return task;
    } finally {
      idle--;
      lock.unlock();
    }
  }
}
