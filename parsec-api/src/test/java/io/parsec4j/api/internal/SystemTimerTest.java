// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.spi.Timer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
  private final Timer timer = Timer.system();

  @Test
  void readsTheClocksOfTheJvm() {
    long nanosBefore = System.nanoTime();
    Instant before = Instant.now();

    long nanos = timer.nanoTime();
    Instant now = timer.now();

    assertThat(nanos - nanosBefore).isNotNegative();
    assertThat(System.nanoTime() - nanos).isNotNegative();
    assertThat(now).isBetween(before, Instant.now());
  }

  @Test
  void drawsNumbersFromZeroToOne() {
    List<Double> drawn = new ArrayList<>();

    for (int i = 0; i < 1_000; i++) {
      drawn.add(timer.random());
    }

    assertThat(drawn)
        .allMatch(number -> number >= 0 && number < 1)
        .anyMatch(number -> number < 0.25);
    assertThat(drawn).doesNotHaveDuplicates();
  }

  @Test
  void runsATaskWhenItsTimeHasCome() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Duration delay = Duration.ofMillis(20);
    long begin = System.nanoTime();

    Timer.Task task = timer.schedule(delay, ran::countDown);

    assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(delay.toNanos());
    task.cancel();
  }

  @Test
  void doesNotRunATaskThatWasTakenBack() throws Exception {
    AtomicBoolean ranFirst = new AtomicBoolean();
    CountDownLatch ranSecond = new CountDownLatch(1);
    CountDownLatch takenBack = new CountDownLatch(1);

    // Holds the timer up, so that neither of the others runs before the first is taken back.
    Timer.Task holdUp =
        timer.schedule(Duration.ZERO, () -> Threads.await(() -> takenBack.getCount() == 0));
    Timer.Task first = timer.schedule(Duration.ofMillis(1), () -> ranFirst.set(true));
    Timer.Task second = timer.schedule(Duration.ofMillis(2), ranSecond::countDown);
    first.cancel();
    first.cancel();
    takenBack.countDown();

    assertThat(ranSecond.await(1, TimeUnit.MINUTES)).isTrue();
    holdUp.cancel();
    assertThat(ranFirst).isFalse();
    second.cancel();
  }

  @Test
  void letsATaskTakeBackAnotherOneOfTheSameTime() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    AtomicReference<Timer.Task> second = new AtomicReference<>();
    CountDownLatch scheduled = new CountDownLatch(1);

    // All three are due when the timer comes to them, because the first one waits.
    Timer.Task first = timer.schedule(Duration.ofMillis(10), () -> {
      Threads.await(() -> scheduled.getCount() == 0);
      second.get().cancel();
    });
    second.set(timer.schedule(Duration.ofMillis(11), () -> ran.set(true)));
    Timer.Task third = timer.schedule(Duration.ofMillis(12), last::countDown);
    scheduled.countDown();

    assertThat(last.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(ran).isFalse();
    first.cancel();
    third.cancel();
  }

  @Test
  void runsTheOtherTasksIfOneThrows() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);

    Timer.Task bad = timer.schedule(Duration.ofMillis(10), () -> {
      throw new AssertionError("a task that throws");
    });
    Timer.Task good = timer.schedule(Duration.ofMillis(11), ran::countDown);

    assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    bad.cancel();
    good.cancel();
  }

  @Test
  void keepsNoTaskThatWasTakenBack() {
    List<WeakReference<Runnable>> tasks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      StringBuilder own = new StringBuilder();
      Runnable work = () -> own.append("ran");
      tasks.add(new WeakReference<>(work));
      timer.schedule(Duration.ofDays(1), work).cancel();
    }

    Threads.await(() -> {
      System.gc();
      return tasks.stream().allMatch(task -> task.get() == null);
    });
    assertThat(tasks).hasSize(1_000);
  }
}
