// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** Makes IDs that look like the service's and follow from a seed. Safe for use by several threads. */
final class Ids {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String HEX = "0123456789abcdef";
  private static final int SHORT_LENGTH = 27;
  private static final int USER_CODE_LENGTH = 8;
  private static final int CODES = 1_000_000;

  private final long seed;
  private long count;

  Ids(long seed) {
    this.seed = seed;
  }

  /** The next ID of 64 hex digits. */
  String hex64() {
    StringBuilder id = new StringBuilder(64);
    for (byte b : next()) {
      id.append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
    }
    return id.toString();
  }

  /** The next ID of 27 letters and digits, such as peers have. */
  String base62() {
    return next(SHORT_LENGTH, BASE62);
  }

  /** The next eight capital letters and digits, without those that look alike, for people to type. */
  String userCode() {
    return next(USER_CODE_LENGTH, BASE32);
  }

  private String next(int length, String characters) {
    byte[] bytes = next();
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(characters.charAt((bytes[i] & 0xFF) % characters.length()));
    }
    return id.toString();
  }

  /** The next six digits, such as codes have. */
  String sixDigits() {
    int number = ByteBuffer.wrap(next()).getInt() & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", number % CODES);
  }

  private synchronized byte[] next() {
    try {
      return MessageDigest.getInstance("SHA-256").digest((seed + "/" + count++).getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
