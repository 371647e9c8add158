// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static io.parsec4j.json.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.parsson.api.JsonConfig;
import org.junit.jupiter.api.Test;

class GuardedParserTest {
  private static final JsonProvider PARSSON = JsonbCodec.parsson(JsonConfig.class.getClassLoader());

  @Test
  void handsOnTheEventsAndTextsOfParssonWhereverTheWindowEnds() {
    for (int padding = 0; padding < 2_500; padding += 1) {
      String json = "{" + " ".repeat(padding)
          + "\"name\" : \"a\\\\u0062\",\"peer_id\":\"\",\"data\":[{\"name\":\"a\\u0062\","
          + " \"other\":[\"\",\"x\",\"\\\"\"],\"peer_id\":\"é\uD83D\uDE00\"},{\"name\":\"ab\",\"pe\\u0065r_id\":\"é\"}]}";
      JsonParser expected = PARSSON.createParser(new StringReader(json));
      GuardedParser guarded = guarded(json);
      while (expected.hasNext()) {
        Event event = expected.next();
        assertThat(guarded.next()).isEqualTo(event);
        if (event == Event.KEY_NAME || event == Event.VALUE_STRING) {
          assertThat(guarded.getString()).isEqualTo(expected.getString());
        }
      }
      guarded.finish();
    }
  }

  @Test
  void readsNothingButWholeNumbersAndTextsOfTheirKinds() {
    GuardedParser parser = guarded("{\"a\":12,\"b\":\"x\",\"c\":null}");

    assertThat(parser.hasNext()).isTrue();
    assertThat(parser.next()).isEqualTo(Event.START_OBJECT);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(parser::getString)
        .withMessage("must be a string");
    assertThat(parser.next()).isEqualTo(Event.KEY_NAME);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(parser::getInt)
        .withMessage("must be a number");
    assertThat(parser.next()).isEqualTo(Event.VALUE_NUMBER);
    assertThat(parser.getInt()).isEqualTo(12);
    assertThat(parser.getLong()).isEqualTo(12);
    assertThatExceptionOfType(Refusal.class).isThrownBy(parser::getString);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(parser::getBigDecimal);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(parser::isIntegralNumber);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(parser::getValue);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(parser::skipObject);
    assertThat(parser.getLocation().getStreamOffset()).isEqualTo(7);
  }

  @Test
  void refusesToFinishBeforeTheEnd() {
    GuardedParser parser = guarded("{}");

    assertThatExceptionOfType(Refusal.class).isThrownBy(parser::finish);
    assertThat(List.of(parser.next(), parser.next()))
        .containsExactly(Event.START_OBJECT, Event.END_OBJECT);
    parser.finish();
    assertThat(parser.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(parser::next);
  }

  @Test
  void tellsOfAnErrorOfTheLibrariesOnlyWhereItWas() {
    GuardedParser parser = guarded("{\"data\":[0,{\"name\":1}]}");
    for (int i = 0; i < 6; i++) {
      assertThat(parser.next()).isNotNull();
    }

    assertThat(parser.failure(new IllegalStateException("secret", new JsonException("secret"))))
        .hasMessage("data[1].name is not JSON (near character 18)")
        .hasNoCause();
    assertThat(parser.failure(new StackOverflowError()))
        .hasMessage("data[1].name is not JSON (near character 18)");
  }

  @Test
  void stopsReadingWithinATokenThatIsTooLong() {
    byte[] json = utf8("{\"" + "x".repeat(1_000_000));
    Utf8Reader source = new Utf8Reader(json);
    GuardedParser parser = new GuardedParser(PARSSON.createParser(source), source);

    assertThat(parser.next()).isEqualTo(Event.START_OBJECT);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(parser::next)
        .withMessage("has more than 65536 characters");
    assertThat(source.position()).isLessThan(140_000);
  }

  @Test
  void givesNothingMoreOnceItIsClosed() {
    Utf8Reader source = new Utf8Reader(utf8("{\"a\":1}"));
    new GuardedParser(PARSSON.createParser(source), source).close();

    assertThat(source.read(new char[10], 0, 10)).isEqualTo(-1);
  }

  private static GuardedParser guarded(String json) {
    Utf8Reader source = new Utf8Reader(utf8(json));
    return new GuardedParser(PARSSON.createParser(source), source);
  }
}
