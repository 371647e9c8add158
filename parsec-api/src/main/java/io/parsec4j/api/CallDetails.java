// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;

/** What every failed call tells: which call it was, how often it was tried and how long that took. Immutable. */
public final class CallDetails {
  private final Operation operation;
  private final int attempts;
  private final Duration elapsed;

  private CallDetails(Operation operation, int attempts, Duration elapsed) {
    this.operation = requireNonNull(operation, "operation");
    this.attempts = attempts;
    this.elapsed = elapsed;
  }

  /**
   * Creates details, for example to throw an exception of this library from a test.
   *
   * @param operation the call
   * @param attempts how many requests were begun, 0 or more
   * @param elapsed time since the call began, zero or more
   * @return the details
   * @throws IllegalArgumentException if {@code attempts} or {@code elapsed} is negative
   */
  public static CallDetails of(Operation operation, int attempts, Duration elapsed) {
    requireNonNull(elapsed, "elapsed");
    if (attempts < 0 || elapsed.isNegative()) {
      throw new IllegalArgumentException("attempts and elapsed must not be negative");
    }
    return new CallDetails(operation, attempts, elapsed);
  }

  /** {@return the call} */
  public Operation operation() {
    return operation;
  }

  /** {@return how many requests were begun} */
  public int attempts() {
    return attempts;
  }

  /** {@return the time since the call began} */
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof CallDetails)) {
      return false;
    }
    CallDetails that = (CallDetails) other;
    return operation == that.operation && attempts == that.attempts && elapsed.equals(that.elapsed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operation, attempts, elapsed);
  }

  /** {@return all three} */
  @Override
  public String toString() {
    return operation + ", attempts " + attempts + ", " + elapsed.toMillis() + " ms";
  }
}
