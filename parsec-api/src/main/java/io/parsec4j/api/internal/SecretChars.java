// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** A password or passphrase that can be overwritten; safe for use by several threads. */
public final class SecretChars {
  private final char[] chars;
  private boolean wiped;

  /**
   * Copies a secret.
   *
   * @throws IllegalArgumentException if it is empty or not well-formed Unicode; the message has only its name
   */
  public SecretChars(String name, char[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    // An unpaired surrogate would silently turn into a question mark wherever the secret is
    // encoded.
    try {
      byte[] copy =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(secret)).array();
      Arrays.fill(copy, (byte) 0);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + " must be well-formed Unicode");
    }
    this.chars = secret.clone();
  }

  /** Returns a copy for the caller to overwrite; empty after {@link #wipe()}. */
  public synchronized Optional<char[]> reveal() {
    return wiped ? Optional.empty() : Optional.of(chars.clone());
  }

  /** Overwrites the secret. */
  public synchronized void wipe() {
    Arrays.fill(chars, '\0');
    wiped = true;
  }

  /** Compares in constant time. */
  public boolean sameAs(SecretChars other) {
    return this == other || MessageDigest.isEqual(bytes(), other.bytes());
  }

  private synchronized byte[] bytes() {
    return new String(chars).getBytes(StandardCharsets.UTF_8);
  }
}
