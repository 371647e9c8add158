// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service said when it refused a call: the part of {@link ParsecApiException} that comes from the answer. */
public final class ErrorAnswer {
  private final int status;
  private final @Nullable String errorText;
  private final @Nullable Duration retryAfter;

  private ErrorAnswer(int status, @Nullable String errorText, @Nullable Duration retryAfter) {
    this.status = status;
    this.errorText = errorText;
    this.retryAfter = retryAfter;
  }

  /**
   * Creates an answer that is a status and nothing else.
   *
   * @param status the HTTP status
   * @return the answer
   */
  public static ErrorAnswer of(int status) {
    return new ErrorAnswer(status, null, null);
  }

  /**
   * Returns this answer with the service's own words.
   *
   * @param errorText free of secrets
   * @return the answer
   */
  public ErrorAnswer withErrorText(String errorText) {
    return new ErrorAnswer(status, requireNonNull(errorText, "errorText"), retryAfter);
  }

  /**
   * Returns this answer with the wait that the service asks for.
   *
   * @param retryAfter zero or positive
   * @return the answer
   */
  public ErrorAnswer withRetryAfter(Duration retryAfter) {
    return new ErrorAnswer(status, errorText, requireNonNull(retryAfter, "retryAfter"));
  }

  /** {@return the HTTP status} */
  public int status() {
    return status;
  }

  /** {@return the service's own words; empty if there were none} */
  public Optional<String> errorText() {
    return Optional.ofNullable(errorText);
  }

  /** {@return the wait that the service asks for; empty if it did not say} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ErrorAnswer)) {
      return false;
    }
    ErrorAnswer that = (ErrorAnswer) other;
    return status == that.status
        && Objects.equals(errorText, that.errorText)
        && Objects.equals(retryAfter, that.retryAfter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, errorText, retryAfter);
  }

  /** {@return the status} */
  @Override
  public String toString() {
    return "ErrorAnswer[" + status + "]";
  }
}
