// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a request wait where the service asks for the time. */
final class GateClock extends Clock {
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean holding;

  /** Holds the requests that come from now on. */
  void hold() {
    holding = true;
  }

  /** Waits until a request is held. */
  void awaitHeld() throws InterruptedException {
    assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Lets all requests go on. */
  void open() {
    gate.countDown();
  }

  @Override
  public Instant instant() {
    if (holding && Thread.currentThread().getName().startsWith("parsec-testkit-")) {
      held.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Instant.EPOCH;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
