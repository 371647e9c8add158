// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Runs something once after a while, on the timer that the JDK keeps for its futures, unless it is switched off. */
final class Alarm {
  private final CompletableFuture<Boolean> due;

  private Alarm(CompletableFuture<Boolean> due) {
    this.due = due;
  }

  static Alarm after(Duration delay, Runnable action) {
    CompletableFuture<Boolean> due = new CompletableFuture<Boolean>()
        .completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
    CompletionStage<Boolean> outcome = due;
    outcome.thenAccept(rings -> {
      if (rings) {
        action.run();
      }
    });
    return new Alarm(due);
  }

  void off() {
    // Before JDK 21 only a future that completes normally takes its entry out of the JDK's timer
    // (JDK-8303742).
    due.complete(false);
  }
}
