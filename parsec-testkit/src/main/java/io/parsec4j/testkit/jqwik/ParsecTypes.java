// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Account;
import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Which arbitrary supplies which type. */
final class ParsecTypes implements ArbitraryProvider {
  /** What is registered for the whole class path. */
  static final int EVERYWHERE = 0;

  /** What an annotation asks for goes before what is there anyway, or both would take turns. */
  static final int ON_REQUEST = 10;

  /** Who asks for realistic data wants nothing else. */
  static final int REALISTIC = 20;

  private final Map<Class<?>, Supplier<Arbitrary<?>>> arbitraries;
  private final int priority;

  private ParsecTypes(Map<Class<?>, Supplier<Arbitrary<?>>> arbitraries, int priority) {
    this.arbitraries = Map.copyOf(arbitraries);
    this.priority = priority;
  }

  static ParsecTypes everything(int priority) {
    return new ParsecTypes(all(), priority);
  }

  /** Everything, of which some types have other arbitraries. */
  static ParsecTypes except(Map<Class<?>, Supplier<Arbitrary<?>>> others, int priority) {
    Map<Class<?>, Supplier<Arbitrary<?>>> arbitraries = all();
    arbitraries.putAll(others);
    return new ParsecTypes(arbitraries, priority);
  }

  private static Map<Class<?>, Supplier<Arbitrary<?>>> all() {
    Map<Class<?>, Supplier<Arbitrary<?>>> all = new HashMap<>();
    all.put(Host.class, ParsecArbitraries::hosts);
    all.put(HostUser.class, ParsecArbitraries::hostUsers);
    all.put(HostMode.class, ParsecArbitraries::hostModes);
    all.put(HostPage.class, ParsecArbitraries::hostPages);
    all.put(HostQuery.class, ParsecArbitraries::hostQueries);
    all.put(Session.class, ParsecArbitraries::sessions);
    all.put(SessionId.class, ParsecArbitraries::sessionIds);
    all.put(ApiKey.class, ParsecArbitraries::apiKeys);
    all.put(AuthCode.class, ParsecArbitraries::authCodes);
    all.put(Account.class, ParsecArbitraries::accounts);
    all.put(Credentials.class, ParsecArbitraries::credentials);
    all.put(Fault.class, ParsecArbitraries::faults);
    all.put(FakeParsecServer.class, ParsecArbitraries::servers);
    return all;
  }

  @Override
  public boolean canProvideFor(TypeUsage targetType) {
    return arbitraries.containsKey(targetType.getRawType())
        && targetType.isOfType(targetType.getRawType());
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypes) {
    Supplier<Arbitrary<?>> arbitrary = arbitraries.get(targetType.getRawType());
    return arbitrary == null ? Set.of() : Set.of(arbitrary.get());
  }

  @Override
  public int priority() {
    return priority;
  }
}
