// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Account;
import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.configurators.ArbitraryConfigurator;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.providers.ArbitraryProvider;

/**
 * Values as the service tells them on an ordinary day, for properties that show something to people: hosts with names
 * and owners, players that fit, IDs of the service's form. What has no ordinary day, such as a fault, is as
 * {@link ParsecArbitraries} has it.
 *
 * <pre>{@code
 * @Property
 * @Domain(ParsecDomain.class)
 * @Domain(DomainContext.Global.class)
 * void everyNameFitsOnALine(@ForAll Host host) {
 *   assertThat(host.name()).hasSizeBetween(1, 40);
 * }
 * }</pre>
 */
// jqwik is optional, and whoever uses this type requires jqwik anyway.
@SuppressWarnings("exports")
public final class ParsecDomain implements DomainContext {
  private static final List<String> MACHINES = List.of(
      "LEBOWSKI",
      "BUNNY",
      "DESKTOP-7F3K2QX",
      "gaming-pc",
      "Walter's PC",
      "Küche",
      "書斎のPC",
      "rig 🎳");
  private static final List<String> GAMES =
      List.of("Bowling", "League night", "Rocket karts", "Dungeon of Doom", "Cup der Könige");
  private static final List<String> PEOPLE =
      List.of("The Dude", "Walter", "Donny", "Maude", "Jesús", "大塚");
  private static final List<String> EMAILS = List.of(
      "dude@example.com", "walter@example.org", "donny.k@example.com", "maude+art@example.net");

  /** Creates the domain, as jqwik does. */
  public ParsecDomain() {}

  @Override
  public Collection<ArbitraryProvider> getArbitraryProviders() {
    return List.of(ParsecTypes.except(
        Map.of(
            Host.class, ParsecDomain::hosts,
            HostUser.class, ParsecDomain::users,
            HostMode.class, ParsecDomain::modes,
            HostPage.class, ParsecDomain::pages,
            Session.class, ParsecDomain::sessions,
            SessionId.class, ParsecDomain::sessionIds,
            Credentials.class, ParsecDomain::credentials,
            AuthCode.class, ParsecDomain::authCodes,
            Account.class, ParsecDomain::accounts,
            ApiKey.class, ParsecDomain::apiKeys),
        ParsecTypes.REALISTIC));
  }

  @Override
  public Collection<ArbitraryConfigurator> getArbitraryConfigurators() {
    return List.of();
  }

  private static Arbitrary<Host> hosts() {
    Arbitrary<Host> desktops = Combinators.combine(
            shortIds(), users(), Arbitraries.of(MACHINES), players(), Arbitraries.of(false, true))
        .as((id, user, name, players, isPublic) -> host(id, user, name, players)
            .mode(HostMode.DESKTOP)
            .isPublic(isPublic)
            .build());
    Arbitrary<Host> games = Combinators.combine(
            shortIds(), users(), Arbitraries.of(GAMES), players(), shortIds())
        .as((id, user, name, players, game) -> host(id, user, name, players)
            .mode(HostMode.GAME)
            .gameId(game)
            .isPublic(true)
            .build());
    return Arbitraries.oneOf(desktops, games);
  }

  private static Host.Builder host(String id, HostUser user, String name, List<Integer> players) {
    return Host.builder(id)
        .user(user)
        .name(name)
        .build("150-93b")
        .maxPlayers(players.get(0) + players.get(1))
        .players(players.get(0));
  }

  /** How many play, and how many more could. */
  private static Arbitrary<List<Integer>> players() {
    return Arbitraries.integers().between(0, 10).list().ofSize(2);
  }

  private static Arbitrary<HostUser> users() {
    return Combinators.combine(userIds(), Arbitraries.of(PEOPLE), Arbitraries.of(false, true))
        .as((id, name, warp) -> HostUser.builder().id(id).name(name).warp(warp).build());
  }

  private static Arbitrary<HostMode> modes() {
    return Arbitraries.of(HostMode.DESKTOP, HostMode.GAME);
  }

  private static Arbitrary<HostPage> pages() {
    return Combinators.combine(
            hosts().list().ofMaxSize(10).uniqueElements(Host::peerId), Arbitraries.of(false, true))
        .as((hosts, cut) -> HostPage.of(hosts, cut && !hosts.isEmpty()));
  }

  /** Those of the three ways in, each with what the service tells. */
  private static Arbitrary<Session> sessions() {
    Arbitrary<Session> signedIn = Combinators.combine(
            sessionIds(), userIds(), shortIds(), shortIds())
        .as((id, user, peer, instance) -> Session.builder(id)
            .userId(user)
            .hostPeerId(peer)
            .instanceId(instance)
            .build());
    Arbitrary<Session> approved = Combinators.combine(
            sessionIds(), userIds(), shortIds(), moments())
        .as((id, user, peer, end) -> Session.builder(id)
            .userId(user)
            .roles(List.of("host"))
            .hostPeerId(peer)
            .expiresAt(end)
            .build());
    Arbitrary<Session> ofEnterprise = Combinators.combine(
            sessionIds(), moments(), shortIds(), shortIds())
        .as((id, end, peer, client) -> Session.builder(id)
            .expiresAt(end)
            .hostPeerId(peer)
            .clientPeerId(client)
            .build());
    return Arbitraries.oneOf(signedIn, approved, ofEnterprise);
  }

  private static Arbitrary<Long> userIds() {
    return Arbitraries.longs().between(1_000, 9_999_999);
  }

  /** Moments from 2020 to 2039. */
  private static Arbitrary<Instant> moments() {
    return Arbitraries.longs().between(1_577_836_800, 2_208_988_799L).map(Instant::ofEpochSecond);
  }

  private static Arbitrary<SessionId> sessionIds() {
    return Arbitraries.strings()
        .withCharRange('0', '9')
        .withCharRange('a', 'f')
        .ofLength(64)
        .map(SessionId::of);
  }

  private static Arbitrary<AuthCode> authCodes() {
    Arbitrary<String> userCodes =
        Arbitraries.strings().withCharRange('A', 'Z').withCharRange('2', '7').ofLength(8);
    return Combinators.combine(userCodes, shortIds(), moments())
        .as((userCode, hash, end) -> AuthCode.builder()
            .verificationUri(URI.create("https://parsec.gg/activate"))
            .userCode(userCode)
            .hash(hash)
            .expiresAt(end)
            .interval(Duration.ofSeconds(5))
            .build());
  }

  private static Arbitrary<Account> accounts() {
    return Combinators.combine(
            userIds(),
            Arbitraries.of(PEOPLE),
            Arbitraries.of(EMAILS),
            Arbitraries.of(false, true),
            Arbitraries.of(false, true))
        .as((id, name, email, warp, tfa) ->
            Account.builder(id).name(name).email(email).warp(warp).hasTfa(tfa).build());
  }

  private static Arbitrary<ApiKey> apiKeys() {
    return shortIds().map(ApiKey::of);
  }

  private static Arbitrary<Credentials> credentials() {
    return Combinators.combine(
            Arbitraries.of(EMAILS),
            Arbitraries.strings().withCharRange(' ', '~').ofMinLength(8).ofMaxLength(24),
            Arbitraries.oneOf(
                Arbitraries.just(""), Arbitraries.strings().numeric().ofLength(6)))
        .as(ParsecArbitraries::credentials);
  }

  private static Arbitrary<String> shortIds() {
    return Arbitraries.strings()
        .withCharRange('0', '9')
        .withCharRange('A', 'Z')
        .withCharRange('a', 'z')
        .ofLength(27);
  }
}
