// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.CodecException;
import jakarta.json.JsonNumber;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parser that hands on the events of Parsson's as long as they keep the rules, and knows where it is.
 *
 * <p>It is stricter than its interface asks: the root is an object, a string is read only where a string is, and a
 * number comes out exact or not at all. A broken rule is a {@link Refusal}.
 */
final class GuardedParser implements JsonParser {
  static final int MAX_DEPTH = 32;
  static final int MAX_NUMBER = 32;
  static final int MAX_TEXT = 65_536;
  static final int MAX_NAMES = 10_000;

  /** Instead of the number of a field, in an object whose first field has not been reached. */
  private static final int NO_FIELD = -2;

  private final JsonParser parser;
  private final Utf8Reader source;

  /** For each level, 1 being the root: where it is an array, the index reached; else the number of the field. */
  private final int[] place = new int[MAX_DEPTH + 1];

  private final boolean[] array = new boolean[MAX_DEPTH + 1];
  private final long[] knownNames = new long[MAX_DEPTH + 1];
  private final @Nullable Names[] otherNames = new Names[MAX_DEPTH + 1];

  /** For each known field, its previous value. */
  private final @Nullable String[] previous = new String[FieldNames.COUNT];

  private int depth;
  private int start;
  private int end;
  private @Nullable Event event;
  private String name = "";

  GuardedParser(JsonParser parser, Utf8Reader source) {
    this.parser = parser;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event next = parser.next();
    event = next;
    start = end;
    end = (int) parser.getLocation().getStreamOffset();
    switch (next) {
      case KEY_NAME:
        readName();
        break;
      case START_OBJECT:
        beginValue();
        open(false);
        break;
      case START_ARRAY:
        beginValue();
        open(true);
        break;
      case END_OBJECT:
      case END_ARRAY:
        depth--;
        break;
      case VALUE_STRING:
        beginValue();
        limitToken(MAX_TEXT);
        break;
      case VALUE_NUMBER:
        beginValue();
        limitToken(MAX_NUMBER);
        break;
      default:
        beginValue();
    }
    return next;
  }

  private void beginValue() {
    if (depth == 0 && event != Event.START_OBJECT) {
      throw Refusal.of("must be an object");
    }
    if (array[depth]) {
      place[depth]++;
    }
  }

  private void open(boolean isArray) {
    if (depth == MAX_DEPTH) {
      throw Refusal.of("is nested deeper than " + MAX_DEPTH);
    }
    depth++;
    array[depth] = isArray;
    place[depth] = isArray ? -1 : NO_FIELD;
    knownNames[depth] = 0;
    otherNames[depth] = null;
  }

  private void limitToken(int limit) {
    // the difference counts the separators before the token too, so it is only a hint
    if (end - start > limit && parser.getString().length() > limit) {
      throw Refusal.of("has more than " + limit + " characters");
    }
  }

  private void readName() {
    int number = FieldNames.UNKNOWN;
    int from = source.indexOfString(start, end);
    if (from >= 0) {
      // a name with an escape in it does not look like a known one, and is read below
      number = FieldNames.find(source.window(), from, source.index(end) - 1);
    }
    if (number == FieldNames.UNKNOWN) {
      limitToken(MAX_TEXT);
      name = parser.getString();
      number = FieldNames.find(name.toCharArray(), 0, name.length());
    }
    place[depth] = number;
    if (number != FieldNames.UNKNOWN) {
      name = FieldNames.name(number);
      noteKnownName(number);
    } else {
      noteOtherName();
    }
  }

  private void noteKnownName(int number) {
    long bit = 1L << number;
    if ((knownNames[depth] & bit) != 0) {
      throw Refusal.of("is there twice");
    }
    knownNames[depth] |= bit;
  }

  private void noteOtherName() {
    Names others = otherNames[depth];
    if (others == null) {
      others = new Names();
      otherNames[depth] = others;
    }
    if (!others.seen.add(name)) {
      throw Refusal.of("is there twice");
    }
    if (others.seen.size() > MAX_NAMES) {
      throw Refusal.of("is one of more than " + MAX_NAMES + " names in one object");
    }
  }

  /**
   * {@return the name or string that was read last}
   *
   * <p>Known names, the empty string, and a value that its field had the time before are not made anew.
   */
  @Override
  public String getString() {
    if (event == Event.KEY_NAME) {
      return name;
    }
    if (event != Event.VALUE_STRING) {
      throw Refusal.of("must be a string");
    }
    int from = source.indexOfString(start, end);
    int to = source.index(end) - 1;
    if (from == to) {
      return "";
    }
    int number = array[depth] ? FieldNames.UNKNOWN : place[depth];
    if (from < 0 || number == FieldNames.UNKNOWN) {
      return parser.getString();
    }
    String before = previous[number];
    if (before != null && isAt(before, from, to)) {
      return before;
    }
    String text = parser.getString();
    // with a backslash in it, the same characters in the source would mean another text
    if (text.indexOf('\\') < 0) {
      previous[number] = text;
    }
    return text;
  }

  private boolean isAt(String text, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    char[] window = source.window();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != window[from + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int getInt() {
    try {
      return number().intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw Refusal.of("must be a whole number of 32 bits");
    }
  }

  @Override
  public long getLong() {
    try {
      return number().longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw Refusal.of("must be a whole number of 64 bits");
    }
  }

  private JsonNumber number() {
    if (event != Event.VALUE_NUMBER) {
      throw Refusal.of("must be a number");
    }
    return (JsonNumber) parser.getValue();
  }

  /** Unsupported: no field is read that way. */
  @Override
  public boolean isIntegralNumber() {
    throw new UnsupportedOperationException();
  }

  /** Unsupported: no field is read that way. */
  @Override
  public BigDecimal getBigDecimal() {
    throw new UnsupportedOperationException();
  }

  @Override
  public JsonLocation getLocation() {
    return parser.getLocation();
  }

  @Override
  public void close() {
    parser.close();
  }

  /** Reads to the end of the input, where only white space may be left. */
  void finish() {
    if (parser.hasNext()) {
      throw Refusal.of("has something after it");
    }
  }

  /** {@return what to tell of an error: the place, the rule, and nothing that was read} */
  CodecException failure(Throwable error) {
    Refusal refusal = refusal(error);
    String where = path();
    String rule = "is not JSON";
    if (refusal != null) {
      where += refusal.below();
      rule = refusal.rule();
    }
    if (where.isEmpty()) {
      where = "the body";
    } else if (where.startsWith(".")) {
      where = where.substring(1);
    }
    return new CodecException(where + " " + rule + " (near character " + end + ")");
  }

  private static @Nullable Refusal refusal(Throwable error) {
    Throwable cause = error;
    while (cause != null && !(cause instanceof Refusal)) {
      cause = cause.getCause();
    }
    return (Refusal) cause;
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (int level = 1; level <= depth; level++) {
      int at = place[level];
      if (array[level] && at >= 0) {
        path.append('[').append(at).append(']');
      } else if (!array[level] && at != NO_FIELD) {
        path.append('.').append(at == FieldNames.UNKNOWN ? "?" : FieldNames.name(at));
      }
    }
    return path.toString();
  }

  /** The names of one object that are not among {@link FieldNames}. */
  private static final class Names {
    final Set<String> seen = new HashSet<>(4);
  }
}
