// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one field is read whose name was read last; {@code null} stands for absent. */
final class Fields {
  /** What session IDs and hashes have to be. */
  static final String OPAQUE = "must be 1 to 4096 visible ASCII characters";

  private static final long END_OF_9999 = 253_402_300_799L;

  private Fields() {}

  /** {@return the string, or {@code null}} */
  static @Nullable String text(JsonParser parser) {
    return parser.next() == Event.VALUE_NULL ? null : parser.getString();
  }

  /** {@return the string, or the empty one for {@code null}} */
  static String textOrEmpty(JsonParser parser) {
    return parser.next() == Event.VALUE_NULL ? "" : parser.getString();
  }

  /** {@return the number, or 0 for {@code null}} */
  static int intOrZero(JsonParser parser) {
    return parser.next() == Event.VALUE_NULL ? 0 : parser.getInt();
  }

  /** {@return the number, or 0 for {@code null}} */
  static long longOrZero(JsonParser parser) {
    return parser.next() == Event.VALUE_NULL ? 0 : parser.getLong();
  }

  /** {@return the number, or {@code null}} */
  static @Nullable Long number(JsonParser parser) {
    if (parser.next() == Event.VALUE_NULL) {
      return null;
    }
    return parser.getLong();
  }

  /** {@return the point in time, or {@code null}} */
  static @Nullable Instant instant(JsonParser parser) {
    Long seconds = number(parser);
    if (seconds == null) {
      return null;
    }
    if (seconds < 0 || seconds > END_OF_9999) {
      throw Refusal.of("must be seconds since 1970, before the year 10000");
    }
    return Instant.ofEpochSecond(seconds);
  }

  /** {@return the strings, or an empty list for {@code null}} */
  static List<String> texts(JsonParser parser) {
    List<String> texts = new ArrayList<>();
    if (array(parser)) {
      while (parser.next() != Event.END_ARRAY) {
        texts.add(parser.getString());
      }
    }
    return texts;
  }

  /** {@return what a factory makes of a value that was read, or {@code null}; the rule is what the factory demands} */
  static <V, R> @Nullable R made(@Nullable V value, Function<V, R> factory, String rule) {
    if (value == null) {
      return null;
    }
    try {
      return factory.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(rule);
    }
  }

  /** {@return the truth value, or {@code null}} */
  static @Nullable Boolean flag(JsonParser parser) {
    switch (parser.next()) {
      case VALUE_TRUE:
        return Boolean.TRUE;
      case VALUE_FALSE:
        return Boolean.FALSE;
      case VALUE_NULL:
        return null;
      default:
        throw Refusal.of("must be true or false");
    }
  }

  /** {@return the truth value, or false for {@code null}} */
  static boolean flagOrFalse(JsonParser parser) {
    return Boolean.TRUE.equals(flag(parser));
  }

  /** {@return whether an object begins, rather than being {@code null}} */
  static boolean object(JsonParser parser) {
    switch (parser.next()) {
      case START_OBJECT:
        return true;
      case VALUE_NULL:
        return false;
      default:
        throw Refusal.of("must be an object");
    }
  }

  /** {@return whether an array begins, rather than being {@code null}} */
  static boolean array(JsonParser parser) {
    switch (parser.next()) {
      case START_ARRAY:
        return true;
      case VALUE_NULL:
        return false;
      default:
        throw Refusal.of("must be an array");
    }
  }

  /** {@return the string, or {@code null} for a value of another kind} */
  static @Nullable String textIfAny(JsonParser parser) {
    Event event = parser.next();
    if (event == Event.VALUE_STRING) {
      return parser.getString();
    }
    skipRest(parser, event);
    return null;
  }

  /** {@return whether the value is true, rather than another of whatever kind} */
  static boolean isTrue(JsonParser parser) {
    Event event = parser.next();
    skipRest(parser, event);
    return event == Event.VALUE_TRUE;
  }

  /** Reads over a value of any kind. */
  static void skip(JsonParser parser) {
    skipRest(parser, parser.next());
  }

  private static void skipRest(JsonParser parser, Event first) {
    int open = depthChange(first);
    while (open > 0) {
      open += depthChange(parser.next());
    }
  }

  private static int depthChange(Event event) {
    switch (event) {
      case START_OBJECT:
      case START_ARRAY:
        return 1;
      case END_OBJECT:
      case END_ARRAY:
        return -1;
      default:
        return 0;
    }
  }
}
