// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * The key with which a team's server creates enterprise sessions, as sensitive as all its users' passwords together: keep
 * it on the server, and out of programs that are given to users.
 *
 * <p>It prints as {@code ApiKey[…]}, compares in constant time and is not serializable; {@link #reveal()} is the one way
 * to its text. Immutable.
 *
 * <p><b>Source:</b> the vendor's documentation of the enterprise API, which sends it in the header {@code x-api-key}.
 */
public final class ApiKey {
  private final String key;

  private ApiKey(String key) {
    this.key = key;
  }

  /**
   * Wraps a key.
   *
   * @param key 1 to 4,096 visible ASCII characters
   * @return the key
   * @throws IllegalArgumentException if {@code key} is empty, too long or has another character; the message does not
   *     repeat it
   */
  public static ApiKey of(String key) {
    return new ApiKey(OpaqueText.check("key", key));
  }

  /** {@return the key itself; never print or log it} */
  public String reveal() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey && OpaqueText.same(key, ((ApiKey) other).key);
  }

  /** {@return the same number for all keys of one length, so that it tells nothing about the key} */
  @Override
  public int hashCode() {
    return key.length();
  }

  /** {@return a fixed text without the key} */
  @Override
  public String toString() {
    return "ApiKey[…]";
  }
}
