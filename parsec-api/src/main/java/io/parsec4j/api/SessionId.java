// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The token that a sign-in yields, as sensitive as a password: whoever has it acts as the user.
 *
 * <p>It prints as {@code SessionId[…]}, compares in constant time and is not serializable; {@link #reveal()} is the one
 * way to its text. Keeping the object opaque prevents leaks by accident; it does not protect against code in the same
 * process. Immutable.
 *
 * <p><b>Source:</b> the vendor documents an opaque string that must be stored securely; 64 hex digits were seen.
 */
public final class SessionId {
  private final String token;

  private SessionId(String token) {
    this.token = token;
  }

  /**
   * Wraps a token, for example one that was stored earlier.
   *
   * @param token 1 to 4,096 visible ASCII characters
   * @return the session ID
   * @throws IllegalArgumentException if {@code token} is empty, too long or has another character; the message does not
   *     repeat it
   */
  public static SessionId of(String token) {
    return new SessionId(OpaqueText.check("token", token));
  }

  /** {@return the token itself, to hand to the Parsec SDK or to store encrypted; never print or log it} */
  public String reveal() {
    return token;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionId && OpaqueText.same(token, ((SessionId) other).token);
  }

  /** {@return the same number for all session IDs of one length, so that it tells nothing about the token} */
  @Override
  public int hashCode() {
    return token.length();
  }

  /** {@return a fixed text without the token} */
  @Override
  public String toString() {
    return "SessionId[…]";
  }
}
