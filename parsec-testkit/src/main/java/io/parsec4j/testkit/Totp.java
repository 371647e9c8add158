// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two-factor codes of an authenticator app: RFC 6238 with SHA-1, steps of 30 seconds and six digits.
 *
 * <p>Immutable; prints without the seed.
 *
 * <pre>{@code String code = Totp.parse("JBSWY3DPEHPK3PXP").codeAt(Instant.now());}</pre>
 */
public final class Totp {
  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  private final SecretKeySpec key;

  private Totp(byte[] seed) {
    this.key = new SecretKeySpec(seed, ALGORITHM);
  }

  /**
   * Creates the codes of a seed.
   *
   * @param seed the shared secret, copied; not empty
   * @return the codes
   * @throws IllegalArgumentException if {@code seed} is empty
   */
  public static Totp of(byte[] seed) {
    if (requireNonNull(seed, "seed").length == 0) {
      throw new IllegalArgumentException("seed must not be empty");
    }
    return new Totp(seed);
  }

  /**
   * Creates the codes of a seed in Base32, as services show it beside the QR code.
   *
   * @param seed letters in either case and the digits 2 to 7; blanks, hyphens and the padding at the end are ignored
   * @return the codes
   * @throws IllegalArgumentException if {@code seed} is empty, cut off or has another character; the message does not
   *     repeat it
   */
  public static Totp parse(String seed) {
    return of(decode(requireNonNull(seed, "seed")));
  }

  /**
   * Computes the code of a moment.
   *
   * @param time the moment; not before 1970
   * @return six digits
   * @throws IllegalArgumentException if {@code time} is before 1970
   */
  public String codeAt(Instant time) {
    return code(step(time));
  }

  /** {@return the number of the 30-second step in which a moment is} */
  static long step(Instant time) {
    if (requireNonNull(time, "time").getEpochSecond() < 0) {
      throw new IllegalArgumentException("time must not be before 1970, was " + time);
    }
    return time.getEpochSecond() / STEP_SECONDS;
  }

  String code(long step) {
    byte[] hash = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    return Integer.toString(MODULUS + number % MODULUS).substring(1);
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
    }
  }

  /** {@return a fixed text without the seed} */
  @Override
  public String toString() {
    return "Totp[…]";
  }

  private static byte[] decode(String seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = seed.length();
    while (end > 0 && seed.charAt(end - 1) == '=') {
      end--;
    }
    int bits = 0;
    int held = 0;
    for (int i = 0; i < end; i++) {
      char c = seed.charAt(i);
      if (c == ' ' || c == '-') {
        continue;
      }
      int value = BASE32.indexOf(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
      if (value < 0) {
        throw new IllegalArgumentException(
            "seed must be Base32, the character at index " + i + " is not");
      }
      bits = bits << 5 | value;
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes.write(bits >> held);
      }
    }
    if (held >= 5) {
      throw new IllegalArgumentException(
          "seed is cut off: no whole number of bytes has that many Base32 characters");
    }
    return bytes.toByteArray();
  }
}
