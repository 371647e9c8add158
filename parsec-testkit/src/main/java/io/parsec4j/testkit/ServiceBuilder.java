// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What every fake service can be told before it starts, however it is reached; not safe for use by several threads.
 * Nobody outside the testkit extends this class.
 *
 * @param <B> the builder itself
 */
public abstract class ServiceBuilder<B extends ServiceBuilder<B>> {
  private static final int MAX_SKEW_STEPS = 10;
  private static final Duration MAX_LIFETIME = Duration.ofDays(36_500);

  private Dialect dialect = Dialect.DOCUMENTED;
  private Clock clock = Clock.systemUTC();
  private @Nullable Long seed;
  private @Nullable Duration sessionLifetime;
  private int hostCap = Integer.MAX_VALUE;
  private int totpSkewSteps = 1;
  private int invalidSessionStatus = 401;
  private @Nullable Boolean nullForNoHosts;
  private boolean asksAgainAfterWrongCode;

  ServiceBuilder() {}

  abstract B self();

  /**
   * Sets the dialect; {@link Dialect#DOCUMENTED} if not called.
   *
   * @param dialect the dialect
   * @return this builder
   */
  public final B dialect(Dialect dialect) {
    this.dialect = requireNonNull(dialect, "dialect");
    return self();
  }

  /**
   * Sets the clock of two-factor codes and sessions; the system's if not called.
   *
   * @param clock asked on every sign-in and every list, by several threads at once
   * @return this builder
   */
  public final B clock(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    return self();
  }

  /**
   * Sets from what session IDs, peer IDs and instance IDs follow; a new number for each server if not called, so that
   * one server's sessions mean nothing to another.
   *
   * @param seed the same one gives the same IDs in the same order
   * @return this builder
   */
  public final B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * Sets how long a session is valid; until it is ended by hand if not called.
   *
   * @param sessionLifetime positive, at most 36,500 days
   * @return this builder
   * @throws IllegalArgumentException if {@code sessionLifetime} is out of that range
   */
  public final B sessionLifetime(Duration sessionLifetime) {
    if (sessionLifetime.isZero()
        || sessionLifetime.isNegative()
        || sessionLifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException("sessionLifetime must be positive and at most "
          + MAX_LIFETIME + ", was " + sessionLifetime);
    }
    this.sessionLifetime = sessionLifetime;
    return self();
  }

  /**
   * Sets how many hosts a list has at most before it is cut and {@code has_more} is true; no limit if not called.
   *
   * @param hostCap 0 or more
   * @return this builder
   * @throws IllegalArgumentException if {@code hostCap} is negative
   */
  public final B hostCap(int hostCap) {
    this.hostCap = within(0, hostCap, Integer.MAX_VALUE, "hostCap");
    return self();
  }

  /**
   * Sets how many steps of 30 seconds a two-factor code may be off; 1 if not called.
   *
   * @param totpSkewSteps 0 to 10, in either direction
   * @return this builder
   * @throws IllegalArgumentException if {@code totpSkewSteps} is out of that range
   */
  public final B totpSkewSteps(int totpSkewSteps) {
    this.totpSkewSteps = within(0, totpSkewSteps, MAX_SKEW_STEPS, "totpSkewSteps");
    return self();
  }

  /**
   * Sets the status that an unknown or expired session is answered; 401 if not called.
   *
   * @param status 401 or 403
   * @return this builder
   * @throws IllegalArgumentException if {@code status} is another one
   */
  public final B invalidSessionStatus(int status) {
    if (status != 401 && status != 403) {
      throw new IllegalArgumentException("status must be 401 or 403, was " + status);
    }
    this.invalidSessionStatus = status;
    return self();
  }

  /**
   * Sets whether a list without hosts has {@code "data":null} and not an empty array; only in the live dialect if not
   * called.
   *
   * @param nullForNoHosts whether it has
   * @return this builder
   */
  public final B nullForNoHosts(boolean nullForNoHosts) {
    this.nullForNoHosts = nullForNoHosts;
    return self();
  }

  /**
   * Sets whether a wrong two-factor code is answered with {@code tfa_required} once more; if not called, it is answered
   * like a wrong password, as was seen.
   *
   * @param asksAgain whether it is
   * @return this builder
   */
  public final B asksAgainAfterWrongCode(boolean asksAgain) {
    this.asksAgainAfterWrongCode = asksAgain;
    return self();
  }

  final Settings settings() {
    return new Settings(
        dialect,
        clock,
        seed == null ? ThreadLocalRandom.current().nextLong() : seed,
        sessionLifetime,
        hostCap,
        totpSkewSteps,
        invalidSessionStatus,
        nullForNoHosts == null ? dialect == Dialect.LIVE : nullForNoHosts,
        asksAgainAfterWrongCode);
  }

  static int within(int min, int value, int max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", was " + value);
    }
    return value;
  }
}
