// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

  @Test
  void findsEveryNameWhereverItStands() {
    for (int number = 0; number < FieldNames.COUNT; number++) {
      String name = FieldNames.name(number);
      assertThat(find("xx" + name + "xx", 2, 2 + name.length())).isEqualTo(number);
    }
  }

  @Test
  void givesNumbersThatFitIntoTheBitsOfALong() {
    assertThat(FieldNames.COUNT).isLessThan(Long.SIZE);
  }

  @Test
  void knowsNoOtherName() {
    for (int number = 0; number < FieldNames.COUNT; number++) {
      String name = FieldNames.name(number);
      char middle = name.charAt(name.length() / 2);
      for (String other : List.of(
          name + "x",
          name.substring(1),
          name.toUpperCase(Locale.ROOT),
          name.replace(middle, '!'))) {
        assertThat(find(other, 0, other.length())).as(other).isEqualTo(FieldNames.UNKNOWN);
      }
    }
    assertThat(find("x", 0, 0)).isEqualTo(FieldNames.UNKNOWN);
  }

  private static int find(String text, int from, int to) {
    return FieldNames.find(text.toCharArray(), from, to);
  }
}
