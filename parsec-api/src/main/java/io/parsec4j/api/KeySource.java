// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.PassphraseKey;
import io.parsec4j.api.internal.RawKey;

/**
 * Where a {@link FileSessionStore} gets the key that it seals its file with: a passphrase, the application's secret
 * manager, or the keyring of the operating system.
 *
 * <p>The protection is that of the key: one that lies beside the file protects nothing. Implemented by applications
 * whose key is elsewhere: a command that asks a keyring, for example, which prints the key to this program alone.
 *
 * @implSpec May be asked by several threads at once, and is asked at each load and save. Gives the same key for the
 *     same salt as long as the file is to be readable. What it throws is thrown by the store's method; it must not have
 *     a secret in its message. Further methods will have a default.
 */
@FunctionalInterface
public interface KeySource extends AutoCloseable {

  /**
   * Gives the key for one file.
   *
   * @param salt 16 bytes that stand in the file unsealed, drawn at random when it was first written: for a key that is
   *     derived from something shorter; ignored by others
   * @return 32 bytes which only the application can know, in an array that the store overwrites after use
   */
  byte[] key(byte[] salt);

  /** Forgets the secret if there is one to forget; does nothing unless overridden. A store does not call it. */
  @Override
  default void close() {}

  /**
   * Derives keys from a passphrase, by PBKDF2 with HMAC-SHA256 and 600,000 iterations. That takes a second or more,
   * once for each file and process: the key is kept until {@link #close()}. Keep the passphrase long and random: the
   * time is all that slows down who guesses at a stolen file.
   *
   * @param passphrase copied, so that the caller may overwrite the array at once; not empty
   * @return a source that fails with {@link IllegalStateException} after it was closed, which overwrites the passphrase
   *     and the keys
   * @throws IllegalArgumentException if {@code passphrase} is empty or not well-formed Unicode; the message does not
   *     repeat it
   */
  static KeySource passphrase(char[] passphrase) {
    return new PassphraseKey(requireNonNull(passphrase, "passphrase"));
  }

  /**
   * Takes a key as it is, for example from a secret manager.
   *
   * @param key 32 random bytes, copied, so that the caller may overwrite the array at once
   * @return a source that fails with {@link IllegalStateException} after it was closed, which overwrites the key
   * @throws IllegalArgumentException if {@code key} has not 32 bytes
   */
  static KeySource raw(byte[] key) {
    return new RawKey(requireNonNull(key, "key"));
  }
}
