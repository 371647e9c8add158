// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

/**
 * The budget of repetitions of one client: an upper bound on the extra load that it puts on a failing service, in the
 * long run one repetition for five successful calls.
 */
final class TokenBucket {
  private static final int CAPACITY = 20;

  private int tokens = CAPACITY;

  /** Takes the cost of a repetition, or nothing if there is not enough. */
  synchronized boolean take(int cost) {
    if (tokens < cost) {
      return false;
    }
    tokens -= cost;
    return true;
  }

  synchronized void giveBack() {
    tokens = Math.min(CAPACITY, tokens + 1);
  }
}
