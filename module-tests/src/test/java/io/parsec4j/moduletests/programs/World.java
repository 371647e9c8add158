// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The same program on several sides at once, each with a fake service and a model of its own. */
final class World implements AutoCloseable {
  private final List<Side> sides;

  World(Side... sides) {
    this.sides = List.of(sides);
  }

  /** Does the same on each side. */
  World each(Consumer<Side> step) {
    sides.forEach(step);
    return this;
  }

  /** Returns what the sides have come to; equal if they agree. */
  List<List<String>> histories() {
    return sides.stream().map(Side::history).collect(Collectors.toList());
  }

  /** Returns whether a request was repeated that no attempt of the client stands for. */
  boolean hadSilentRepeats() {
    return sides.stream().anyMatch(Side::hadSilentRepeats);
  }

  @Override
  public void close() {
    sides.forEach(Side::close);
  }

  @Override
  public String toString() {
    return sides.toString();
  }
}
