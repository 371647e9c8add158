// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.spi.Timer;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A timer whose time passes only when a test says so, so that time limits, pauses between attempts and the ends of
 * sessions are tested without waiting for them. Client and server may share one:
 *
 * <pre>{@code
 * ManualTimer timer = ManualTimer.create();
 * try (FakeParsecServer server = FakeParsecServer.builder()
 *         .clock(timer.clock())
 *         .sessionLifetime(Duration.ofHours(24))
 *         .start();
 *     ParsecClient parsec = server.clientBuilder().timer(timer).build()) {
 *   Session session = server.account("dude@example.com", "secret").openSession();
 *
 *   timer.advance(Duration.ofHours(24));
 *
 *   assertThatExceptionOfType(InvalidSessionException.class)
 *       .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
 * }
 * }</pre>
 *
 * <p>Tasks run on the thread that lets the time pass, each when the timer shows the time for which it was scheduled, and
 * those of the same time in the order in which they were scheduled. Safe for use by several threads; the times that they
 * let pass add up.
 */
public final class ManualTimer implements Timer {
  private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

  /** Near the end of the range, which a reading of nanoseconds may pass: code that compares readings by size shows it. */
  private static final long ORIGIN = Long.MAX_VALUE - 3_000_000_000L;

  private final Instant start;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>(
      Comparator.<Entry>comparingLong(entry -> entry.due).thenComparingLong(entry -> entry.number));
  private volatile DoubleSupplier random = () -> 0.5;
  // Nanoseconds since the start: what the timer shows, and how far the calls let it go.
  private long elapsed;
  private long allowed;
  private long scheduled;

  private ManualTimer(Instant start) {
    this.start = start;
  }

  /**
   * Creates a timer that starts at the beginning of 2026, UTC.
   *
   * @return the timer, which stands still
   */
  public static ManualTimer create() {
    return new ManualTimer(DEFAULT_START);
  }

  /**
   * Creates a timer.
   *
   * @param start the time of day that it shows until it is advanced
   * @return the timer, which stands still
   */
  public static ManualTimer startingAt(Instant start) {
    return new ManualTimer(requireNonNull(start, "start"));
  }

  /** {@return a reading in nanoseconds, which only moves when the timer is advanced; it may be negative} */
  @Override
  public synchronized long nanoTime() {
    return ORIGIN + elapsed;
  }

  /** {@return the start plus what has passed} */
  @Override
  public synchronized Instant now() {
    return start.plusNanos(elapsed);
  }

  /**
   * Returns a number for the spread of pauses.
   *
   * @return 0.5, or what the source that was set supplies
   * @throws IllegalStateException if that is not from 0 (inclusive) to 1 (exclusive)
   */
  @Override
  public double random() {
    double number = random.getAsDouble();
    if (!(number >= 0 && number < 1)) {
      throw new IllegalStateException(
          "the source of random numbers must supply 0 (inclusive) to 1 (exclusive), supplied "
              + number);
    }
    return number;
  }

  /**
   * Sets where {@link #random()} takes its numbers from; 0.5 each time if not called.
   *
   * @param source supplies numbers from 0 (inclusive) to 1 (exclusive); called by several threads at once
   */
  public void random(DoubleSupplier source) {
    random = requireNonNull(source, "source");
  }

  /**
   * Schedules a task; it does not run before the timer is advanced, not even without a delay.
   *
   * @param delay zero or positive
   * @param task what to run, on the thread that advances the timer
   * @return takes the task back if it has not begun
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  @Override
  public synchronized Task schedule(Duration delay, Runnable task) {
    Entry entry =
        new Entry(plus(elapsed, nanos(delay, "delay")), scheduled++, requireNonNull(task, "task"));
    entries.add(entry);
    notifyAll();
    return () -> remove(entry);
  }

  /**
   * Lets time pass and runs what becomes due meanwhile, also what is scheduled by the tasks that run.
   *
   * <p>A task that throws does not keep the others from running; the first exception is thrown when the time has passed,
   * with the others suppressed.
   *
   * @param time zero, which runs what is due already, or positive
   * @throws IllegalArgumentException if {@code time} is negative
   */
  public void advance(Duration time) {
    long end;
    synchronized (this) {
      allowed = plus(allowed, nanos(time, "time"));
      end = allowed;
    }
    Throwable failure = null;
    for (Runnable task = passUntil(end); task != null; task = passUntil(end)) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failure = joined(failure, e);
      }
    }
    rethrow(failure);
  }

  /**
   * Lets time pass until the next task is due, and runs that task alone.
   *
   * @return whether there was one; if not, no time has passed
   */
  @CanIgnoreReturnValue
  public boolean advanceToNext() {
    Runnable task = passUntilNext();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** {@return how many tasks are scheduled that were neither begun nor taken back} */
  public synchronized int pending() {
    return entries.size();
  }

  /** {@return how long the next task has still to wait; empty if none is scheduled} */
  public synchronized Optional<Duration> untilNext() {
    Entry next = entries.peek();
    return next == null ? Optional.empty() : Optional.of(Duration.ofNanos(next.due - elapsed));
  }

  /** {@return what has passed since the start} */
  public synchronized Duration elapsed() {
    return Duration.ofNanos(elapsed);
  }

  /** {@return a clock that shows the time of day of this timer, in UTC} */
  public Clock clock() {
    return new TimerClock(this, ZoneOffset.UTC);
  }

  /**
   * Waits until the code under test has scheduled something.
   *
   * <p>A client schedules its time limits as soon as it is called, so that a pause between two attempts is one task
   * among others: {@link #awaitDueWithin(Duration, Duration)} tells it from them.
   *
   * @param tasks how many tasks there must be at least: 1 or more
   * @param atMost how long to wait at most, in real time
   * @throws AssertionError if there are fewer then
   * @throws IllegalArgumentException if {@code tasks} is less than 1
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public synchronized void awaitPending(int tasks, Duration atMost) throws InterruptedException {
    if (tasks < 1) {
      throw new IllegalArgumentException("tasks must be 1 or more, was " + tasks);
    }
    Deadline deadline = Deadline.after(notNegative(atMost, "atMost"));
    while (entries.size() < tasks) {
      if (!deadline.waitsFor(this)) {
        throw new AssertionError(
            "expected at least " + tasks + " scheduled tasks within " + atMost + "; " + this);
      }
    }
  }

  /**
   * Waits until the code under test has scheduled something that is due soon, for example its pause before the next
   * attempt, while its time limits are due later.
   *
   * @param span how far away, in the time of this timer, the next task may be
   * @param atMost how long to wait at most, in real time
   * @throws AssertionError if no task is due within {@code span} then
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public synchronized void awaitDueWithin(Duration span, Duration atMost)
      throws InterruptedException {
    long wanted = nanos(span, "span");
    Deadline deadline = Deadline.after(notNegative(atMost, "atMost"));
    while (entries.isEmpty() || entries.element().due - elapsed > wanted) {
      if (!deadline.waitsFor(this)) {
        throw new AssertionError("expected a task that is due within " + span
            + " to be scheduled within " + atMost + "; " + this);
      }
    }
  }

  /** {@return the time of day, how many tasks there are, and when the next one is due} */
  @Override
  public synchronized String toString() {
    return "ManualTimer[" + now() + ", " + pending() + " pending"
        + untilNext().map(next -> ", next in " + next).orElse("") + "]";
  }

  /** Lets time pass until a task is due, or until the end if none is due until then, and returns the task. */
  private synchronized @Nullable Runnable passUntil(long end) {
    Entry next = entries.peek();
    if (next == null || next.due > end) {
      elapsed = Math.max(elapsed, end);
      return null;
    }
    return passUntilNext();
  }

  private synchronized @Nullable Runnable passUntilNext() {
    Entry next = entries.poll();
    if (next == null) {
      return null;
    }
    elapsed = Math.max(elapsed, next.due);
    allowed = Math.max(allowed, elapsed);
    return next.task;
  }

  private synchronized void remove(Entry entry) {
    entries.remove(entry);
  }

  private static Duration notNegative(Duration time, String name) {
    if (requireNonNull(time, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + time);
    }
    return time;
  }

  private static long nanos(Duration time, String name) {
    Duration max = Duration.ofNanos(Long.MAX_VALUE);
    return notNegative(time, name).compareTo(max) > 0 ? Long.MAX_VALUE : time.toNanos();
  }

  private static long plus(long nanos, long more) {
    return nanos > Long.MAX_VALUE - more ? Long.MAX_VALUE : nanos + more;
  }

  private static Throwable joined(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (!first.equals(next)) {
      first.addSuppressed(next);
    }
    return first;
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error) {
      throw (Error) failure;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** A task and its time. */
  private static final class Entry {
    private final long due;
    private final long number;
    private final Runnable task;

    Entry(long due, long number, Runnable task) {
      this.due = due;
      this.number = number;
      this.task = task;
    }
  }

  /** Shows a timer's time of day. */
  private static final class TimerClock extends Clock {
    private final ManualTimer timer;
    private final ZoneId zone;

    TimerClock(ManualTimer timer, ZoneId zone) {
      this.timer = timer;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return timer.now();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new TimerClock(timer, requireNonNull(zone, "zone"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TimerClock
          && ((TimerClock) other).timer == timer
          && ((TimerClock) other).zone.equals(zone);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(timer) * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
      return "clock of " + timer;
    }
  }
}
