// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A builder whose ID comes when the other things are known already; not safe for use by several threads.
 *
 * @param <K> the ID
 * @param <B> the builder
 */
final class Draft<K, B> {
  private final Function<K, B> start;
  private final List<UnaryOperator<B>> settings = new ArrayList<>();
  private K id;

  Draft(Function<K, B> start, K id) {
    this.start = start;
    this.id = id;
  }

  Draft<K, B> id(K next) {
    id = next;
    return this;
  }

  /** What a setter of the builder does, for later. */
  static <K, B, T> BiFunction<Draft<K, B>, T, Draft<K, B>> setting(BiFunction<B, T, B> setter) {
    return (draft, value) -> {
      draft.settings.add(builder -> setter.apply(builder, value));
      return draft;
    };
  }

  B builder() {
    B builder = start.apply(id);
    for (UnaryOperator<B> setting : settings) {
      builder = setting.apply(builder);
    }
    return builder;
  }
}
