// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question whether an auth code was approved, after which the wait goes on: it was not approved yet, or the question
 * failed in a way that is survived. Immutable.
 */
public final class ApprovalPoll {
  private final int number;
  private final Duration nextIn;
  private final Duration timeLeft;
  private final @Nullable ParsecException failure;

  ApprovalPoll(int number, Duration nextIn, Duration timeLeft, @Nullable ParsecException failure) {
    this.number = number;
    this.nextIn = nextIn;
    this.timeLeft = timeLeft;
    this.failure = failure;
  }

  /** {@return how many questions there have been with this one, from 1} */
  public int number() {
    return number;
  }

  /** {@return the wait before the next question, positive} */
  public Duration nextIn() {
    return nextIn;
  }

  /** {@return what is left of the code's life, by the clock of this machine; positive} */
  public Duration timeLeft() {
    return timeLeft;
  }

  /** {@return why there was no answer to this question; empty if the code is simply not approved yet} */
  public Optional<ParsecException> failure() {
    return Optional.ofNullable(failure);
  }

  /** {@return number, wait and kind of failure} */
  @Override
  public String toString() {
    return "ApprovalPoll[" + number + ", next in " + nextIn.toMillis() + " ms, left "
        + timeLeft.toMillis() + " ms"
        + failure().map(f -> ", " + f.getClass().getSimpleName()).orElse("") + "]";
  }
}
