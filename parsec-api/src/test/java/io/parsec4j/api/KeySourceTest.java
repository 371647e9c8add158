// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
  private static final byte[] SALT = new byte[16];

  @Test
  void givesARawKeyWhateverTheSalt() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);

    try (KeySource source = KeySource.raw(key)) {
      assertThat(source.key(SALT)).isEqualTo(key);
      assertThat(source.key(new byte[] {1})).isEqualTo(key);
    }
  }

  @Test
  void copiesARawKeyBothWays() {
    byte[] key = new byte[32];
    try (KeySource source = KeySource.raw(key)) {
      key[0] = 1;
      source.key(SALT)[1] = 1;

      assertThat(source.key(SALT)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void refusesARawKeyOfAnotherLength(int length) {
    assertThatThrownBy(() -> KeySource.raw(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key must have 32 bytes, has " + length);
  }

  @Test
  void refusesAnEmptyPassphrase() {
    assertThatThrownBy(() -> KeySource.passphrase(new char[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("passphrase must not be empty");
  }

  @Test
  void refusesAPassphraseThatIsNotUnicode() {
    assertThatThrownBy(() -> KeySource.passphrase(new char[] {'a', '\ud800'}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("passphrase must be well-formed Unicode");
  }

  @Test
  void derivesAKeyOfItsOwnForEachSaltAndPassphrase() {
    try (KeySource source = KeySource.passphrase("bowling".toCharArray());
        KeySource other = KeySource.passphrase("Bowling".toCharArray())) {
      byte[] key = source.key(SALT);

      assertThat(key).hasSize(32).isEqualTo(source.key(SALT));
      assertThat(source.key(new byte[] {1})).isNotEqualTo(key);
      assertThat(other.key(SALT)).isNotEqualTo(key);
    }
  }

  @Test
  void keepsItsCopyOfPassphraseAndKey() {
    char[] passphrase = "bowling".toCharArray();
    try (KeySource source = KeySource.passphrase(passphrase)) {
      Arrays.fill(passphrase, 'x');
      byte[] key = source.key(SALT);
      byte[] expected = key.clone();

      Arrays.fill(key, (byte) 0);

      assertThat(source.key(SALT)).isEqualTo(expected);
    }
  }

  @Test
  void givesNoKeyOnceClosed() {
    KeySource raw = KeySource.raw(new byte[32]);
    KeySource passphrase = KeySource.passphrase("bowling".toCharArray());
    byte[] before = passphrase.key(SALT);

    raw.close();
    passphrase.close();

    assertThat(before).hasSize(32);
    assertThatThrownBy(() -> raw.key(SALT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the key source was closed, which wiped the key; create a new one");
    assertThatThrownBy(() -> passphrase.key(SALT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the key source was closed, which wiped the passphrase; create a new one");
  }

  @Test
  void closesAnOwnSourceWithoutDoingAnything() {
    KeySource own = salt -> new byte[32];

    own.close();

    assertThat(own.key(SALT)).hasSize(32);
  }
}
