// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with a status that is not a success; the subclasses stand for those that call for an action of
 * their own. This class itself stands for the others, such as 400, 404 or a redirect, which is never followed.
 */
public class ParsecApiException extends ParsecException {
  private static final long serialVersionUID = 1L;

  /** The HTTP status. */
  private final int status;

  /** The service's own words, or null. */
  private final @Nullable String errorText;

  /** How long the service asks to wait, or null. */
  private final @Nullable Duration retryAfter;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   */
  public ParsecApiException(String message, CallDetails call, ErrorAnswer answer) {
    super(message, call);
    this.status = requireNonNull(answer, "answer").status();
    this.errorText = answer.errorText().orElse(null);
    this.retryAfter = answer.retryAfter().orElse(null);
  }

  /** {@return the HTTP status, for example 404} */
  public int status() {
    return status;
  }

  /**
   * Returns the service's own words, for people to read: at most 2,048 characters, without control characters, and with
   * any secret of the call blotted out.
   *
   * @return the field {@code error} of the answer; empty if there was none
   */
  public Optional<String> errorText() {
    return Optional.ofNullable(errorText);
  }

  /** {@return how long the service asks to wait before the next call; empty if it did not say, or nothing sensible} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
