// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import org.jspecify.annotations.Nullable;

/** How one field is read whose name was read last; {@code null} stands for absent. */
final class Fields {

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
