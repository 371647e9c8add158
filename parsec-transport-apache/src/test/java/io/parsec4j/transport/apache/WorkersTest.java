// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final Workers workers = new Workers(2, Duration.ofMinutes(1));
  private final AtomicInteger waits = new AtomicInteger();
  private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.close();
    workers.join(Calls.GENEROUS);
    assertThat(workers.size()).isZero();
  }

  private Thread next() throws InterruptedException {
    Thread thread = ran.poll(30, TimeUnit.SECONDS);
    assertThat(thread).isNotNull();
    return thread;
  }

  private void awaitIdle(int threads) {
    long deadline = System.nanoTime() + Calls.GENEROUS.toNanos();
    while (workers.idle() != threads) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void startsNoThreadWithoutWork() {
    assertThat(workers.size()).isZero();
  }

  @Test
  void reusesAnIdleThread() throws Exception {
    submit(() -> ran.add(Thread.currentThread()));
    Thread first = next();
    awaitIdle(1);

    submit(() -> ran.add(Thread.currentThread()));

    assertThat(next()).isSameAs(first);
    assertThat(workers.size()).isOne();
  }

  @Test
  void startsNoMoreThreadsThanAllowedAndRunsTheRestInTurn() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<List<String>> order = new CompletableFuture<>();
    List<String> seen = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    for (int i = 0; i < 2; i++) {
      submit(() -> {
        ran.add(Thread.currentThread());
        Calls.await(goOn);
      });
    }
    assertThat(next()).isNotSameAs(next());
    assertThat(waits).hasValue(0);
    submit(() -> seen.add("a"));
    submit(() -> order.complete(List.copyOf(seen)));
    assertThat(waits).hasValue(2);

    assertThat(workers.size()).isEqualTo(2);
    goOn.countDown();

    assertThat(Calls.result(order)).isSubsetOf("a");
  }

  @Test
  void runsNothingThatWasRemovedOrIsLeftWhenItCloses() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      submit(() -> {
        ran.add(Thread.currentThread());
        Calls.await(goOn);
      });
    }
    assertThat(next()).isNotSameAs(next());
    Runnable removed = () -> ran.add(Thread.currentThread());
    submit(removed);
    submit(() -> ran.add(Thread.currentThread()));
    workers.remove(removed);

    workers.close();
    goOn.countDown();
    workers.join(Calls.GENEROUS);

    assertThat(ran).isEmpty();
    assertThatThrownBy(() -> submit(removed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void survivesAnInterrupt() throws Exception {
    submit(() -> {
      ran.add(Thread.currentThread());
      Thread.currentThread().interrupt();
    });
    Thread first = next();
    awaitIdle(1);
    first.interrupt();

    submit(() -> ran.add(Thread.currentThread()));

    assertThat(next()).isSameAs(first);
    assertThat(first.isInterrupted()).isFalse();
  }

  @Test
  void endsAThreadThatIsIdleForAWhile() throws Exception {
    Workers hasty = new Workers(1, Duration.ofMillis(1));
    hasty.submit(() -> ran.add(Thread.currentThread()), waits::incrementAndGet);
    Thread thread = next();

    thread.join(Calls.GENEROUS.toMillis());

    assertThat(hasty.size()).isZero();
  }

  @Test
  void waitsNoLongerThanAsked() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    submit(() -> {
      ran.add(Thread.currentThread());
      Calls.await(goOn);
    });
    assertThat(next()).isNotNull();

    workers.join(Duration.ofMillis(1));
    workers.join(Duration.ZERO);

    assertThat(workers.size()).isOne();
    goOn.countDown();
  }

  private void submit(Runnable task) {
    workers.submit(task, waits::incrementAndGet);
  }
}
