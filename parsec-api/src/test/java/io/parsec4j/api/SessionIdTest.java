// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionIdTest {

  @Test
  void revealsTheTokenOnRequestOnly() {
    SessionId id = SessionId.of("!token~");

    assertThat(id.reveal()).isEqualTo("!token~");
    assertThat(id).hasToString("SessionId[…]");
  }

  @Test
  void hashCodeIsTheSameForAllTokensOfOneLength() {
    assertThat(SessionId.of("abcd")).hasSameHashCodeAs(SessionId.of("wxyz"));
  }

  @Test
  void takesUpTo4096Characters() {
    assertThat(SessionId.of("x".repeat(4_096)).reveal()).hasSize(4_096);
    assertThatThrownBy(() -> SessionId.of("x".repeat(4_097)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must have 1 to 4096 characters, has 4097");
    assertThatThrownBy(() -> SessionId.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must have 1 to 4096 characters, has 0");
  }

  @Test
  void tellsWhereABadCharacterStands() {
    assertThatThrownBy(() -> SessionId.of("ab\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must be visible ASCII, the character at index 2 is not;"
            + " was a line break stored with it?");
  }
}
