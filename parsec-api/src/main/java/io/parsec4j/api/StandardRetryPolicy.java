// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Repeats what may succeed next time, with exponential back-off and full jitter. Immutable.
 *
 * <p>Repeated are failures of stage {@code CONNECT} and {@code EXCHANGE}, attempts that timed out, and the statuses 408,
 * 429, 500, 502, 503 and 504. The wait before the next attempt is drawn evenly from zero to 200 ms, 400 ms and so on,
 * doubling up to 8 s; after 429 and 503 it begins at 1 s. A Retry-After of at most 30 s is kept to, with up to 250 ms
 * added so that clients do not return all at once; a longer one lets the call fail now.
 */
public final class StandardRetryPolicy implements RetryPolicy {
  static final StandardRetryPolicy DEFAULT =
      new StandardRetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(8));

  private static final Set<Integer> STATUSES = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<FailureStage> STAGES =
      EnumSet.of(FailureStage.CONNECT, FailureStage.EXCHANGE, FailureStage.TIMEOUT);
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);
  private static final Duration SPREAD = Duration.ofMillis(250);
  private static final int SLOW_FACTOR = 5;

  private final int maxAttempts;
  private final Duration baseDelay;
  private final Duration maxDelay;

  private StandardRetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    this.maxAttempts = maxAttempts;
    this.baseDelay = baseDelay;
    this.maxDelay = maxDelay;
  }

  /**
   * Returns this policy with another number of attempts; 3 by default.
   *
   * @param attempts at least 1, the first one counted
   * @return the policy
   * @throws IllegalArgumentException if {@code attempts} is less than 1
   */
  public StandardRetryPolicy withMaxAttempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
    }
    return new StandardRetryPolicy(attempts, baseDelay, maxDelay);
  }

  /**
   * Returns this policy with another back-off; 200 ms up to 8 s by default.
   *
   * @param base the longest first wait, positive; five times as much after status 429 and 503
   * @param max the longest wait, not less than {@code base}
   * @return the policy
   * @throws IllegalArgumentException if {@code base} is not positive or greater than {@code max}
   */
  public StandardRetryPolicy withBackoff(Duration base, Duration max) {
    requireNonNull(base, "base");
    requireNonNull(max, "max");
    if (base.isZero() || base.isNegative() || base.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "base must be positive and at most max, were " + base + " and " + max);
    }
    return new StandardRetryPolicy(maxAttempts, base, max);
  }

  @Override
  public Optional<Duration> delay(AttemptEvent failed, double random) {
    requireNonNull(failed, "failed");
    if (failed.attempt() >= maxAttempts || !isTransient(failed)) {
      return Optional.empty();
    }
    int status = failed.status().orElse(0);
    Duration backoff = backoff(failed.attempt(), status == 429 || status == 503, random);
    Optional<Duration> asked = failed.retryAfter();
    if (asked.isEmpty()) {
      return Optional.of(backoff);
    }
    if (asked.get().compareTo(MAX_RETRY_AFTER) > 0) {
      return Optional.empty();
    }
    Duration spread = asked.get().plusNanos((long) (random * SPREAD.toNanos()));
    return Optional.of(spread.compareTo(backoff) > 0 ? spread : backoff);
  }

  private static boolean isTransient(AttemptEvent failed) {
    if (failed.status().isPresent()) {
      return STATUSES.contains(failed.status().getAsInt());
    }
    return failed.stage().filter(STAGES::contains).isPresent();
  }

  private Duration backoff(int attempt, boolean slow, double random) {
    Duration limit = slow ? baseDelay.multipliedBy(SLOW_FACTOR) : baseDelay;
    for (int i = 1; i < attempt && limit.compareTo(maxDelay) < 0; i++) {
      limit = limit.multipliedBy(2);
    }
    long nanos = (limit.compareTo(maxDelay) < 0 ? limit : maxDelay).toNanos();
    return Duration.ofNanos((long) (random * nanos));
  }

  /** {@return attempts and back-off} */
  @Override
  public String toString() {
    return "StandardRetryPolicy[" + maxAttempts + " attempts, " + baseDelay.toMillis() + " ms to "
        + maxDelay.toMillis() + " ms]";
  }
}
