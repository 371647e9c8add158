// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a sign-in as it goes over the wire: {@code email}, {@code password} and, if there is one, {@code tfa}.
 *
 * <p>Made for one call and given to a {@link Codec}; not to be kept. Printing it shows nothing.
 */
public final class SignInBody {
  private final String email;
  private final String password;
  private final @Nullable String tfaCode;

  private SignInBody(String email, String password, @Nullable String tfaCode) {
    this.email = requireNonNull(email, "email");
    this.password = requireNonNull(password, "password");
    this.tfaCode = tfaCode;
  }

  /**
   * Creates a body.
   *
   * @param email the field {@code email}
   * @param password the field {@code password}
   * @param tfaCode the field {@code tfa}, left out if empty
   * @return the body
   */
  public static SignInBody of(String email, String password, Optional<String> tfaCode) {
    return new SignInBody(email, password, requireNonNull(tfaCode, "tfaCode").orElse(null));
  }

  /** {@return the field {@code email}} */
  public String email() {
    return email;
  }

  /** {@return the field {@code password}} */
  public String password() {
    return password;
  }

  /** {@return the field {@code tfa}; empty if it is to be left out} */
  public Optional<String> tfaCode() {
    return Optional.ofNullable(tfaCode);
  }

  /** {@return a fixed text without any of the fields} */
  @Override
  public String toString() {
    return "SignInBody[…]";
  }
}
