// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;

/** How a call ended, as a {@link CallListener} is told. Immutable. */
public final class CallEvent {
  private final CallDetails details;
  private final Outcome outcome;

  private CallEvent(CallDetails details, Outcome outcome) {
    this.details = requireNonNull(details, "details");
    this.outcome = requireNonNull(outcome, "outcome");
  }

  /** The ways in which a call ends. */
  public enum Outcome {
    /** It returned what was asked for. */
    SUCCESS,
    /** The service refused it: a {@link ParsecApiException}. */
    REFUSED,
    /** It failed in another way. */
    FAILED,
    /** The caller gave it up: by cancelling, by an interrupt, or by closing the client. */
    CANCELLED
  }

  /**
   * Creates an event, for example to test a listener.
   *
   * @param details which call, how often tried, how long
   * @param outcome how it ended
   * @return the event
   */
  public static CallEvent of(CallDetails details, Outcome outcome) {
    return new CallEvent(details, outcome);
  }

  /** {@return the call} */
  public Operation operation() {
    return details.operation();
  }

  /** {@return how many requests were begun} */
  public int attempts() {
    return details.attempts();
  }

  /** {@return the time from beginning to end, waits included} */
  public Duration elapsed() {
    return details.elapsed();
  }

  /** {@return how the call ended} */
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof CallEvent)) {
      return false;
    }
    CallEvent that = (CallEvent) other;
    return details.equals(that.details) && outcome == that.outcome;
  }

  @Override
  public int hashCode() {
    return Objects.hash(details, outcome);
  }

  /** {@return all of it} */
  @Override
  public String toString() {
    return "CallEvent[" + details + ", " + outcome + "]";
  }
}
