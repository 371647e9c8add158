// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.KeySource;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Keys that are derived from a passphrase, each once. */
public final class PassphraseKey implements KeySource {
  static final int ITERATIONS = 600_000;

  private static final int MAX_KEYS = 16;

  private final SecretChars passphrase;
  private final Derivation derivation;
  private final Map<ByteBuffer, byte[]> keys = new LinkedHashMap<>();

  public PassphraseKey(char[] passphrase) {
    this(passphrase, PassphraseKey::derive);
  }

  PassphraseKey(char[] passphrase, Derivation derivation) {
    this.passphrase = new SecretChars("passphrase", passphrase);
    this.derivation = derivation;
  }

  @Override
  public byte[] key(byte[] salt) {
    return key(salt, ITERATIONS);
  }

  /** Derives a key, or waits until another thread has. */
  synchronized byte[] key(byte[] salt, int iterations) {
    char[] chars = passphrase
        .reveal()
        .orElseThrow(() -> new IllegalStateException(
            "the key source was closed, which wiped the passphrase; create a new one"));
    try {
      ByteBuffer name = ByteBuffer.allocate(salt.length + Integer.BYTES)
          .put(salt)
          .putInt(iterations)
          .flip();
      byte[] key = keys.get(name);
      if (key == null) {
        key = derivation.derive(chars, salt, iterations);
        if (keys.size() == MAX_KEYS) {
          forgetKeys();
        }
        keys.put(name, key);
      }
      return key.clone();
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, SessionCipher.KEY_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM lacks PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public synchronized void close() {
    passphrase.wipe();
    forgetKeys();
  }

  private void forgetKeys() {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    keys.clear();
  }

  /** {@return a fixed text without the passphrase} */
  @Override
  public String toString() {
    return "KeySource[…]";
  }

  /** How a key is made from a passphrase. */
  @FunctionalInterface
  interface Derivation {
    byte[] derive(char[] passphrase, byte[] salt, int iterations);
  }
}
