// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The cipher and the derivation of its keys against published vectors: Project Wycheproof (aes_gcm_test.json, tests 91,
 * 92, 97, 100 and 102) and the specification of GCM by McGrew and Viega (test cases 13, 14 and 16), all with 256, 96
 * and 128 bits of key, nonce and tag.
 */
class SessionCipherTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/aes-256-gcm.csv", useHeadersInDisplayName = true)
  void agreesWithPublishedVectors(
      String name, String key, String nonce, String header, String text, String sealed) {
    assertThat(SessionCipher.encrypt(hex(key), hex(nonce), hex(header), hex(text)))
        .as(name)
        .isEqualTo(hex(sealed));
    assertThat(SessionCipher.decrypt(hex(key), hex(nonce), hex(header), hex(sealed)))
        .as(name)
        .contains(hex(text));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/aes-256-gcm.csv", useHeadersInDisplayName = true)
  void opensNothingOfWhichABitWasChanged(
      String name, String key, String nonce, String header, String text, String sealed) {
    byte[][] parts = {hex(key), hex(nonce), hex(header), hex(sealed)};
    for (byte[] part : parts) {
      for (int bit = 0; bit < part.length * 8; bit++) {
        part[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(SessionCipher.decrypt(parts[0], parts[1], parts[2], parts[3]))
            .as("%s, bit %s", name, bit)
            .isEmpty();

        part[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
    assertThat(SessionCipher.decrypt(parts[0], parts[1], parts[2], parts[3])).contains(hex(text));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/aes-256-gcm.csv", useHeadersInDisplayName = true)
  void opensNothingThatWasCut(
      String name, String key, String nonce, String header, String text, String sealed) {
    byte[] whole = hex(sealed);
    for (int length = 0; length < whole.length; length++) {
      assertThat(SessionCipher.decrypt(
              hex(key), hex(nonce), hex(header), Arrays.copyOf(whole, length)))
          .as("%s, %s bytes", name, length)
          .isEmpty();
    }
  }

  /** Vectors of RFC 7914, section 11, of whose 64 bytes a key takes the first 32. */
  @Test
  void derivesKeysAsPublished() {
    assertThat(PassphraseKey.derive("passwd".toCharArray(), "salt".getBytes(US_ASCII), 1))
        .isEqualTo(hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"));
    assertThat(PassphraseKey.derive("Password".toCharArray(), "NaCl".getBytes(US_ASCII), 80_000))
        .isEqualTo(hex("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"));
  }

  private static byte[] hex(String digits) {
    String text = digits == null ? "" : digits;
    byte[] bytes = new byte[text.length() / 2];
    IntStream.range(0, bytes.length)
        .forEach(i -> bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16));
    return bytes;
  }
}
