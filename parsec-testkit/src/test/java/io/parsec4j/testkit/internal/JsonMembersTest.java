// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
  private static JsonMembers read(String json) {
    return JsonText.read(json.getBytes(UTF_8));
  }

  /** Some constants. */
  private enum Colour {
    RED,
    DARK_BLUE
  }

  @Test
  void readsEveryKindOfMember() {
    JsonMembers json = read(
        "{\"s\":\"x\",\"n\":-7,\"t\":true,\"f\":false,\"l\":[\"a\",\"b\"],\"e\":[],\"c\":\"dark-blue\"}");

    assertThat(json.string("s")).contains("x");
    assertThat(json.required("s")).isEqualTo("x");
    assertThat(json.number("n", -7, 0)).contains(-7L);
    assertThat(json.requiredNumber("n", -8, -7)).isEqualTo(-7);
    assertThat(json.flag("t")).contains(true);
    assertThat(json.flag("f")).contains(false);
    assertThat(json.list("l")).contains(List.of("a", "b"));
    assertThat(json.list("e")).contains(List.of());
    assertThat(json.constant("c", Colour.class)).contains(Colour.DARK_BLUE);
    assertThat(json.strings()).isEqualTo(Map.of("s", "x", "c", "dark-blue"));
  }

  @Test
  void hasNothingWhereNothingStands() {
    JsonMembers json = read("{}");

    assertThat(json.string("x")).isEmpty();
    assertThat(json.number("x", 0, 1)).isEmpty();
    assertThat(json.flag("x")).isEmpty();
    assertThat(json.list("x")).isEmpty();
    assertThat(json.constant("x", Colour.class)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json.required("x"))
        .withMessage("x is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json.requiredNumber("x", 0, 1))
        .withMessage("x is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "null", "[]", "{}", "[\"a\"]"})
  void takesNothingElseForAString(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"x\":" + value + "}").string("x"))
        .withMessage("x must be a string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"a\"",
        "null",
        "{}",
        "{\"a\":\"b\"}",
        "[1]",
        "[\"a\",[\"b\"]]",
        "[\"a\",{}]",
        "[null]",
        "[true,\"a\"]"
      })
  void takesNothingElseForAList(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read("{\"l\":[\"z\"],\"x\":" + value + ",\"m\":[\"y\"]}").list("x"))
        .withMessage("x must be an array of strings");
    assertThat(read("{\"l\":[\"z\"],\"x\":" + value + ",\"m\":[\"y\"]}").list("m"))
        .contains(List.of("y"));
  }

  @ParameterizedTest
  @CsvSource({
    "\"1\", x must be a number from 0 to 9",
    "true, x must be a number from 0 to 9",
    "-1, 'x must be a number from 0 to 9, was -1'",
    "10, 'x must be a number from 0 to 9, was 10'",
    "1.0, 'x must be a number from 0 to 9, was 1.0'",
    "1e99999999, 'x must be a number from 0 to 9, was 1e99999999'",
    "9223372036854775808, 'x must be a number from 0 to 9, was 9223372036854775808'"
  })
  void takesNothingElseForANumber(String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"x\":" + value + "}").number("x", 0, 9))
        .withMessage(message);
  }

  @Test
  void takesNothingElseForATruthValueOrAConstant() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"x\":\"true\"}").flag("x"))
        .withMessage("x must be true or false");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"x\":\"RED\"}").constant("x", Colour.class))
        .withMessage("x must be red or dark-blue, was RED");
    assertThat(JsonMembers.anyOf(List.of("a"))).isEqualTo("a");
    assertThat(JsonMembers.anyOf(List.of("a", "b", "c"))).isEqualTo("a, b or c");
  }

  @Test
  void refusesWhatIsNotAllowed() {
    JsonMembers json = JsonMembers.of(Map.of("x", "1"));

    json.requireOnly(List.of("y", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json.requireOnly(List.of("y", "z")))
        .withMessage("x is no member of this; allowed are y, z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json.requireOnly(List.of()))
        .withMessage("x is no member of this; allowed is none");
  }
}
