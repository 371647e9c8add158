// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;

/**
 * How long a service thinks before each answer. An immutable value, which prints like the call that makes it.
 *
 * <pre>{@code server.latency(Latency.uniform(ofMillis(1), ofMillis(5)));}</pre>
 *
 * <p>The times follow from the seed of the service that it is given to, in the order of the requests.
 */
public final class Latency {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** The 99th percentile of the standard normal distribution. */
  private static final double Z99 = 2.3263478740408408;

  private static final int LONGEST_TAIL = 10;

  private final Shape shape;
  private final Duration low;
  private final Duration high;

  private Latency(Shape shape, Duration low, Duration high) {
    this.shape = shape;
    this.low = low;
    this.high = high;
  }

  /** How the times are spread. */
  private enum Shape {
    NONE,
    FIXED,
    UNIFORM,
    LONG_TAILED
  }

  /** {@return no time at all, as it is if nothing is said} */
  public static Latency none() {
    return new Latency(Shape.NONE, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Takes the same time before each answer.
   *
   * @param time positive, at most a day
   * @return the latency
   * @throws IllegalArgumentException if {@code time} is out of that range
   */
  public static Latency fixed(Duration time) {
    Duration checked = checked(time, "time");
    return new Latency(Shape.FIXED, checked, checked);
  }

  /**
   * Takes any time between two, each as likely as another.
   *
   * @param least positive
   * @param most not less than {@code least}, at most a day
   * @return the latency
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Latency uniform(Duration least, Duration most) {
    return between(Shape.UNIFORM, checked(least, "least"), "least", checked(most, "most"), "most");
  }

  /**
   * Takes about the same time before most answers and far more before a few, as services under load do: a log-normal
   * distribution, cut off at ten times the 99th percentile.
   *
   * @param median what half of the times are below, positive
   * @param p99 what 99 in 100 times are below, not less than {@code median}, at most a day
   * @return the latency
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Latency longTailed(Duration median, Duration p99) {
    return between(
        Shape.LONG_TAILED, checked(median, "median"), "median", checked(p99, "p99"), "p99");
  }

  private static Latency between(
      Shape shape, Duration low, String lowName, Duration high, String highName) {
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          lowName + " must not be more than " + highName + ", was " + low + " and " + high);
    }
    return new Latency(shape, low, high);
  }

  private static Duration checked(Duration time, String name) {
    requireNonNull(time, name);
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be positive and at most " + LONGEST + ", was " + time);
    }
    return time;
  }

  Duration next(Random random) {
    switch (shape) {
      case NONE:
      case FIXED:
        return low;
      case UNIFORM:
        return low.plusNanos((long) (random.nextDouble() * (high.minus(low).toNanos() + 1)));
      default:
        double sigma = Math.log((double) high.toNanos() / low.toNanos()) / Z99;
        double nanos = low.toNanos() * Math.exp(sigma * random.nextGaussian());
        return Duration.ofNanos((long) Math.min(nanos, (double) LONGEST_TAIL * high.toNanos()));
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Latency)) {
      return false;
    }
    Latency that = (Latency) other;
    return shape == that.shape && low.equals(that.low) && high.equals(that.high);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, low, high);
  }

  /** {@return the call that makes this latency} */
  @Override
  public String toString() {
    switch (shape) {
      case NONE:
        return "none()";
      case FIXED:
        return "fixed(" + low + ")";
      case UNIFORM:
        return "uniform(" + low + ", " + high + ")";
      default:
        return "longTailed(" + low + ", " + high + ")";
    }
  }
}
