// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static io.parsec4j.json.Bodies.CANARY;
import static io.parsec4j.json.Bodies.CODEC;
import static io.parsec4j.json.Bodies.TYPES;
import static io.parsec4j.json.Bodies.hostWith;
import static io.parsec4j.json.Bodies.readHostWith;
import static io.parsec4j.json.Bodies.refusal;
import static io.parsec4j.json.Bodies.utf8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.parsec4j.api.HostPage;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.ErrorBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What Yasson 3.0.4 over Parsson 1.1.9 does with hostile input when nothing stands between, as measured, and what this
 * codec does instead. The first line of each comment is the former.
 */
class HostileJsonTest {

  /** Never returns: the skip of an unknown value loops at the end of the input. */
  @Test
  void refusesABodyCutOffInsideAnUnknownObjectOrArray() {
    inTime(() -> {
      for (Class<?> type : TYPES) {
        for (String body : List.of(
            "{\"zzz\":[",
            "{\"zzz\":{",
            "{\"zzz\":[[{\"a\":[",
            "{\"zzz\":{\"a\":",
            "{\"zzz\":{\"a\"",
            "{\"zzz\":[1,",
            "{\"codes\":[",
            "{\"data\":[{\"zzz\":{",
            "{\"data\":{\"zzz\":[")) {
          assertThat(refusal(body, type)).contains("near character");
        }
      }
    });
  }

  /** StackOverflowError from depth 655, or 352 with a recursive type. */
  @Test
  void refusesNestingDeeperThan32() {
    inTime(() -> {
      assertThat(CODEC.decode(utf8(nested(32)), ErrorBody.class)).isNotNull();
      for (int depth : new int[] {33, 34, 35, 400, 1_001, 100_000}) {
        for (Class<?> type : TYPES) {
          assertThat(refusal(nested(depth), type)).contains("is nested deeper than 32");
        }
      }
    });
  }

  /** Skipped, depth limit not applied. */
  @Test
  void refusesAMillionLevelsInAnUnknownField() {
    inTime(() -> {
      String objects = "{\"a\":".repeat(1_000_000);
      String arrays = "{\"a\":" + "[".repeat(1_000_000);

      assertThat(refusal(objects, HostPage.class)).contains("is nested deeper than 32");
      assertThat(refusal(arrays, HostPage.class)).contains("is nested deeper than 32");
    });
  }

  /** Silently 0 for int and long. */
  @Test
  void refusesAnExponentThatIsOutOfRange() {
    inTime(() -> {
      for (String number : List.of(
          "1e1000000000", "1e99999", "1e-1000000000", "1E+400", "0.1e2147483648", "-1e309")) {
        assertThat(refusal(hostWith("\"players\":" + number), HostPage.class))
            .startsWith("data[0].players must be a whole number of 32 bits");
        assertThat(refusal(hostWith("\"user\":{\"id\":" + number + "}"), HostPage.class))
            .startsWith("data[0].user.id must be a whole number of 64 bits");
        assertThat(refusal("{\"session_id\":\"s\",\"user_id\":" + number + "}", Session.class))
            .startsWith("user_id must be a whole number of 64 bits");
      }
    });
  }

  /** 1,000 nines are -1, 2147483648 is -2147483648, 1.5 is 1. */
  @Test
  void refusesAnIntThatWouldWrapOrLoseItsFraction() {
    for (String number : List.of(
        "2147483648",
        "-2147483649",
        "1.5",
        "0.1",
        "15e-1",
        "99999999999",
        "9223372036854775808",
        "18446744073709551617")) {
      assertThat(refusal(hostWith("\"max_players\":" + number), HostPage.class))
          .startsWith("data[0].max_players must be a whole number of 32 bits");
    }
    assertThat(refusal(hostWith("\"max_players\":" + "9".repeat(1_000)), HostPage.class))
        .startsWith("data[0].max_players has more than 32 characters");
    for (String number :
        List.of("9223372036854775808", "-9223372036854775809", "18446744073709551617", "1.5")) {
      assertThat(refusal(hostWith("\"user\":{\"id\":" + number + "}"), HostPage.class))
          .startsWith("data[0].user.id must be a whole number of 64 bits");
    }
  }

  @Test
  void readsWholeNumbersExactlyHoweverTheyAreWritten() {
    assertThat(readHostWith("\"players\":2147483647").players()).isEqualTo(Integer.MAX_VALUE);
    assertThat(readHostWith("\"players\":-2147483648").players()).isEqualTo(Integer.MIN_VALUE);
    assertThat(readHostWith("\"players\":1e2").players()).isEqualTo(100);
    assertThat(readHostWith("\"players\":5.0").players()).isEqualTo(5);
    assertThat(readHostWith("\"players\":-0").players()).isZero();
    assertThat(readHostWith("\"players\":0e999999999").players()).isZero();
    assertThat(readHostWith("\"players\":2147483647.00000000000000000000").players())
        .isEqualTo(Integer.MAX_VALUE);
  }

  /** More than 15 s of CPU for BigDecimal. */
  @Test
  void refusesAMillionDigitsInAKnownAndInAnUnknownField() {
    inTime(() -> {
      String digits = "7".repeat(1_000_000);

      assertThat(refusal(hostWith("\"players\":" + digits), HostPage.class)).contains("characters");
      assertThat(refusal(hostWith("\"zzz\":" + digits), HostPage.class)).contains("characters");
      assertThat(refusal("{\"zzz\":[1,-0." + digits + "]}", ErrorBody.class))
          .contains("characters");
    });
  }

  @Test
  void countsTheCharactersOfANumberAndNotTheBlanksBeforeIt() {
    String blanks = " ".repeat(100);

    assertThat(CODEC.decode(utf8("{\"zzz\":" + blanks + "1".repeat(32) + "}"), ErrorBody.class))
        .isNotNull();
    assertThat(refusal("{\"zzz\":" + "1".repeat(33) + "}", ErrorBody.class))
        .startsWith("? has more than 32 characters");
  }

  /** The last one wins, silently. */
  @Test
  void refusesTheSameNameTwiceInOneObject() {
    assertThat(refusal("{\"session_id\":\"s\",\"session_id\":\"" + CANARY + "\"}", Session.class))
        .startsWith("session_id is there twice");
    assertThat(refusal("{\"session_id\":\"s\",\"s\\u0065ssion_id\":\"t\"}", Session.class))
        .startsWith("session_id is there twice");
    assertThat(refusal(hostWith("\"peer_id\":\"q\""), HostPage.class))
        .startsWith("data[0].peer_id is there twice");
    assertThat(refusal(hostWith("\"user\":{\"id\":1,\"id\":1}"), HostPage.class))
        .startsWith("data[0].user.id is there twice");
    assertThat(refusal("{\"zzz\":1,\"zzz\":1}", ErrorBody.class)).startsWith("? is there twice");
    assertThat(refusal("{\"zzz\":1,\"z\\u007az\":1}", ErrorBody.class))
        .startsWith("? is there twice");
    assertThat(refusal("{\"\":1,\"\":1}", ErrorBody.class)).startsWith("? is there twice");
    assertThat(refusal("{\"zzz\":[{\"a\":{\"b\":1,\"c\":2,\"b\":3}}]}", ErrorBody.class))
        .startsWith("?[0].?.? is there twice");
    assertThat(refusal("{\"zzz\":{\"name\":1,\"name\":2}}", ErrorBody.class))
        .startsWith("?.name is there twice");
    assertThat(refusal("{\"error\":\"a\",\"zzz\":{},\"error\":\"b\"}", ErrorBody.class))
        .startsWith("error is there twice");
  }

  @Test
  void takesTheSameNameInDifferentObjects() {
    assertThat(CODEC
            .decode(
                utf8(
                    "{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}],\"error\":\"e\",\"c\":{\"error\":1}}"),
                ErrorBody.class)
            .error())
        .contains("e");
  }

  /** Accepted always. */
  @Test
  void refusesAnythingButWhiteSpaceAfterTheRoot() {
    for (String rest : List.of(
        " x", "{}", "]", "}", "\u0000", ",", "null", "1", "\"" + CANARY + "\"", "//", "\u00a0")) {
      assertThat(refusal("{\"session_id\":\"s\"}" + rest, Session.class))
          .startsWith("the body is not JSON");
      assertThat(refusal("{\"data\":[]}" + rest, HostPage.class))
          .startsWith("the body is not JSON");
    }
    assertThat(CODEC.decode(utf8(" \t\r\n{\"session_id\":\"s\"} \t\r\n"), Session.class))
        .isNotNull();
  }

  /** Unwrapped and accepted. */
  @Test
  void refusesAnArrayAsRoot() {
    for (Class<?> type : TYPES) {
      for (String body : List.of("[]", "[{\"session_id\":\"s\"}]", "[1]", "[[{}]]")) {
        assertThat(refusal(body, type)).startsWith("the body must be an object");
      }
    }
  }

  /** Java's null, or NoSuchElementException inside JsonbException. */
  @Test
  void refusesAScalarAsRoot() {
    for (Class<?> type : TYPES) {
      for (String body : List.of("null", "true", "false", "1", "\"" + CANARY + "\"")) {
        assertThat(refusal(body, type)).startsWith("the body must be an object");
      }
    }
  }

  /** A JsonbException that carries the bean's toString(). */
  @Test
  void takesNullForANumberOrATruthValue() {
    assertThat(readHostWith("\"players\":null,\"public\":null").players()).isZero();
  }

  /** Mostly coerced: "5" to 5, 1 to false, "yes" to false, 1 to "1". */
  @Test
  void refusesToCoerce() {
    assertThat(refusal(hostWith("\"players\":\"5\""), HostPage.class))
        .startsWith("data[0].players must be a number");
    assertThat(refusal(hostWith("\"public\":1"), HostPage.class))
        .startsWith("data[0].public must be true or false");
    assertThat(refusal(hostWith("\"public\":\"yes\""), HostPage.class))
        .startsWith("data[0].public must be true or false");
    assertThat(refusal(hostWith("\"name\":1"), HostPage.class))
        .startsWith("data[0].name must be a string");
    assertThat(refusal(hostWith("\"name\":true"), HostPage.class))
        .startsWith("data[0].name must be a string");
  }

  /** Ignored, and so they are here. */
  @Test
  void ignoresUnknownFieldsWhateverTheirNames() {
    assertThat(
            readHostWith(
                "\"class\":\"java.lang.Runtime\",\"@type\":{\"@class\":[1.5,true,null]},\"\":{},\"data\":0"))
        .isEqualTo(readHostWith("\"name\":null"));
  }

  /** Accepted in any string. */
  @Test
  void takesOddCharactersInANameButNotInASessionId() {
    assertThat(readHostWith("\"name\":\"\\ud800\\u0000\u2028\"").name())
        .isEqualTo("\ud800\u0000\u2028");
    assertThat(refusal("{\"session_id\":\"" + CANARY + "\\u0000\"}", Session.class))
        .startsWith("session_id must be 1 to 4096 visible ASCII characters");
  }

  /** Rejected, and so they are here. */
  @Test
  void refusesWhatLooksLikeJsonButIsNot() {
    for (String value : List.of(
        "\"\u0001\"",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u\u0665000\"",
        "/**/1",
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "01",
        "-01",
        "+1",
        ".5",
        "5.",
        "1e",
        "0x1",
        "'a'",
        "[1,]",
        "{\"a\":1,}",
        "{,}",
        "[,1]",
        "{a:1}",
        "{\"a\"}",
        "{\"a\",1}",
        "{1:1}",
        "tru",
        "TRUE",
        "nul",
        "undefined",
        "-",
        "--1",
        "1 2",
        "\"a\"\"b\"",
        "[1 2]",
        "[1:2]",
        "]",
        "}",
        "")) {
      assertThat(refusal("{\"zzz\":" + value + "}", ErrorBody.class))
          .as(value)
          .contains("is not JSON");
      assertThat(refusal(hostWith("\"name\":" + value), HostPage.class))
          .as(value)
          .contains("(near character ");
    }
  }

  /** Replaced by U+FFFD and accepted. */
  @Test
  void refusesBytesThatAreNotUtf8WhereverTheyStand() {
    int[][] sequences = {
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xE0, 0x80, 0x80},
      {0xF0, 0x80, 0x80, 0x80},
      {0xE2, 0x82},
      {0xF0, 0x9F, 0x98},
      {0xE9},
      {0x80},
      {0xBF},
      {0xED, 0xA0, 0x80},
      {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFE},
      {0xFF}
    };
    for (int[] sequence : sequences) {
      String bad = new String(sequence, 0, sequence.length);
      for (String body : List.of(
          "{\"session_id\":\"" + bad + "\"}",
          "{\"session_id\":\"s\",\"zzz\":\"" + bad + "\"}",
          "{\"session_id\":\"s\",\"" + bad + "\":1}",
          "{\"session_id\":\"s\"}" + bad,
          "{\"session_id\":\"s\"}" + " ".repeat(10_000) + bad)) {
        assertThat(refusal(body.getBytes(ISO_8859_1), Session.class)).contains("is not UTF-8");
      }
    }
  }

  /** Accepted by JSON-P's own detection of encodings. */
  @Test
  void refusesAByteOrderMarkAndOtherEncodings() {
    String json = "{\"session_id\":\"s\"}";

    assertThat(refusal("\ufeff" + json, Session.class)).startsWith("the body is not JSON");
    for (Charset charset :
        List.of(UTF_16, UTF_16LE, Charset.forName("UTF-32"), Charset.forName("UTF-32LE"))) {
      assertThat(refusal(json.getBytes(charset), Session.class)).startsWith("the body is not ");
    }
  }

  /** JsonException past 15,000,000 characters. */
  @Test
  void takesAnyAmountOfWhiteSpaceBeforeAndAfterTheRoot() {
    inTime(() -> {
      byte[] blanks = new byte[16_000_000];
      Arrays.fill(blanks, (byte) ' ');
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(blanks);
      body.writeBytes(utf8("{\"session_id\":\"s\"}"));
      body.writeBytes(blanks);

      assertThat(CODEC.decode(body.toByteArray(), Session.class)).isNotNull();
    });
  }

  /** Read as a whole, 260 to 310 MB allocated. */
  @Test
  void refusesAStringOrNameOf50MillionCharactersBeforeReadingItAll() {
    inTime(() -> {
      String text = "x".repeat(50_000_000);

      assertThat(refusal("{\"session_id\":\"" + text + "\"}", Session.class))
          .contains("more than 65536 characters");
      assertThat(refusal("{\"" + text + "\":1}", Session.class))
          .contains("more than 65536 characters");
    });
  }

  @Test
  void takesStringsAndNamesOf65536CharactersAndRefusesLongerOnes() {
    for (String unit : List.of("x", "é", "\\u0041", "\\n")) {
      String longest = unit.repeat(65_536);
      String tooLong = longest + "x";

      assertThat(readHostWith("\"name\":\"" + longest + "\"").name()).hasSize(65_536);
      assertThat(CODEC.decode(
              utf8("{\"zzz\":\"" + longest + "\",\"" + longest + "\":1}"), ErrorBody.class))
          .isNotNull();
      assertThat(refusal(hostWith("\"name\":\"" + tooLong + "\""), HostPage.class))
          .contains("has more than 65536 characters");
      assertThat(refusal("{\"zzz\":\"" + tooLong + "\"}", ErrorBody.class))
          .contains("has more than 65536 characters");
      assertThat(refusal("{\"" + tooLong + "\":1}", ErrorBody.class))
          .contains("has more than 65536 characters");
    }
  }

  /** 0.4 s and 46 MB. */
  @Test
  void refusesMoreThan10000UnknownNamesInOneObject() {
    inTime(() -> {
      assertThat(CODEC.decode(utf8(names(10_000)), ErrorBody.class)).isNotNull();
      assertThat(refusal(names(10_001), ErrorBody.class))
          .startsWith("? is one of more than 10000 names in one object");
      assertThat(refusal(names(1_000_000), ErrorBody.class)).contains("more than 10000 names");
    });
  }

  /** A second and 365 MB. */
  @Test
  void refusesAMillionEmptyHostsAtTheFirst() {
    inTime(() -> assertThat(refusal("{\"data\":[" + "{},".repeat(999_999) + "{}]}", HostPage.class))
        .startsWith("data[0].peer_id is missing"));
  }

  /** 0.2 s. */
  @Test
  void readsNamesOfOneHashCodeInTime() {
    inTime(() -> {
      String body = IntStream.range(0, 8_192)
          .mapToObj(i -> {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
              name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return "\"" + name + "\":1";
          })
          .collect(Collectors.joining(",", "{", "}"));

      assertThat(CODEC.decode(utf8(body), ErrorBody.class)).isNotNull();
    });
  }

  @Test
  void readsManySmallObjectsAfterALargeOneInTime() {
    inTime(() -> {
      String large = names(10_000);
      String body = "{\"zzz\":[" + large + ",{\"a\":1}".repeat(300_000) + "]}";

      assertThat(CODEC.decode(utf8(body), ErrorBody.class)).isNotNull();
    });
  }

  /** JsonbException. */
  @Test
  void refusesAnEmptyBodyAndEverySingleByte() {
    for (Class<?> type : TYPES) {
      assertThat(refusal("", type)).startsWith("the body is not JSON");
      assertThat(refusal("   ", type)).startsWith("the body is not JSON");
      for (int b = 0; b < 256; b++) {
        assertThat(refusal(new byte[] {(byte) b}, type)).startsWith("the body ");
      }
    }
  }

  /** JsonbException quoting the value. */
  @Test
  void takesAnUnknownModeAndQuotesNoBadNumber() {
    assertThat(readHostWith("\"mode\":\"" + CANARY + "\"").mode().value()).isEqualTo(CANARY);
    assertThat(refusal(hostWith("\"players\":31415926535"), HostPage.class))
        .doesNotContain("31415926535");
    assertThat(refusal(hostWith("\"" + CANARY + "\":tru"), HostPage.class))
        .startsWith("data[0].? is not JSON");
  }

  private static void inTime(Executable batch) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), batch);
  }

  /** Makes an object that, together with the arrays in it, has the given depth. */
  private static String nested(int depth) {
    return "{\"zzz\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
