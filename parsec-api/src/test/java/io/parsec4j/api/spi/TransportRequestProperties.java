// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TransportRequestProperties {
  private static final String TCHAR =
      "!#$%&'*+-.^_`|~0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final TransportRequest.Builder builder =
      TransportRequest.builder("GET", URI.create("https://example.com"));

  @Property
  void aTokenWithAPlainValueIsTaken(@ForAll("token") String name, @ForAll("plain") String value) {
    TransportRequest request = builder.header(name, value).build();

    assertThat(request.headers().all(name)).last().isEqualTo(value);
  }

  @Property
  void aNameWithAnyOtherCharacterIsRefused(
      @ForAll("token") String before, @ForAll("notToken") char bad, @ForAll("token") String after) {
    assertThatThrownBy(() -> builder.header(before + bad + after, "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name must be a header name: visible ASCII without separators");
  }

  @Property
  void aValueWithAnyOtherCharacterIsRefusedWithoutBeingRepeated(
      @ForAll("plain") String before, @ForAll("notPlain") char bad) {
    String value = before + bad + "C4NARY";
    String message = "value of header X-Name must be ASCII without control characters,"
        + " the character at index " + before.length() + " is not";

    assertThatThrownBy(() -> builder.header("X-Name", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> builder.headers(Headers.of("X-Name", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Property
  void anEmptyNameIsRefused(@ForAll("plain") String value) {
    assertThatThrownBy(() -> builder.header("", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<String> token() {
    return Arbitraries.strings().withChars(TCHAR).ofMinLength(1).ofMaxLength(20);
  }

  @Provide
  Arbitrary<Character> notToken() {
    return Arbitraries.chars().all().filter(c -> TCHAR.indexOf(c) < 0);
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars('\t').ofMaxLength(30);
  }

  @Provide
  Arbitrary<Character> notPlain() {
    return Arbitraries.chars().all().filter(c -> c != '\t' && (c < ' ' || c > '~'));
  }
}
