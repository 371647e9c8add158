// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final String WIPED =
      "the credentials were closed, which wiped the password; create new ones";

  @Nested
  class Of {
    @Test
    void copiesThePassword() {
      char[] password = "secret".toCharArray();

      Credentials credentials = Credentials.of("a@example.com", password);
      password[0] = 'X';

      assertThat(credentials.revealPassword()).isEqualTo("secret");
      assertThat(credentials.email()).isEqualTo("a@example.com");
      assertThat(credentials.hasTfaCode()).isFalse();
      assertThat(credentials.tfaCode()).isEmpty();
    }

    @Test
    void leavesTheCallersArrayAlone() {
      char[] password = "secret".toCharArray();

      Credentials.of("a@example.com", password).close();

      assertThat(password).containsExactly('s', 'e', 'c', 'r', 'e', 't');
    }

    @Test
    void takesAnyWellFormedUnicodePassword() {
      String password = "pä\uD83D\uDE00\n ";

      Credentials credentials = Credentials.of("a@example.com", password.toCharArray());

      assertThat(credentials.revealPassword()).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\tb", "a\r\nb", "a\u007f", "a\u0085"})
    void refusesABlankOrControlledEmail(String email) {
      assertThatThrownBy(() -> Credentials.of(email, "p".toCharArray()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("email must not be blank or have control characters");
    }

    @Test
    void refusesAnEmailThatUtf8CannotCarry() {
      assertThatThrownBy(() -> Credentials.of("a\ud800@example.com", "p".toCharArray()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("email must be well-formed Unicode");
    }

    @Test
    void refusesAnEmptyPassword() {
      assertThatThrownBy(() -> Credentials.of("a@example.com", new char[0]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("password must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00a", "\ud800\ud800"})
    void refusesAPasswordThatUtf8CannotCarry(String password) {
      assertThatThrownBy(() -> Credentials.of("a@example.com", password.toCharArray()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("password must be well-formed Unicode");
    }
  }

  @Nested
  class WithTfaCode {
    private final Credentials plain = Credentials.of("a@example.com", "secret".toCharArray());

    @Test
    void carriesTheCodeWithoutTheBlanksAroundIt() {
      Credentials derived = plain.withTfaCode(" 123 456\n");

      assertThat(derived.tfaCode()).contains("123 456");
      assertThat(derived.hasTfaCode()).isTrue();
      assertThat(derived.email()).isEqualTo("a@example.com");
      assertThat(derived.revealPassword()).isEqualTo("secret");
      assertThat(plain.hasTfaCode()).isFalse();
    }

    @Test
    void replacesAnEarlierCode() {
      assertThat(plain.withTfaCode("1").withTfaCode("2").tfaCode()).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "12\n34", "12\u007f", "１２３"})
    void refusesWhatIsNotVisibleAscii(String code) {
      assertThatThrownBy(() -> plain.withTfaCode(code))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("code must be visible ASCII and not blank");
    }
  }

  @Nested
  class Close {
    private final Credentials plain = Credentials.of("a@example.com", "secret".toCharArray());
    private final Credentials derived = plain.withTfaCode("123456");

    @Test
    void wipesThePasswordOfWhatWasDerived() {
      plain.close();

      assertThatThrownBy(derived::revealPassword)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(WIPED);
    }

    @Test
    void wipesThePasswordOfTheOrigin() {
      derived.close();
      derived.close();

      assertThatThrownBy(plain::revealPassword)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(WIPED);
    }

    @Test
    void overwritesTheCharacters() {
      Credentials zeros = Credentials.of("a@example.com", new char[6]);

      plain.close();

      assertThat(plain).isEqualTo(zeros);
      assertThat(plain).isNotEqualTo(Credentials.of("a@example.com", "secret".toCharArray()));
    }

    @Test
    void keepsTheEmail() {
      plain.close();

      assertThat(plain.email()).isEqualTo("a@example.com");
      assertThat(plain).hasToString("Credentials[…]");
    }
  }

  @Test
  void hashCodeTellsNothingOfTheSecrets() {
    Credentials one = Credentials.of("a@example.com", "one".toCharArray());
    Credentials other = Credentials.of("a@example.com", "other".toCharArray());

    assertThat(one).hasSameHashCodeAs(other).hasSameHashCodeAs(one.withTfaCode("1"));
  }
}
