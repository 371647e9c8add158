// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How one attempt of a call ended; told to a {@link CallListener}, and what a {@link RetryPolicy} decides by. Immutable. */
public final class AttemptEvent {
  private final Operation operation;
  private final int attempt;
  private final Duration elapsed;
  private final boolean success;
  private final int status;
  private final @Nullable FailureStage stage;
  private final @Nullable Duration retryAfter;
  private final @Nullable Duration retryIn;

  private AttemptEvent(Builder builder) {
    this.operation = builder.operation;
    this.attempt = builder.attempt;
    this.elapsed = builder.elapsed;
    this.success = builder.success;
    this.status = builder.status;
    this.stage = builder.stage;
    this.retryAfter = builder.retryAfter;
    this.retryIn = builder.retryIn;
  }

  /**
   * Starts an event of a failed attempt, for example to test a retry policy.
   *
   * @param operation the call
   * @param attempt 1 for the first
   * @param elapsed time since the call began
   * @return a builder
   * @throws IllegalArgumentException if {@code attempt} is less than 1
   */
  public static Builder builder(Operation operation, int attempt, Duration elapsed) {
    return new Builder(operation, attempt, elapsed);
  }

  /** {@return the call} */
  public Operation operation() {
    return operation;
  }

  /** {@return the number of the attempt, 1 for the first} */
  public int attempt() {
    return attempt;
  }

  /** {@return the time from the beginning of the call, not of the attempt} */
  public Duration elapsed() {
    return elapsed;
  }

  /** {@return whether the attempt brought what was asked for} */
  public boolean isSuccess() {
    return success;
  }

  /** {@return the HTTP status; empty if no complete answer came} */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** {@return how far the exchange had come when it failed; empty if a complete answer came or the call was given up} */
  public Optional<FailureStage> stage() {
    return Optional.ofNullable(stage);
  }

  /** {@return how long the service asks to wait; empty if it did not say, or nothing sensible} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return after which wait another attempt follows; empty if none does, and while a policy is being asked} */
  public Optional<Duration> retryIn() {
    return Optional.ofNullable(retryIn);
  }

  /** {@return a builder with the values of this event} */
  public Builder toBuilder() {
    Builder copy = new Builder(operation, attempt, elapsed);
    copy.success = success;
    copy.status = status;
    copy.stage = stage;
    copy.retryAfter = retryAfter;
    copy.retryIn = retryIn;
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof AttemptEvent)) {
      return false;
    }
    AttemptEvent that = (AttemptEvent) other;
    return operation == that.operation
        && attempt == that.attempt
        && elapsed.equals(that.elapsed)
        && success == that.success
        && status == that.status
        && stage == that.stage
        && Objects.equals(retryAfter, that.retryAfter)
        && Objects.equals(retryIn, that.retryIn);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operation, attempt, elapsed, success, status, stage, retryAfter, retryIn);
  }

  /** {@return call, number and outcome} */
  @Override
  public String toString() {
    String outcome = success ? "success" : stage != null ? stage.toString() : "failure";
    return "AttemptEvent[" + operation + " " + attempt + ", " + outcome
        + (status == 0 ? "" : " " + status)
        + (retryIn == null ? "]" : ", again in " + retryIn.toMillis() + " ms]");
  }

  /** Collects an event; not safe for use by several threads. */
  public static final class Builder {
    private final Operation operation;
    private final int attempt;
    private final Duration elapsed;
    private boolean success;
    private int status;
    private @Nullable FailureStage stage;
    private @Nullable Duration retryAfter;
    private @Nullable Duration retryIn;

    private Builder(Operation operation, int attempt, Duration elapsed) {
      this.operation = requireNonNull(operation, "operation");
      this.elapsed = requireNonNull(elapsed, "elapsed");
      if (attempt < 1) {
        throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
      }
      this.attempt = attempt;
    }

    /**
     * Sets whether the attempt was a success; a failure if not called.
     *
     * @param success whether it was
     * @return this builder
     */
    public Builder success(boolean success) {
      this.success = success;
      return this;
    }

    /**
     * Sets the HTTP status; no answer if not called.
     *
     * @param status the status
     * @return this builder
     */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /**
     * Sets how far the exchange had come when it failed; a complete answer if not called.
     *
     * @param stage the stage
     * @return this builder
     */
    public Builder stage(FailureStage stage) {
      this.stage = requireNonNull(stage, "stage");
      return this;
    }

    /**
     * Sets how long the service asks to wait; unsaid if not called.
     *
     * @param retryAfter the wait
     * @return this builder
     */
    public Builder retryAfter(Duration retryAfter) {
      this.retryAfter = requireNonNull(retryAfter, "retryAfter");
      return this;
    }

    /**
     * Sets after which wait another attempt follows; none if not called.
     *
     * @param retryIn the wait
     * @return this builder
     */
    public Builder retryIn(Duration retryIn) {
      this.retryIn = requireNonNull(retryIn, "retryIn");
      return this;
    }

    /** {@return the event} */
    public AttemptEvent build() {
      return new AttemptEvent(this);
    }
  }
}
