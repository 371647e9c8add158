// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer could not be understood, for example an HTML page of a proxy, or JSON without a session ID.
 *
 * <p>What to do: check the address and what stands between; if the service has changed, update this library. The body
 * is not kept, because it may carry secrets.
 */
public final class ParsecDecodeException extends ParsecException {
  private static final long serialVersionUID = 1L;

  /** The HTTP status. */
  private final int status;

  /** The content type as the service named it, or null. */
  private final @Nullable String contentType;

  /**
   * Creates a failure.
   *
   * @param message what was wrong and where, free of values from the body
   * @param call which call it was
   * @param status the HTTP status
   * @param contentType the content type, if the service named one
   */
  public ParsecDecodeException(
      String message, CallDetails call, int status, Optional<String> contentType) {
    super(message, call);
    this.status = status;
    this.contentType = requireNonNull(contentType, "contentType").orElse(null);
  }

  /** {@return the HTTP status of the answer} */
  public int status() {
    return status;
  }

  /** {@return the content type of the answer, at most 100 characters; empty if it named none} */
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }
}
