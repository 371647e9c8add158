// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object: texts, numbers, truth values and lists of texts; of all others the names. Immutable.
 *
 * <p>What asks for a member throws {@link IllegalArgumentException} if it is not as asked for, with a message that names
 * it and what is allowed, and repeats numbers and choices but no other text.
 */
public final class JsonMembers {
  private static final Object OTHER = new Object();

  private final Map<String, Object> values;

  private JsonMembers(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Members that did not come as JSON: their values are texts and truth values. */
  public static JsonMembers of(Map<String, Object> values) {
    return new JsonMembers(new LinkedHashMap<>(values));
  }

  static Builder builder() {
    return new Builder();
  }

  /** The members whose value is a string, in the order in which they came. */
  public Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (value instanceof String) {
        strings.put(name, (String) value);
      }
    });
    return Collections.unmodifiableMap(strings);
  }

  /** The value of a string member; empty if there is no such member. */
  public Optional<String> string(String name) {
    return value(name, String.class, "a string");
  }

  /** The value of a string member, which must be there. */
  public String required(String name) {
    return string(name).orElseThrow(() -> missing(name));
  }

  /** The value of a member that is a whole number; empty if there is no such member. */
  public Optional<Long> number(String name, long min, long max) {
    return value(name, NumberText.class, "a number from " + min + " to " + max)
        .map(number -> number(name, number.text, min, max));
  }

  /** The value of a member that is a whole number, which must be there. */
  public long requiredNumber(String name, long min, long max) {
    return number(name, min, max).orElseThrow(() -> missing(name));
  }

  /** The value of a member that is true or false; empty if there is no such member. */
  public Optional<Boolean> flag(String name) {
    return value(name, Boolean.class, "true or false");
  }

  /** The value of a member that is an array of strings; empty if there is no such member. */
  public Optional<List<String>> list(String name) {
    return value(name, List.class, "an array of strings")
        .map(
            list -> ((List<?>) list).stream().map(String.class::cast).collect(Collectors.toList()));
  }

  /** The constant that a string member names; empty if there is no such member. */
  public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    return string(name).map(text -> constant(name, text, type));
  }

  /** Refuses every member but these. */
  public void requireOnly(Collection<String> allowed) {
    for (String name : values.keySet()) {
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(name + " is no member of this; allowed "
            + (allowed.isEmpty() ? "is none" : "are " + String.join(", ", allowed)));
      }
    }
  }

  private <T> Optional<T> value(String name, Class<T> type, String allowed) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(name + " must be " + allowed);
    }
    return Optional.ofNullable(value).map(type::cast);
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing");
  }

  /** Reads a whole number. */
  public static long number(String name, String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    throw new IllegalArgumentException(
        name + " must be a number from " + min + " to " + max + ", was " + text);
  }

  /** Finds the constant of a name in lower case, with hyphens. */
  public static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
    E[] all = type.getEnumConstants();
    for (E constant : all) {
      if (nameOf(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name + " must be "
        + anyOf(Arrays.stream(all).map(JsonMembers::nameOf).collect(Collectors.toList())) + ", was "
        + text);
  }

  /** The name of a constant in lower case, with hyphens. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The choices in words: {@code a, b or c}. */
  public static String anyOf(List<String> choices) {
    int last = choices.size() - 1;
    return last == 0
        ? choices.get(0)
        : String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  /** A number as it was written. */
  private static final class NumberText {
    private final String text;

    NumberText(String text) {
      this.text = text;
    }
  }

  /** Collects the members of level 1, with the strings in arrays there, and lets the rest go. */
  static final class Builder {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private String outer = "";
    private @Nullable List<String> list;

    void string(int depth, String name, String value) {
      if (depth == 1) {
        values.put(name, value);
      } else if (depth == 2 && list != null) {
        list.add(value);
      }
    }

    void number(int depth, String name, String text) {
      other(depth, name, new NumberText(text));
    }

    void flag(int depth, String name, boolean value) {
      other(depth, name, value);
    }

    void nothing(int depth, String name) {
      other(depth, name, OTHER);
    }

    void open(int depth, String name, boolean array) {
      List<String> strings = new ArrayList<>();
      other(depth, name, array ? strings : OTHER);
      if (depth == 1) {
        outer = name;
        list = array ? strings : null;
      }
    }

    private void other(int depth, String name, Object value) {
      if (depth == 1) {
        values.put(name, value);
      } else if (depth == 2 && list != null) {
        // An array with anything but strings.
        values.put(outer, OTHER);
      }
    }

    boolean has(int depth, String name) {
      return depth == 1 && values.containsKey(name);
    }

    JsonMembers build() {
      return new JsonMembers(values);
    }
  }
}
