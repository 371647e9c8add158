// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static io.parsec4j.json.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class Utf8ReaderTest {

  @Test
  void givesAllCharactersHoweverFewAreAskedForAtOnce() {
    String text = "é\ud83d\ude00€x".repeat(700);
    for (int step : new int[] {1, 2, 3, 1_000, 5_000}) {
      Utf8Reader reader = new Utf8Reader(utf8(text));
      char[] target = new char[text.length() + step];
      int length = 0;
      for (int count = reader.read(target, 0, step);
          count >= 0;
          count = reader.read(target, 0, step)) {
        assertThat(count).isPositive();
        assertThat(new String(target, 0, count)).isEqualTo(text.substring(length, length + count));
        length += count;
        assertThat(reader.position()).isEqualTo(length);
      }
      assertThat(length).isEqualTo(text.length());
    }
  }

  @Test
  void findsAStringBehindItsSeparators() {
    Utf8Reader reader = new Utf8Reader(utf8("{\"a\" : \"bc\",\"\""));
    assertThat(reader.read(new char[100], 0, 100)).isEqualTo(14);

    assertThat(reader.indexOfString(1, 4)).isEqualTo(2);
    assertThat(reader.indexOfString(4, 11)).isEqualTo(8);
    assertThat(reader.indexOfString(11, 14)).isEqualTo(13);
    assertThat(reader.index(11)).isEqualTo(11);
    assertThat(new String(reader.window(), 8, 2)).isEqualTo("bc");
  }

  @Test
  void findsNothingWhereThePositionsAreNotThoseOfAString() {
    Utf8Reader reader = new Utf8Reader(utf8("{\"a\" : \"bc\",\"\""));
    assertThat(reader.read(new char[100], 0, 100)).isEqualTo(14);

    assertThat(reader.indexOfString(1, 5)).isEqualTo(-1);
    assertThat(reader.indexOfString(1, 3)).isEqualTo(-1);
    assertThat(reader.indexOfString(3, 4)).isEqualTo(-1);
  }

  @Test
  void forgetsWhatLiesFarBack() {
    Utf8Reader reader =
        new Utf8Reader(utf8("\"a\"" + " ".repeat(1_200) + "\"b\"" + " ".repeat(80)));
    char[] target = new char[2_000];
    int length = 0;
    for (int count = reader.read(target, 0, 2_000);
        count >= 0;
        count = reader.read(target, 0, 2_000)) {
      length += count;
    }

    assertThat(length).isEqualTo(1_286);
    assertThat(reader.indexOfString(0, 3)).isEqualTo(-1);
    assertThat(reader.indexOfString(3, 1_206)).isEqualTo(-1);
    int found = reader.indexOfString(1_190, 1_206);
    assertThat(found).isEqualTo(reader.index(1_204));
    assertThat(reader.window()[found]).isEqualTo('b');
  }

  @Test
  void refusesToFeedATokenThatIsTooLong() {
    Utf8Reader reader = new Utf8Reader(utf8("xxx"));

    assertThat(reader.read(new char[65_600], 65_536, 1)).isEqualTo(1);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> reader.read(new char[65_600], 65_537, 1))
        .withMessage("has more than 65536 characters");
  }
}
