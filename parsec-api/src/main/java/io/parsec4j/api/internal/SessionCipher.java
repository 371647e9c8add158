// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a nonce of 12 bytes and a tag of 16 bytes behind the text. */
final class SessionCipher {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private SessionCipher() {}

  static byte[] encrypt(byte[] key, byte[] nonce, byte[] header, byte[] text) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, nonce, header, text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM lacks AES-256-GCM", e);
    }
  }

  /** Returns the text, or nothing if key, nonce, header or text is not that of the encryption. */
  static Optional<byte[]> decrypt(byte[] key, byte[] nonce, byte[] header, byte[] sealed) {
    if (sealed.length < TAG_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(Cipher.DECRYPT_MODE, key, nonce, header, sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM lacks AES-256-GCM", e);
    }
  }

  private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] header, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(header);
    return cipher.doFinal(input);
  }
}
