// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is not a success. Every field is optional; one of an unexpected kind counts as absent, so
 * that an odd error text hides neither the status nor the demand for a two-factor code.
 */
public final class ErrorBody {
  private final @Nullable String error;
  private final boolean tfaRequired;
  private final @Nullable String tfaType;

  private ErrorBody(@Nullable String error, boolean tfaRequired, @Nullable String tfaType) {
    this.error = error;
    this.tfaRequired = tfaRequired;
    this.tfaType = tfaType;
  }

  /**
   * Creates an error body.
   *
   * @param error the field {@code error}: the service's own words
   * @param tfaRequired the field {@code tfa_required}, {@code false} if absent
   * @param tfaType the field {@code tfa_type}, for example {@code totp}
   * @return the error body
   */
  public static ErrorBody of(
      Optional<String> error, boolean tfaRequired, Optional<String> tfaType) {
    requireNonNull(error, "error");
    requireNonNull(tfaType, "tfaType");
    return new ErrorBody(error.orElse(null), tfaRequired, tfaType.orElse(null));
  }

  /** {@return the service's own words; empty if it said nothing} */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** {@return whether the service asks for a two-factor code} */
  public boolean tfaRequired() {
    return tfaRequired;
  }

  /** {@return the kind of code that is asked for, for example {@code totp}; empty if the service did not say} */
  public Optional<String> tfaType() {
    return Optional.ofNullable(tfaType);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ErrorBody)) {
      return false;
    }
    ErrorBody that = (ErrorBody) other;
    return tfaRequired == that.tfaRequired
        && Objects.equals(error, that.error)
        && Objects.equals(tfaType, that.tfaType);
  }

  @Override
  public int hashCode() {
    return Objects.hash(error, tfaRequired, tfaType);
  }

  /** {@return what is asked for; the service's words are left out, as they may repeat what was sent} */
  @Override
  public String toString() {
    return "ErrorBody[tfaRequired=" + tfaRequired + "]";
  }
}
