// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.internal.SessionFile.Protection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The payload in the clear, with the SHA-256 sum of header and payload behind it. */
final class PlainSeal implements SessionSeal {
  private static final int SUM_BYTES = 32;

  @Override
  public byte[] seal(byte[] payload) {
    byte[] header = SessionFile.header(
        Protection.PLAIN, 0, new byte[SessionFile.SALT_BYTES], new byte[SessionCipher.NONCE_BYTES]);
    return SessionFile.join(header, SessionFile.join(payload, sum(header, payload)));
  }

  @Override
  public byte[] open(byte[] bytes) throws CorruptSessionException {
    SessionFile file = SessionFile.parse(bytes);
    Protection.PLAIN.require(file);
    int length = file.sealed().length - SUM_BYTES;
    if (length >= 0) {
      byte[] payload = Arrays.copyOf(file.sealed(), length);
      byte[] sum = Arrays.copyOfRange(file.sealed(), length, length + SUM_BYTES);
      if (MessageDigest.isEqual(sum, sum(file.header(), payload))) {
        return payload;
      }
    }
    throw new CorruptSessionException("was damaged");
  }

  private static byte[] sum(byte[] header, byte[] payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(header);
      return digest.digest(payload);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM lacks SHA-256", e);
    }
  }
}
