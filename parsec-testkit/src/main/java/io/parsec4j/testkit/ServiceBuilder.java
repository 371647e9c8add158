// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
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
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(30);

  Dialect dialect = Dialect.DOCUMENTED;
  Clock clock = Clock.systemUTC();

  @Nullable
  Long seed;

  @Nullable
  Duration sessionLifetime;

  Duration authCodeLifetime = Duration.ofMinutes(30);
  Duration authCodeInterval = Duration.ofSeconds(5);
  boolean refusesEarlyPolls = true;
  int hostCap = Integer.MAX_VALUE;
  int totpSkewSteps = 1;
  int invalidSessionStatus = 401;

  @Nullable
  Boolean nullForNoHosts;

  boolean asksAgainAfterWrongCode;

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
   * Sets the clock of two-factor codes, auth codes and sessions; the system's if not called.
   *
   * @param clock asked on every request, by several threads at once
   * @return this builder
   */
  public final B clock(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    return self();
  }

  /**
   * Sets from what session IDs, peer IDs, codes and the like follow; a new number for each server if not called, so
   * that one server's sessions mean nothing to another.
   *
   * @param seed the same one gives the same IDs in the same order
   * @return this builder
   */
  public final B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * Sets how long a session is valid. If not called, one of a sign-in is until it is ended by hand; one of an auth code
   * or an API key, of which the service tells the end, is for 30 days, which is our guess.
   *
   * @param sessionLifetime positive, at most 36,500 days
   * @return this builder
   * @throws IllegalArgumentException if {@code sessionLifetime} is out of that range
   */
  public final B sessionLifetime(Duration sessionLifetime) {
    this.sessionLifetime = lifetime(sessionLifetime, "sessionLifetime");
    return self();
  }

  /**
   * Sets how long an auth code lives, from when it is given out; 30 minutes if not called, as documented.
   *
   * @param authCodeLifetime positive, at most 36,500 days
   * @return this builder
   * @throws IllegalArgumentException if {@code authCodeLifetime} is out of that range
   */
  public final B authCodeLifetime(Duration authCodeLifetime) {
    this.authCodeLifetime = lifetime(authCodeLifetime, "authCodeLifetime");
    return self();
  }

  private static Duration lifetime(Duration lifetime, String name) {
    if (lifetime.isZero() || lifetime.isNegative() || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          name + " must be positive and at most " + MAX_LIFETIME + ", was " + lifetime);
    }
    return lifetime;
  }

  /**
   * Sets how long a program has to wait between two polls of an auth code; 5 seconds if not called, as documented.
   *
   * @param authCodeInterval whole seconds, from 1 second to 30 minutes
   * @return this builder
   * @throws IllegalArgumentException if {@code authCodeInterval} is something else
   */
  public final B authCodeInterval(Duration authCodeInterval) {
    long seconds = authCodeInterval.getSeconds();
    if (seconds < 1
        || authCodeInterval.compareTo(MAX_INTERVAL) > 0
        || authCodeInterval.getNano() > 0) {
      throw new IllegalArgumentException("authCodeInterval must be whole seconds from PT1S to "
          + MAX_INTERVAL + ", was " + authCodeInterval);
    }
    this.authCodeInterval = authCodeInterval;
    return self();
  }

  /**
   * Sets whether a poll of an auth code that comes before the interval is over is answered 429 with the time to wait,
   * which is our guess of what the service does; true if not called.
   *
   * @param refusesEarlyPolls whether it is, or is answered like any other
   * @return this builder
   */
  public final B refusesEarlyPolls(boolean refusesEarlyPolls) {
    this.refusesEarlyPolls = refusesEarlyPolls;
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
    return new Settings(this);
  }

  static int within(int min, int value, int max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", was " + value);
    }
    return value;
  }
}
