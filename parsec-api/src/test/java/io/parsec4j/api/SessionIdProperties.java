// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SessionIdProperties {

  @Property
  void anyVisibleAsciiIsTakenAsItIs(@ForAll("visible") String token) {
    assertThat(SessionId.of(token).reveal()).isEqualTo(token);
  }

  @Property
  void anyOtherCharacterIsRefused(
      @ForAll("visible") String before,
      @ForAll("invisible") char bad,
      @ForAll("visible") String after) {
    assertThatThrownBy(() -> SessionId.of(before + bad + after))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index " + before.length() + " is not");
  }

  @Provide
  Arbitrary<String> visible() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(100);
  }

  @Provide
  Arbitrary<Character> invisible() {
    return Arbitraries.chars().all().filter(c -> c <= ' ' || c > '~');
  }
}
