// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/**
 * Supplies {@link ParsecArbitraries} for parameters of their types; jqwik finds it on the class path by itself.
 *
 * <p>A provider of a user's own goes before it if its priority is greater than 0.
 */
// jqwik is optional, and whoever uses this type requires jqwik anyway.
@SuppressWarnings("exports")
public final class ParsecArbitraryProvider implements ArbitraryProvider {
  private final ParsecTypes types = ParsecTypes.everything(ParsecTypes.EVERYWHERE);

  /** Creates a provider, as jqwik does. */
  public ParsecArbitraryProvider() {}

  @Override
  public boolean canProvideFor(TypeUsage targetType) {
    return types.canProvideFor(targetType);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
    return types.provideFor(targetType, subtypeProvider);
  }

  /** {@return 0} */
  @Override
  public int priority() {
    return types.priority();
  }
}
