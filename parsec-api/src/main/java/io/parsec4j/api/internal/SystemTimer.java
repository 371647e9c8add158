// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.spi.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of the JVM, on the timer that the JDK keeps for its futures: no thread of our own.
 *
 * <p>Only one alarm is set there, for the earliest task, and it stays when that task is taken back. Measured: an entry that
 * becomes the first of the JDK's timer wakes its thread, which happened at each call wherever calls come one by one.
 */
public final class SystemTimer implements Timer {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

  /** How long an alarm that nobody waits for any more may keep this timer and its class loader alive. */
  private static final Duration LONGEST_ALARM = Duration.ofMinutes(1);

  private final long longestAlarmNanos;
  private final Object lock = new Object();

  // Guarded by the lock, which is never held while a task runs.
  private final TreeSet<Entry> waiting = new TreeSet<>(Entry::compare);
  private @Nullable Alarm alarm;
  private long count;

  /** Creates a timer. */
  public SystemTimer() {
    this(LONGEST_ALARM);
  }

  SystemTimer(Duration longestAlarm) {
    this.longestAlarmNanos = longestAlarm.toNanos();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public Task schedule(Duration delay, Runnable task) {
    long now = System.nanoTime();
    Entry entry;
    synchronized (lock) {
      entry = new Entry(now + delay.toNanos(), count++, task);
      waiting.add(entry);
      if (alarm == null || entry.dueNanos - alarm.atNanos < 0) {
        setAlarm(now);
      }
    }
    return () -> takeBack(entry);
  }

  private void takeBack(Entry entry) {
    synchronized (lock) {
      waiting.remove(entry);
    }
  }

  private void setAlarm(long now) {
    if (alarm != null) {
      alarm.off();
    }
    alarm = new Alarm(now, Math.min(waiting.first().dueNanos - now, longestAlarmNanos));
  }

  private void ring(Alarm rung) {
    for (Entry due = nextDue(rung); due != null; due = nextDue(rung)) {
      try {
        due.task.run();
      } catch (Throwable e) {
        LOG.log(Level.WARNING, "a task of the timer threw " + e.getClass().getName());
      }
    }
  }

  /** Takes the next task whose time has come; sets the next alarm if there is none. */
  private @Nullable Entry nextDue(Alarm rung) {
    synchronized (lock) {
      long now = System.nanoTime();
      if (!waiting.isEmpty() && waiting.first().dueNanos - now <= 0) {
        return waiting.pollFirst();
      }
      // Otherwise an earlier one was set in its place and has rung or will.
      if (rung.equals(alarm)) {
        alarm = null;
        if (!waiting.isEmpty()) {
          setAlarm(now);
        }
      }
      return null;
    }
  }

  /** A task and its time. */
  private static final class Entry {
    private final long dueNanos;
    private final long number;
    private final Runnable task;

    Entry(long dueNanos, long number, Runnable task) {
      this.dueNanos = dueNanos;
      this.number = number;
      this.task = task;
    }

    /** By time, as a difference because readings overflow, and then by age. */
    static int compare(Entry one, Entry other) {
      int byTime = Long.signum(one.dueNanos - other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(one.number, other.number);
    }
  }

  /** An entry of the JDK's timer. */
  private final class Alarm {
    private final long atNanos;
    private final CompletableFuture<Boolean> rings = new CompletableFuture<>();

    Alarm(long now, long delayNanos) {
      atNanos = now + delayNanos;
      // Before the time is set, so that it is always the JDK's timer that rings.
      CompletionStage<Boolean> outcome = rings;
      outcome.thenAccept(fired -> {
        if (fired) {
          ring(this);
        }
      });
      CompletionStage<Boolean> unused =
          rings.completeOnTimeout(true, delayNanos, TimeUnit.NANOSECONDS);
    }

    void off() {
      // Before JDK 21 only a future that completes normally takes its entry out of the JDK's timer
      // (JDK-8303742), and delayedExecutor never does.
      rings.complete(false);
    }
  }
}
