// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parsec4j.api.spi.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManualTimerTest {
  private static final Instant START = Instant.parse("2030-05-06T07:08:09Z");
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ManualTimer timer = ManualTimer.startingAt(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void standsStillUntilItIsAdvanced() {
    long reading = timer.nanoTime();

    assertThat(timer.now()).isEqualTo(START);
    assertThat(timer.nanoTime()).isEqualTo(reading);
    assertThat(timer.elapsed()).isZero();
    assertThat(ManualTimer.create().now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void showsTheSameTimeInEveryWay() {
    long reading = timer.nanoTime();

    timer.advance(Duration.ofSeconds(5));

    assertThat(timer.now()).isEqualTo(START.plusSeconds(5));
    assertThat(timer.nanoTime() - reading).isEqualTo(5_000_000_000L);
    assertThat(timer.elapsed()).isEqualTo(Duration.ofSeconds(5));
    assertThat(timer.clock().instant()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void runsWhatBecomesDueInItsOrderAndAtItsTime() {
    schedule(30, "late");
    schedule(10, "first");
    schedule(20, "second");
    schedule(20, "third");

    timer.advance(Duration.ofMillis(20));

    assertThat(ran).containsExactly("first at PT0.01S", "second at PT0.02S", "third at PT0.02S");
    assertThat(timer.pending()).isEqualTo(1);
    assertThat(timer.untilNext()).contains(Duration.ofMillis(10));
  }

  @Test
  void runsNothingBeforeItIsAdvancedAndThenAlsoWhatHasNoDelay() {
    schedule(0, "now");
    assertThat(ran).isEmpty();

    timer.advance(Duration.ZERO);

    assertThat(ran).containsExactly("now at PT0S");
  }

  @Test
  void runsWhatTasksScheduleIfItIsDueInTime() {
    Timer.Task unused = timer.schedule(Duration.ofMillis(10), () -> {
      schedule(10, "soon");
      schedule(50, "later");
    });

    timer.advance(Duration.ofMillis(30));

    assertThat(ran).containsExactly("soon at PT0.02S");
    assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void passesTasksOverThatWereTakenBack() {
    schedule(10, "kept");
    Timer.Task task = timer.schedule(Duration.ofMillis(5), () -> ran.add("taken back"));

    task.cancel();
    task.cancel();
    timer.advance(LONG);

    assertThat(ran).containsExactly("kept at PT0.01S");
    assertThat(timer.pending()).isZero();
  }

  @Test
  void advancesToTheNextTaskAndRunsItAlone() {
    schedule(10, "first");
    schedule(10, "second");

    assertThat(timer.advanceToNext()).isTrue();

    assertThat(ran).containsExactly("first at PT0.01S");
    assertThat(timer.advanceToNext()).isTrue();
    assertThat(timer.advanceToNext()).isFalse();
    assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(10));
    timer.advance(Duration.ofMillis(5));
    assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(15));
  }

  @Test
  void runsTheOtherTasksWhenOneThrowsAndThrowsThen() {
    IllegalStateException first = new IllegalStateException("first");
    AssertionError second = new AssertionError("second");
    throwAfter(10, first);
    throwAfter(20, second);
    throwAfter(25, first);
    schedule(30, "other");

    assertThatIllegalStateException()
        .isThrownBy(() -> timer.advance(Duration.ofMillis(40)))
        .isSameAs(first)
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(second));

    assertThat(ran).containsExactly("other at PT0.03S");
    assertThat(timer.elapsed()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void throwsTheErrorOfATask() {
    AssertionError error = new AssertionError("of a task");
    Timer.Task unused = timer.schedule(Duration.ZERO, () -> {
      throw error;
    });

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> timer.advance(Duration.ZERO))
        .isSameAs(error);
  }

  @Test
  void addsUpTheTimesThatSeveralThreadsLetPass() throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    for (int i = 1; i <= 1_000; i++) {
      Timer.Task unused = timer.schedule(Duration.ofMillis(i), count::incrementAndGet);
    }
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> {
        await(begin);
        for (int n = 0; n < 250; n++) {
          timer.advance(Duration.ofMillis(1));
        }
      });
      thread.start();
      threads.add(thread);
    }

    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(timer.elapsed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(count).hasValue(1_000);
  }

  @Test
  void addsUpTheTimesThatATaskLetsPass() {
    Timer.Task unused =
        timer.schedule(Duration.ofMillis(500), () -> timer.advance(Duration.ofSeconds(1)));

    timer.advance(Duration.ofSeconds(1));

    assertThat(timer.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void takesDelaysThatNobodyLivesToSee() {
    schedule(Long.MAX_VALUE, "never");
    timer.advance(Duration.ofSeconds(Long.MAX_VALUE));
    timer.advance(Duration.ofSeconds(Long.MAX_VALUE));
    Timer.Task unused =
        timer.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("neither"));
    timer.advance(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(timer.elapsed()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void refusesNegativeTimes() {
    Duration negative = Duration.ofNanos(-1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> timer.advance(negative))
        .withMessage("time must not be negative, was PT-0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timer.schedule(negative, () -> {}))
        .withMessageStartingWith("delay must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timer.awaitDueWithin(negative, LONG))
        .withMessageStartingWith("span must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timer.awaitPending(1, negative))
        .withMessageStartingWith("atMost must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timer.awaitPending(0, LONG))
        .withMessage("tasks must be 1 or more, was 0");
  }

  @Test
  void suppliesTheRandomNumbersThatATestWants() {
    assertThat(timer.random()).isEqualTo(0.5);

    timer.random(() -> 0.25);

    assertThat(timer.random()).isEqualTo(0.25);
    for (double wrong : new double[] {1, -0.1, Double.NaN}) {
      timer.random(() -> wrong);
      assertThatIllegalStateException()
          .isThrownBy(timer::random)
          .withMessageContaining("0 (inclusive) to 1 (exclusive)")
          .withMessageEndingWith("supplied " + wrong);
    }
  }

  @Test
  void itsClockFollowsItInEveryZone() {
    Clock paris = timer.clock().withZone(ZoneId.of("Europe/Paris"));

    timer.advance(Duration.ofHours(1));

    assertThat(paris.instant()).isEqualTo(timer.now());
    assertThat(paris.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(timer.clock().getZone().getId()).isEqualTo("Z");
    assertThat(timer.clock())
        .isEqualTo(timer.clock())
        .hasSameHashCodeAs(timer.clock())
        .isNotEqualTo(paris)
        .isNotEqualTo(ManualTimer.create().clock())
        .isNotEqualTo("clock");
    assertThat(timer.clock().toString())
        .isEqualTo("clock of ManualTimer[2030-05-06T08:08:09Z, 0 pending]");
  }

  @Test
  void waitsUntilSomethingIsScheduled() throws InterruptedException {
    CompletableFuture<Void> waiting = waitFor(() -> timer.awaitPending(2, LONG));

    schedule(1_000, "one");
    assertThat(waiting).isNotDone();
    schedule(1_000, "two");

    assertThat(waiting).succeedsWithin(LONG);
    timer.awaitPending(1, Duration.ZERO);
  }

  @Test
  void waitsUntilSomethingIsDueSoon() throws InterruptedException {
    CompletableFuture<Void> waiting =
        waitFor(() -> timer.awaitDueWithin(Duration.ofMillis(200), LONG));

    schedule(201, "not soon");
    assertThat(waiting).isNotDone();
    schedule(200, "soon");

    assertThat(waiting).succeedsWithin(LONG);
    timer.awaitDueWithin(Duration.ofMillis(200), Duration.ZERO);
  }

  @Test
  void aWaitOnTheOnlyWorkerOfAPoolHoldsUpNothingThatRunsThere() {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      Future<Integer> pending = pool.submit(() -> {
        pool.execute(() -> schedule(1_000, "one"));
        timer.awaitPending(1, LONG);
        pool.execute(() -> schedule(10, "soon"));
        timer.awaitDueWithin(Duration.ofMillis(10), LONG);
        return timer.pending();
      });

      assertThat(pending).succeedsWithin(LONG).isEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void tellsWhatWasScheduledWhenItWaitedInVain() {
    schedule(1_000, "one");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> timer.awaitPending(2, Duration.ofMillis(1)))
        .withMessage("expected at least 2 scheduled tasks within PT0.001S;"
            + " ManualTimer[2030-05-06T07:08:09Z, 1 pending, next in PT1S]");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> timer.awaitDueWithin(Duration.ofMillis(999), Duration.ZERO))
        .withMessage("expected a task that is due within PT0.999S to be scheduled within PT0S;"
            + " ManualTimer[2030-05-06T07:08:09Z, 1 pending, next in PT1S]");
  }

  private void schedule(long millis, String name) {
    Timer.Task unused =
        timer.schedule(Duration.ofMillis(millis), () -> ran.add(name + " at " + timer.elapsed()));
  }

  private void throwAfter(long millis, RuntimeException exception) {
    Timer.Task unused = timer.schedule(Duration.ofMillis(millis), () -> {
      throw exception;
    });
  }

  private void throwAfter(long millis, Error error) {
    Timer.Task unused = timer.schedule(Duration.ofMillis(millis), () -> {
      throw error;
    });
  }

  /** Waits on a thread of its own, and returns when that thread waits. */
  private static CompletableFuture<Void> waitFor(Wait wait) throws InterruptedException {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      try {
        wait.run();
        ended.complete(null);
      } catch (InterruptedException | AssertionError e) {
        ended.completeExceptionally(e);
      }
    });
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return ended;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a test waits for. */
  @FunctionalInterface
  private interface Wait {
    void run() throws InterruptedException;
  }
}
