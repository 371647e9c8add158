// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.internal.SessionFile.Protection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFileTest {
  @ParameterizedTest
  @CsvSource({"PASSPHRASE, 100000", "PASSPHRASE, 2000000", "KEY, 0", "PLAIN, 0"})
  void takesTheIterationsThatItsProtectionMayHave(Protection protection, int iterations)
      throws CorruptSessionException {
    SessionFile file = SessionFile.parse(header(protection, iterations));

    assertThat(file.protection()).isEqualTo(protection);
    assertThat(file.iterations()).isEqualTo(iterations);
    assertThat(file.sealed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PASSPHRASE, 99999", "PASSPHRASE, 2000001", "PASSPHRASE, -1", "KEY, 1", "PLAIN, 1"})
  void refusesOthersBeforeAKeyIsDerived(Protection protection, int iterations) {
    assertThatThrownBy(() -> SessionFile.parse(header(protection, iterations)))
        .isInstanceOf(CorruptSessionException.class)
        .hasMessage(
            "asks for a number of iterations that this library does not accept, or was damaged");
  }

  private static byte[] header(Protection protection, int iterations) {
    return SessionFile.header(
        protection,
        iterations,
        new byte[SessionFile.SALT_BYTES],
        new byte[SessionCipher.NONCE_BYTES]);
  }
}
