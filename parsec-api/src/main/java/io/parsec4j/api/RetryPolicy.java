// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a failed attempt is followed by another, and after which wait.
 *
 * <p>The client has the last word, whatever a policy says: a sign-in is repeated at most once, and only if no byte of it
 * can have been sent; no wait reaches beyond the call's time limit; and a budget per client (20 tokens; a repetition costs
 * 5, after status 429 or 503 10; each successful call gives back 1) keeps a failing service from being hammered.
 *
 * <p>May be asked by several threads at once. If it throws, the call fails with the attempt's own error.
 */
@FunctionalInterface
public interface RetryPolicy {

  /**
   * Decides about one failed attempt that may be repeated.
   *
   * @param failed how it failed; {@link AttemptEvent#retryIn()} is empty
   * @param random a number from 0 (inclusive) to 1 (exclusive), drawn for this decision, to spread the wait with
   * @return the wait before the next attempt, zero or more; empty to let the call fail now
   */
  Optional<Duration> delay(AttemptEvent failed, double random);

  /** {@return the policy of a client that is told nothing} */
  static StandardRetryPolicy standard() {
    return StandardRetryPolicy.DEFAULT;
  }

  /** {@return a policy that repeats nothing} */
  static RetryPolicy none() {
    return (failed, random) -> Optional.empty();
  }
}
