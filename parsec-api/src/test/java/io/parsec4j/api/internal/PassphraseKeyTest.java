// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassphraseKeyTest {
  private final List<String> derived = new ArrayList<>();
  private final List<char[]> passphrases = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();
  private final PassphraseKey source =
      new PassphraseKey("bowling".toCharArray(), (passphrase, salt, iterations) -> {
        derived.add(new String(passphrase) + " " + salt[0] + " " + iterations);
        passphrases.add(passphrase);
        byte[] key = PassphraseKey.derive(passphrase, salt, iterations);
        keys.add(key);
        return key;
      });

  @Test
  void derivesWithTheIterationsOfTheFile() {
    byte[] salt = new byte[16];

    byte[] key = source.key(salt, 100_000);

    assertThat(key).isEqualTo(PassphraseKey.derive("bowling".toCharArray(), salt, 100_000));
    assertThat(source.key(salt, 100_001)).isNotEqualTo(key);
  }

  @Test
  void derivesEachKeyOnce() {
    byte[] one = source.key(new byte[] {1}, 10);
    byte[] two = source.key(new byte[] {2}, 10);

    assertThat(source.key(new byte[] {1}, 10)).isEqualTo(one);
    assertThat(source.key(new byte[] {2}, 10)).isEqualTo(two);
    assertThat(source.key(new byte[] {1}, 11)).isNotEqualTo(one);

    assertThat(derived).containsExactly("bowling 1 10", "bowling 2 10", "bowling 1 11");
  }

  @Test
  void keepsSixteenKeysAtMost() {
    byte[] first = source.key(new byte[] {0}, 1);
    for (int i = 1; i <= 16; i++) {
      byte[] salt = {(byte) i};

      assertThat(source.key(salt, 1))
          .isEqualTo(PassphraseKey.derive("bowling".toCharArray(), salt, 1));
    }

    assertThat(source.key(new byte[] {0}, 1)).isEqualTo(first);
    assertThat(derived).hasSize(18);
  }

  @Test
  void overwritesThePassphraseAfterEachUse() {
    byte[] unused = source.key(new byte[16], 1);

    assertThat(passphrases).containsExactly(new char["bowling".length()]);
  }

  @Test
  void overwritesItsKeysAndThePassphraseWhenClosed() {
    byte[] given = source.key(new byte[16], 1);
    byte[] before = given.clone();

    source.close();

    assertThat(keys).containsExactly(new byte[32]);
    assertThat(given).isEqualTo(before);
  }

  @Test
  void overwritesItsKeysWhenThereAreTooMany() {
    for (int i = 0; i <= 16; i++) {
      byte[] unused = source.key(new byte[] {(byte) i}, 1);
    }

    assertThat(keys.subList(0, 16)).allSatisfy(key -> assertThat(key).containsOnly(0));
    assertThat(keys.get(16)).isNotEqualTo(new byte[32]);
  }

  @Test
  void wipesSecretsInPlace() {
    SecretChars secret = new SecretChars("secret", "bowling".toCharArray());
    SecretChars same = new SecretChars("secret", "bowling".toCharArray());

    assertThat(secret.sameAs(same)).isTrue();
    secret.wipe();

    assertThat(secret.sameAs(same)).isFalse();
    assertThat(secret.reveal()).isEmpty();
  }
}
