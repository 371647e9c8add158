// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import static io.parsec4j.testkit.jqwik.Draft.setting;

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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.IntegerArbitrary;
import net.jqwik.api.arbitraries.StringArbitrary;

/**
 * Everything that the types of Parsec can hold, for properties that must hold of everything; {@link ParsecDomain} has
 * what a user meets on an ordinary day.
 *
 * <p>Values shrink to the plainest of their kind: a host of which only the peer ID {@code 0} is known, an empty page, a
 * session ID {@code 0}, an auth code that ended in 1970. Each edge case differs from the plainest in one thing, so that a failure by one explains itself:
 * texts are empty, long, or of characters that programs get wrong; numbers are the smallest and largest; a mode is
 * unknown; what is optional is absent. Texts have no half of a surrogate pair, which JSON in UTF-8 cannot carry.
 */
// jqwik is optional, and whoever uses this type requires jqwik anyway.
@SuppressWarnings("exports")
public final class ParsecArbitraries {
  static final int MAX_SECRET = 4_096;

  private static final int LONG = 2_000;
  private static final int MAX_PAGE = 20;
  private static final int MAX_ROLES = 5;

  /**
   * Beyond the basic plane, from right to left, combined, quoted, escaped, and control characters; after a plain one, to
   * which the others shrink.
   */
  private static final List<String> ODD_CHARACTERS = List.of(
      "A",
      " ",
      "\"",
      "\\",
      "/",
      "<",
      "&",
      "'",
      "\n",
      "\u0000",
      "\u001b",
      "\u0301",
      "\u05d0",
      "\u200d",
      "\u202e",
      "\u2028",
      "\ufeff",
      "\ud83c\udfb3");

  private ParsecArbitraries() {}

  /** {@return hosts of every shape; edge cases among them} */
  public static Arbitrary<Host> hosts() {
    Arbitrary<Host> any = Builders.withBuilder(() -> new Draft<>(Host::builder, "0"))
        .use(peerIds())
        .in(Draft::id)
        .use(hostUsers().withoutEdgeCases())
        .withProbability(0.7)
        .in(setting(Host.Builder::user))
        .use(texts())
        .withProbability(0.7)
        .in(setting(Host.Builder::gameId))
        .use(texts())
        .withProbability(0.7)
        .in(setting(Host.Builder::build))
        .use(texts())
        .withProbability(0.7)
        .in(setting(Host.Builder::description))
        .use(numbers())
        .withProbability(0.7)
        .in(setting(Host.Builder::maxPlayers))
        .use(hostModes())
        .withProbability(0.9)
        .in(setting(Host.Builder::mode))
        .use(texts())
        .withProbability(0.9)
        .in(setting(Host.Builder::name))
        .use(numbers())
        .withProbability(0.7)
        .in(setting(Host.Builder::players))
        .use(flags())
        .in(setting(Host.Builder::isPublic))
        .use(flags())
        .in(setting(Host.Builder::self))
        .use(texts())
        .withProbability(0.5)
        .in(setting(Host.Builder::eventName))
        .use(flags())
        .withProbability(0.5)
        .in(setting(Host.Builder::guestAccess))
        .use(flags())
        .withProbability(0.5)
        .in(setting(Host.Builder::online))
        .build(draft -> draft.builder().build());
    return withEdges(any, Edges.hosts());
  }

  /** {@return owners of hosts} */
  public static Arbitrary<HostUser> hostUsers() {
    Arbitrary<HostUser> any = Builders.withBuilder(HostUser::builder)
        .use(Arbitraries.longs())
        .withProbability(0.9)
        .in(HostUser.Builder::id)
        .use(texts())
        .withProbability(0.9)
        .in(HostUser.Builder::name)
        .use(flags())
        .in(HostUser.Builder::warp)
        .use(texts())
        .withProbability(0.5)
        .in(HostUser.Builder::teamId)
        .use(texts())
        .withProbability(0.5)
        .in(HostUser.Builder::externalId)
        .use(texts())
        .withProbability(0.5)
        .in(HostUser.Builder::externalProvider)
        .build(HostUser.Builder::build);
    return withEdges(any, Edges.users());
  }

  /** {@return the modes that are documented, the one that was not stated, and ones that nobody knows} */
  public static Arbitrary<HostMode> hostModes() {
    return withEdges(
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(HostMode.DESKTOP, HostMode.GAME, HostMode.UNSTATED)),
            Tuple.of(
                1, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(12).map(HostMode::of))),
        List.of(HostMode.UNSTATED, HostMode.of("DESKTOP"), HostMode.of("arcade")));
  }

  /** {@return pages of up to 20 hosts with peer IDs of their own, cut and not cut} */
  public static Arbitrary<HostPage> hostPages() {
    return pages(hosts(), Edges.hosts());
  }

  static Arbitrary<HostPage> pages(Arbitrary<Host> hosts, List<Host> edges) {
    Arbitrary<List<Host>> lists =
        hosts.list().ofMaxSize(MAX_PAGE).uniqueElements(Host::peerId).withoutEdgeCases();
    return withEdges(
        Combinators.combine(lists, flags()).as(HostPage::of),
        List.of(
            HostPage.of(List.of(), false),
            HostPage.of(List.of(), true),
            HostPage.of(edges.subList(0, 1), false),
            HostPage.of(edges, true)));
  }

  /** {@return every query that the service takes: nine} */
  public static Arbitrary<HostQuery> hostQueries() {
    return Arbitraries.of(
        HostQuery.any(),
        HostQuery.desktop(),
        HostQuery.game(),
        HostQuery.any().publicOnly(),
        HostQuery.any().privateOnly(),
        HostQuery.desktop().publicOnly(),
        HostQuery.desktop().privateOnly(),
        HostQuery.game().publicOnly(),
        HostQuery.game().privateOnly());
  }

  /** {@return sessions of which only the ID is known, and such that tell more; no service knows them} */
  public static Arbitrary<Session> sessions() {
    Arbitrary<Session> any = Builders.withBuilder(
            () -> new Draft<>(Session::builder, SessionId.of("0")))
        .use(sessionIds())
        .in(Draft::id)
        .use(Arbitraries.longs())
        .withProbability(0.5)
        .in(setting(Session.Builder::userId))
        .use(texts())
        .withProbability(0.5)
        .in(setting(Session.Builder::hostPeerId))
        .use(texts())
        .withProbability(0.5)
        .in(setting(Session.Builder::clientPeerId))
        .use(texts())
        .withProbability(0.5)
        .in(setting(Session.Builder::instanceId))
        .use(texts().list().ofMaxSize(MAX_ROLES))
        .withProbability(0.5)
        .in(setting(Session.Builder::roles))
        .use(moments())
        .withProbability(0.5)
        .in(setting(Session.Builder::expiresAt))
        .build(draft -> draft.builder().build());
    return withEdges(any, Edges.sessions());
  }

  /** {@return session IDs as the service makes them, and any others that the type takes; no service knows them} */
  public static Arbitrary<SessionId> sessionIds() {
    return secrets().map(SessionId::of);
  }

  /** {@return API keys, any that the type takes; no service knows them} */
  public static Arbitrary<ApiKey> apiKeys() {
    return secrets().map(ApiKey::of);
  }

  /** {@return auth codes of every shape, whose life ended long ago or goes on; no service knows them} */
  public static Arbitrary<AuthCode> authCodes() {
    Arbitrary<AuthCode> any = Builders.withBuilder(AuthCode::builder)
        .use(verificationUris())
        .in(AuthCode.Builder::verificationUri)
        .use(userCodes())
        .in(AuthCode.Builder::userCode)
        .use(secrets())
        .in(AuthCode.Builder::hash)
        .use(moments())
        .in(AuthCode.Builder::expiresAt)
        .use(intervals())
        .in(AuthCode.Builder::interval)
        .build(AuthCode.Builder::build);
    return withEdges(any, Edges.authCodes());
  }

  /** {@return accounts of which only the ID is known, and such of which more is} */
  public static Arbitrary<Account> accounts() {
    Arbitrary<Account> any = Builders.withBuilder(() -> new Draft<>(Account::builder, 0L))
        .use(Arbitraries.longs())
        .in(Draft::id)
        .use(texts())
        .withProbability(0.9)
        .in(setting(Account.Builder::name))
        .use(texts())
        .withProbability(0.7)
        .in(setting(Account.Builder::email))
        .use(flags())
        .in(setting(Account.Builder::warp))
        .use(flags())
        .withProbability(0.7)
        .in(setting(Account.Builder::hasTfa))
        .build(draft -> draft.builder().build());
    return withEdges(any, Edges.accounts());
  }

  /**
   * Returns credentials with a two-factor code and without one. Each try has its own, which it may close; no service
   * knows them.
   *
   * @return credentials
   */
  public static Arbitrary<Credentials> credentials() {
    Arbitrary<String> emails = Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Combinators.combine(
                        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20),
                        Arbitraries.of("example.com", "example.org", "b\u00fccher.example"))
                    .as((name, domain) -> name + "@" + domain)),
            Tuple.of(1, characters().ofMaxLength(LONG).map(name -> "x" + name)))
        .filter(email -> email.chars().noneMatch(Character::isISOControl));
    Arbitrary<String> passwords = characters().ofMinLength(1).ofMaxLength(100);
    Arbitrary<String> codes = Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just("")),
        Tuple.of(2, Arbitraries.strings().numeric().ofLength(6)));
    // Edge cases of the parts, not of the whole: each try must have credentials of its own.
    return Combinators.combine(
            withEdges(emails, List.of("a@example.com", "\ud83c\udfb3@\u4f8b.example")),
            withEdges(passwords, List.of("a", "\ud83c\udfb3", "\"\\\u0000 ", "p".repeat(LONG))),
            withEdges(codes, List.of("", "000000")))
        .as(ParsecArbitraries::credentials);
  }

  static Credentials credentials(String email, String password, String code) {
    Credentials credentials = Credentials.of(email, password.toCharArray());
    return code.isEmpty() ? credentials : credentials.withTfaCode(code);
  }

  /**
   * Returns faults for {@link io.parsec4j.testkit.FakeParsec#fail(io.parsec4j.testkit.Endpoint, Fault...)}: each kind,
   * with small sizes and short times, to come once, twice or three times.
   *
   * <p>Stalls are among them, which last until the client gives up: give it a short time limit, as
   * {@link io.parsec4j.api.ParsecClient.Builder#attemptTimeout}.
   *
   * @return faults of requests
   */
  public static Arbitrary<Fault> faults() {
    Arbitrary<Fault> faults = Arbitraries.oneOf(
        Arbitraries.of(FaultSamples.simple()),
        Arbitraries.integers().between(200, 599).map(Fault::status),
        Combinators.combine(Arbitraries.integers().between(200, 599), texts()).as(Fault::status),
        Arbitraries.of(301, 302, 303, 307, 308)
            .map(status -> Fault.status(status).withHeader("Location", "/v2/hosts")),
        Arbitraries.integers()
            .between(0, 60)
            .map(seconds -> Fault.rateLimit(Duration.ofSeconds(seconds))),
        Arbitraries.integers().between(0, 200).map(Fault::truncatedBody),
        Combinators.combine(
                Arbitraries.integers().between(1, 64), Arbitraries.integers().between(1, 3))
            .as((bytes, millis) -> Fault.drip(bytes, Duration.ofMillis(millis))),
        Arbitraries.integers().between(1, 50).map(millis -> Fault.delay(Duration.ofMillis(millis))),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Fault::rawAnswer),
        Combinators.combine(
                Arbitraries.of(100, 102, 103), Arbitraries.integers().between(1, 5))
            .as(Fault::interim),
        Arbitraries.integers().between(1, 100_000).map(Fault::hugeHeader),
        Arbitraries.integers().between(1, 8 << 20).map(bytes -> Fault.hugeBody(bytes)));
    return withEdges(
        Combinators.combine(faults, Arbitraries.integers().between(1, 3))
            .as((fault, times) -> times == 1 ? fault : fault.times(times)),
        FaultSamples.simple());
  }

  /**
   * Returns faults for {@link FakeParsecServer#failConnections} of a server without TLS, to come once, twice or three
   * times; a refusal lasts.
   *
   * @return faults of connections
   */
  public static Arbitrary<Fault> connectionFaults() {
    return Arbitraries.of(
        Fault.resetConnection(),
        Fault.closeConnection(),
        Fault.refuseConnection(),
        Fault.resetConnection().times(2),
        Fault.closeConnection().times(3),
        Fault.stall());
  }

  /**
   * Returns the fake server of the property in which this is called: one for all its tries and parameters,
   * {@link FakeParsecServer#reset reset} before each try, and closed with the property.
   *
   * @return the server, in the documented dialect
   */
  public static Arbitrary<FakeParsecServer> servers() {
    return Arbitraries.create(PropertyServer::current);
  }

  /** Replaces the edge cases, of which the parts of a combination have too many; the first one is the plainest value. */
  private static <T> Arbitrary<T> withEdges(Arbitrary<T> any, List<T> edges) {
    // The first one by chance too, because jqwik adds nothing where there are no edge cases at all;
    // the others only as edge cases, because they do not shrink.
    return Arbitraries.frequencyOf(
            Tuple.of(50, any.withoutEdgeCases()), Tuple.of(1, Arbitraries.just(edges.get(0))))
        .edgeCases(config -> edges.stream().skip(1).forEach(edge -> add(config, edge)));
  }

  @SuppressWarnings("unchecked") // an array of one value of the type
  private static <T> void add(EdgeCases.Config<T> config, T edge) {
    EdgeCases.Config<T> unused = config.add(edge);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.strings().alpha().numeric().withChars(' ').ofMaxLength(20)),
            Tuple.of(2, characters().ofMaxLength(40)),
            Tuple.of(1, oddTexts()),
            Tuple.of(1, characters().ofMaxLength(LONG)))
        .withoutEdgeCases();
  }

  private static Arbitrary<String> oddTexts() {
    return Arbitraries.of(ODD_CHARACTERS)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(characters -> String.join("", characters));
  }

  /** Any characters, but no half of a pair. */
  private static StringArbitrary characters() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\ud7ff')
        .withCharRange('\ue000', '\uffff');
  }

  /** What the service makes to be kept and not read, as it makes it, and as the types take it. */
  private static Arbitrary<String> secrets() {
    // Not ofLength, so that it shrinks to a single zero.
    Arbitrary<String> seen = Arbitraries.strings()
        .withCharRange('0', '9')
        .withCharRange('a', 'f')
        .ofMinLength(1)
        .ofMaxLength(64)
        .withLengthDistribution((tries, min, max, center) -> random -> max);
    Arbitrary<String> any = Arbitraries.strings()
        .withChars('0')
        .withCharRange('!', '~')
        .ofMinLength(1)
        .ofMaxLength(MAX_SECRET);
    return withEdges(
        Arbitraries.frequencyOf(Tuple.of(3, seen), Tuple.of(2, any)),
        List.of("0", "~", "~".repeat(MAX_SECRET)));
  }

  private static Arbitrary<URI> verificationUris() {
    return Arbitraries.of(
            "https://example.com",
            "https://example.com/activate?user_code=ABCD3456",
            "http://127.0.0.1:8080/",
            "http://[::1]/",
            "HTTPS://EXAMPLE.COM/#top",
            "https://example.com/\u00fc%20")
        .map(URI::create);
  }

  private static Arbitrary<String> userCodes() {
    return Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Arbitraries.strings()
                    .withCharRange('0', '9')
                    .withCharRange('A', 'Z')
                    .ofMinLength(1)
                    .ofMaxLength(12)),
            Tuple.of(
                1,
                characters()
                    .ofMaxLength(40)
                    .map(text -> "0" + text)
                    .filter(text -> text.chars().noneMatch(Character::isISOControl))))
        .withoutEdgeCases();
  }

  /** Whole seconds, which is what the service tells. */
  private static Arbitrary<Instant> moments() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.longs().between(0, 4_102_444_800L)),
            Tuple.of(
                1,
                Arbitraries.longs()
                    .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())))
        .map(Instant::ofEpochSecond)
        .withoutEdgeCases();
  }

  private static Arbitrary<Duration> intervals() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 60).map(Duration::ofSeconds)),
            Tuple.of(1, Arbitraries.integers().between(0, 1_800_000).map(Duration::ofMillis)))
        .withoutEdgeCases();
  }

  private static Arbitrary<String> peerIds() {
    return Arbitraries.strings()
        .withCharRange('0', '9')
        .withCharRange('A', 'Z')
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(27)
        .withoutEdgeCases();
  }

  private static Arbitrary<Integer> numbers() {
    IntegerArbitrary all = Arbitraries.integers();
    return Arbitraries.frequencyOf(Tuple.of(4, all.between(0, 20)), Tuple.of(1, all))
        .withoutEdgeCases();
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(false, true);
  }
}
