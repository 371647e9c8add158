// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.KeySource;
import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.internal.SessionFile.Protection;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/** The payload encrypted, with the header authenticated, by a key that is asked for each time. */
final class KeyedSeal implements SessionSeal {
  private final KeySource source;
  private final SecureRandom random = new SecureRandom();
  /** That of the last file, so that a key which is costly to derive serves for the next one too. */
  private volatile byte[] salt = random(SessionFile.SALT_BYTES);

  KeyedSeal(KeySource source) {
    this.source = source;
  }

  @Override
  public byte[] seal(byte[] payload) {
    byte[] current = salt;
    byte[] nonce = random(SessionCipher.NONCE_BYTES);
    int iterations = source instanceof PassphraseKey ? PassphraseKey.ITERATIONS : 0;
    byte[] header = SessionFile.header(protection(), iterations, current, nonce);
    byte[] sealed =
        withKey(current, iterations, key -> SessionCipher.encrypt(key, nonce, header, payload));
    return SessionFile.join(header, sealed);
  }

  @Override
  public byte[] open(byte[] bytes) throws CorruptSessionException {
    SessionFile file = SessionFile.parse(bytes);
    protection().require(file);
    byte[] payload = withKey(
            file.salt(),
            file.iterations(),
            key -> SessionCipher.decrypt(key, file.nonce(), file.header(), file.sealed()))
        .orElseThrow(
            () -> new CorruptSessionException(
                "was sealed with another passphrase or key, or was damaged, which cannot be told apart"));
    salt = file.salt();
    return payload;
  }

  private Protection protection() {
    return source instanceof PassphraseKey ? Protection.PASSPHRASE : Protection.KEY;
  }

  private <T> T withKey(byte[] salt, int iterations, Function<byte[], T> use) {
    byte[] key = source instanceof PassphraseKey
        ? ((PassphraseKey) source).key(salt, iterations)
        : source.key(salt.clone());
    if (key == null) {
      throw wrongKey("null");
    }
    try {
      if (key.length != SessionCipher.KEY_BYTES) {
        throw wrongKey(Integer.toString(key.length));
      }
      return use.apply(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static SessionStoreException wrongKey(String given) {
    return new SessionStoreException(
        "the key source must give " + SessionCipher.KEY_BYTES + " bytes, gave " + given,
        SessionStoreException.Kind.UNAVAILABLE);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
