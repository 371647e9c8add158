// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The fields of an HTTP head, in order, repeated names included; names are compared without regard to case.
 *
 * <p>Immutable. Printing it shows names only, because values carry secrets.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(List.of());

  /** Names at even places, each followed by its value. */
  private final List<String> namesAndValues;

  private Headers(List<String> namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  /**
   * Creates headers from names and values that alternate.
   *
   * @param namesAndValues name, value, name, value and so on
   * @return the headers
   * @throws IllegalArgumentException if their number is odd
   */
  public static Headers of(String... namesAndValues) {
    requireNonNull(namesAndValues, "namesAndValues");
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "namesAndValues must be pairs, were " + namesAndValues.length + " strings");
    }
    Builder headers = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers = headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers.build();
  }

  /** {@return a builder without fields} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the number of fields, repeated names counted each time} */
  public int size() {
    return namesAndValues.size() / 2;
  }

  /**
   * Returns the value of the first field of this name.
   *
   * @param name in any case
   * @return the value, or empty if there is no such field
   */
  public Optional<String> first(String name) {
    requireNonNull(name, "name");
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        return Optional.of(namesAndValues.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the values of all fields of this name, in order.
   *
   * @param name in any case
   * @return the values; empty if there is no such field
   */
  public List<String> all(String name) {
    requireNonNull(name, "name");
    List<String> values = new ArrayList<>();
    forEach((n, value) -> {
      if (n.equalsIgnoreCase(name)) {
        values.add(value);
      }
    });
    return List.copyOf(values);
  }

  /**
   * Calls back for each field in order.
   *
   * @param action takes name and value
   */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    requireNonNull(action, "action");
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      action.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
    }
  }

  /** {@return a builder that has these fields already} */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.namesAndValues.addAll(namesAndValues);
    return copy;
  }

  /** {@return the names of the fields in order; never a value} */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    forEach((name, value) -> names.add(name));
    return "Headers" + names;
  }

  /** Collects fields; not safe for use by several threads. */
  public static final class Builder {
    private final List<String> namesAndValues = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a field after those already there.
     *
     * @param name kept as written
     * @param value kept as written
     * @return this builder
     */
    public Builder add(String name, String value) {
      namesAndValues.add(requireNonNull(name, "name"));
      namesAndValues.add(requireNonNull(value, "value"));
      return this;
    }

    /** {@return the headers} */
    public Headers build() {
      return namesAndValues.isEmpty() ? EMPTY : new Headers(List.copyOf(namesAndValues));
    }
  }
}
