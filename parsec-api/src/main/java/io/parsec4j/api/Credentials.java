// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.SecretChars;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address, a password and, if there is one, a two-factor code: what a user signs in with.
 *
 * <p>The password is copied into an array of its own, which {@link #close()} overwrites; that keeps its life short, but
 * while a sign-in runs the JDK makes copies that nobody can wipe. It prints as {@code Credentials[…]}, compares in
 * constant time and is not serializable. Safe for use by several threads.
 */
public final class Credentials implements AutoCloseable {
  private final String email;
  private final SecretChars password;
  private final @Nullable String tfaCode;

  private Credentials(String email, SecretChars password, @Nullable String tfaCode) {
    this.email = email;
    this.password = password;
    this.tfaCode = tfaCode;
  }

  /**
   * Creates credentials without a two-factor code.
   *
   * @param email the address of the account; not blank, without control characters
   * @param password copied, so that the caller may overwrite the array at once; not empty
   * @return the credentials
   * @throws IllegalArgumentException if an argument is not as it must be; the message never repeats the password
   */
  public static Credentials of(String email, char[] password) {
    requireNonNull(password, "password");
    return new Credentials(
        PlainText.check("email", email), new SecretChars("password", password), null);
  }

  /**
   * Returns these credentials with a two-factor code. Both share one password: closing either wipes it for both.
   *
   * @param code what the user's authenticator or e-mail shows, blanks around it ignored; a code can be used once
   * @return credentials that carry the code
   * @throws IllegalArgumentException if {@code code} is blank or not visible ASCII; the message does not repeat it
   */
  public Credentials withTfaCode(String code) {
    String stripped = requireNonNull(code, "code").strip();
    if (stripped.isEmpty() || stripped.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("code must be visible ASCII and not blank");
    }
    return new Credentials(email, password, stripped);
  }

  /** {@return the address of the account} */
  public String email() {
    return email;
  }

  /** {@return whether a two-factor code is there} */
  public boolean hasTfaCode() {
    return tfaCode != null;
  }

  /** Overwrites the password, also of credentials that were derived from these; signing in with them then fails. */
  @Override
  public void close() {
    password.wipe();
  }

  /**
   * Copies the password.
   *
   * @throws IllegalStateException if it was wiped
   */
  String revealPassword() {
    char[] copy = password
        .reveal()
        .orElseThrow(() -> new IllegalStateException(
            "the credentials were closed, which wiped the password; create new ones"));
    String text = new String(copy);
    Arrays.fill(copy, '\0');
    return text;
  }

  Optional<String> tfaCode() {
    return Optional.ofNullable(tfaCode);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Credentials)) {
      return false;
    }
    Credentials that = (Credentials) other;
    return email.equals(that.email)
        && hasTfaCode() == that.hasTfaCode()
        && password.sameAs(that.password)
        && MessageDigest.isEqual(utf8(tfaCode), utf8(that.tfaCode));
  }

  /** {@return a number that depends on the e-mail address alone} */
  @Override
  public int hashCode() {
    return email.hashCode();
  }

  /** {@return a fixed text without any of the parts} */
  @Override
  public String toString() {
    return "Credentials[…]";
  }

  private static byte[] utf8(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
