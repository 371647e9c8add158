// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandoverTest {

  @Test
  void runsAStepOnTheExecutor() {
    List<Runnable> queue = new ArrayList<>();
    AtomicInteger runs = new AtomicInteger();

    Handover.run(queue::add, runs::incrementAndGet);

    assertThat(runs).hasValue(0);
    queue.get(0).run();
    assertThat(runs).hasValue(1);
  }

  @Test
  void runsAStepOnceEvenIfTheExecutorTakesItAndThrows() throws Exception {
    List<Runnable> queue = new ArrayList<>();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch ran = new CountDownLatch(1);

    Handover.run(
        task -> {
          queue.add(task);
          throw new IllegalStateException("after all");
        },
        () -> {
          runs.incrementAndGet();
          ran.countDown();
        });

    assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    queue.get(0).run();
    assertThat(runs).hasValue(1);
  }
}
