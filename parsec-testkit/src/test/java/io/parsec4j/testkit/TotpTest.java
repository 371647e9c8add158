// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
  private static final byte[] SEED = "12345678901234567890".getBytes(US_ASCII);

  // RFC 6238, appendix B: the last six of its eight digits, which are those of a six-digit code
  @ParameterizedTest
  @CsvSource({
    "59,287082",
    "1111111109,081804",
    "1111111111,050471",
    "1234567890,005924",
    "2000000000,279037",
    "20000000000,353130"
  })
  void computesTheCodesOfTheStandard(long seconds, String code) {
    assertThat(Totp.of(SEED).codeAt(Instant.ofEpochSecond(seconds))).isEqualTo(code);
  }

  @Test
  void changesTheCodeEvery30Seconds() {
    Totp totp = Totp.of(SEED);

    assertThat(totp.codeAt(Instant.ofEpochSecond(30))).isEqualTo("287082");
    assertThat(totp.codeAt(Instant.ofEpochSecond(59, 999_999_999))).isEqualTo("287082");
    assertThat(totp.codeAt(Instant.ofEpochSecond(29))).isNotEqualTo("287082");
    assertThat(totp.codeAt(Instant.ofEpochSecond(60))).isNotEqualTo("287082");
  }

  // RFC 4648, chapter 10
  @ParameterizedTest
  @CsvSource({
    "MY======,f",
    "IBAA====,@@",
    "ibaa====,@@",
    "MZXQ====,fo",
    "MZXW6===,foo",
    "MZXW6YQ=,foob",
    "MZXW6YTB,fooba",
    "MZXW6YTBOI======,foobar",
    "mzxw6ytboi,foobar",
    "MZXW 6YTB-OI,foobar"
  })
  void readsBase32(String base32, String seed) {
    assertThat(Totp.parse(base32).codeAt(Instant.EPOCH))
        .isEqualTo(Totp.of(seed.getBytes(US_ASCII)).codeAt(Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MZXW6Y1B|seed must be Base32, the character at index 6 is not",
        "MZ=XW6YT|seed must be Base32, the character at index 2 is not",
        "M|seed is cut off: no whole number of bytes has that many Base32 characters",
        "MZX|seed is cut off: no whole number of bytes has that many Base32 characters",
        "MZXW6YTBOIM|seed is cut off: no whole number of bytes has that many Base32 characters",
        "- =|seed must not be empty",
        "====|seed must not be empty",
      })
  void refusesWhatIsNotBase32WithoutRepeatingIt(String seed, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> Totp.parse(seed)).withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M\u00e9", "M\u0131", "M@", "M[", "M`", "M{", "M0", "M8"})
  void refusesNeighboursOfTheAlphabet(String seed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Totp.parse(seed))
        .withMessageContaining("index 1");
  }

  @Test
  void copiesTheSeed() {
    byte[] seed = SEED.clone();
    Totp totp = Totp.of(seed);

    seed[0] = 0;

    assertThat(totp.codeAt(Instant.ofEpochSecond(59))).isEqualTo("287082");
  }

  @Test
  void refusesAnEmptySeedNullAndTimesBefore1970() {
    assertThatIllegalArgumentException().isThrownBy(() -> Totp.of(new byte[0]));
    assertThatNullPointerException().isThrownBy(() -> Totp.of(null)).withMessage("seed");
    assertThatNullPointerException().isThrownBy(() -> Totp.parse(null)).withMessage("seed");
    assertThatNullPointerException()
        .isThrownBy(() -> Totp.of(SEED).codeAt(null))
        .withMessage("time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Totp.of(SEED).codeAt(Instant.ofEpochMilli(-1)))
        .withMessage("time must not be before 1970, was 1969-12-31T23:59:59.999Z");
  }

  @Test
  void printsWithoutTheSeed() {
    assertThat(Totp.of(SEED)).hasToString("Totp[\u2026]");
  }
}
