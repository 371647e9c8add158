// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of a JSON object: the texts with their values, of all others the names. Immutable. */
public final class JsonMembers {
  private final Map<String, String> strings;
  private final Set<String> others;

  private JsonMembers(Builder builder) {
    this.strings = Collections.unmodifiableMap(builder.strings);
    this.others = builder.others;
  }

  static Builder builder() {
    return new Builder();
  }

  /** The members whose value is a string, in the order in which they came. */
  public Map<String, String> strings() {
    return strings;
  }

  /**
   * The value of a string member; empty if there is no such member.
   *
   * @throws IllegalArgumentException if there is one that is not a string
   */
  public Optional<String> string(String name) {
    if (others.contains(name)) {
      throw new IllegalArgumentException(name + " must be a string");
    }
    return Optional.ofNullable(strings.get(name));
  }

  /** Collects the members of level 1 and lets those further down go. */
  static final class Builder {
    private final Map<String, String> strings = new LinkedHashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    void string(int depth, String name, String value) {
      if (depth == 1) {
        strings.put(name, value);
      }
    }

    void other(int depth, String name) {
      if (depth == 1) {
        others.add(name);
      }
    }

    boolean has(int depth, String name) {
      return depth == 1 && (strings.containsKey(name) || others.contains(name));
    }

    JsonMembers build() {
      return new JsonMembers(this);
    }
  }
}
