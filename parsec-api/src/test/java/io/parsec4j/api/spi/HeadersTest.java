// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private final Headers headers = Headers.of("B", "1", "a", "2", "b", "3");

  @Test
  void keepOrderRepeatedNamesAndCase() {
    List<String> seen = new ArrayList<>();

    headers.forEach((name, value) -> seen.add(name + "=" + value));

    assertThat(seen).containsExactly("B=1", "a=2", "b=3");
    assertThat(headers.size()).isEqualTo(3);
  }

  @Test
  void areFoundByNameInAnyCase() {
    assertThat(headers.first("b")).contains("1");
    assertThat(headers.first("A")).contains("2");
    assertThat(headers.first("c")).isEmpty();
    assertThat(headers.all("B")).containsExactly("1", "3").isUnmodifiable();
    assertThat(headers.all("c")).isEmpty();
  }

  @Test
  void areNotChangedByABuilderThatStartedFromThem() {
    Headers.Builder builder = headers.toBuilder();
    Headers more = builder.add("c", "4").build();
    Headers evenMore = builder.add("d", "5").build();

    assertThat(headers.first("c")).isEmpty();
    assertThat(more.size()).isEqualTo(4);
    assertThat(more.first("c")).contains("4");
    assertThat(evenMore.size()).isEqualTo(5);
  }

  @Test
  void mayBeEmpty() {
    assertThat(Headers.of().size()).isZero();
    assertThat(Headers.builder().build().size()).isZero();
    assertThat(Headers.of()).hasToString("Headers[]");
  }

  @Test
  void printTheirNamesOnly() {
    assertThat(headers).hasToString("Headers[B, a, b]");
  }

  @Test
  void comeInPairs() {
    assertThatThrownBy(() -> Headers.of("a", "1", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("namesAndValues must be pairs, were 3 strings");
  }

  @Test
  void refuseANullInAPair() {
    assertThatThrownBy(() -> Headers.of("a", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("value");
    assertThatThrownBy(() -> Headers.of(null, "1"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
  }
}
