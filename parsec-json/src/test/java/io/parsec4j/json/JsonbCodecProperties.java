// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static io.parsec4j.json.Bodies.CANARY;
import static io.parsec4j.json.Bodies.CODEC;
import static io.parsec4j.json.Bodies.TYPES;
import static io.parsec4j.json.Bodies.refusal;
import static io.parsec4j.json.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.ApprovalBody;
import io.parsec4j.api.spi.AuthCodeBody;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.EnterpriseSessionBody;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.SignInBody;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JsonbCodecProperties {

  @Property(tries = 150)
  void aPageSurvivesWhateverTheOrderTheBlanksTheEscapesAndTheUnknownFields(
      @ForAll("pages") HostPage page, @ForAll long seed) {
    byte[] json = new JsonScribe(seed).write(page);

    assertThat(CODEC.decode(json, HostPage.class)).isEqualTo(page);
  }

  @Property(tries = 300)
  void aSessionSurvivesInEveryDialect(@ForAll("sessions") Session session, @ForAll long seed) {
    byte[] json = new JsonScribe(seed).write(session);

    assertThat(CODEC.decode(json, Session.class)).isEqualTo(session);
  }

  @Property(tries = 300)
  void anAuthCodeSurvivesLikewise(@ForAll("authCodes") AuthCode code, @ForAll long seed) {
    byte[] json = new JsonScribe(seed).write(code);

    assertThat(CODEC.decode(json, AuthCode.class)).isEqualTo(code);
  }

  @Property(tries = 300)
  void anAccountSurvivesLikewise(@ForAll("accounts") Account account, @ForAll long seed) {
    byte[] json = new JsonScribe(seed).write(account);

    assertThat(CODEC.decode(json, Account.class)).isEqualTo(account);
  }

  @Property(tries = 5)
  void noProperPrefixOfAnAnswerToTheOtherWaysInCanBeRead(
      @ForAll("sessions") Session session,
      @ForAll("authCodes") AuthCode code,
      @ForAll("accounts") Account account,
      @ForAll long seed) {
    noProperPrefixCanBeRead(new JsonScribe(seed).write(session), Session.class);
    noProperPrefixCanBeRead(new JsonScribe(seed).write(code), AuthCode.class);
    noProperPrefixCanBeRead(new JsonScribe(seed).write(account), Account.class);
  }

  @Property(tries = 15)
  void noProperPrefixOfAPageCanBeRead(@ForAll("pages") HostPage page, @ForAll long seed) {
    noProperPrefixCanBeRead(new JsonScribe(seed).write(page), HostPage.class);
  }

  @Property(tries = 20)
  void noProperPrefixOfASessionOrAnErrorBodyCanBeRead(@ForAll("tokens") String token) {
    noProperPrefixCanBeRead(
        utf8("{\"data\":{\"id\":\"" + token + "\",\"zzz\":[{}]}}"), Session.class);
    noProperPrefixCanBeRead(
        utf8("{\"session_id\":\"" + token + "\",\"user_id\":12}"), Session.class);
    noProperPrefixCanBeRead(
        utf8("{\"error\":\"" + token + "\",\"codes\":[[1,{}]],\"tfa_required\":true}"),
        ErrorBody.class);
  }

  private static void noProperPrefixCanBeRead(byte[] json, Class<?> type) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
      // of a long body, the prefixes at both ends and a sample between
      for (int length = 0;
          length < json.length;
          length += length < 300 || length > json.length - 300 ? 1 : 7) {
        assertThat(refusal(Arrays.copyOf(json, length), type)).isNotEmpty();
      }
    });
  }

  @Property(tries = 150)
  void aDamagedBodyIsReadAsJsonOrRefusedInTime(
      @ForAll("damageable") byte[] json, @ForAll long seed) {
    Random random = new Random(seed);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
      for (int i = 0; i < 60; i++) {
        byte[] damaged = damage(json, random);
        for (Class<?> type : TYPES) {
          if (isRead(damaged, type)) {
            assertThat(isJson(damaged)).isTrue();
          }
        }
      }
    });
  }

  @Property(tries = 1_000)
  void randomBytesAreReadAsJsonOrRefused(@ForAll byte[] noise) {
    for (Class<?> type : TYPES) {
      assertThat(isRead(noise, type) && !isJson(noise)).isFalse();
    }
  }

  @Property(tries = 1_000)
  void randomJsonTokensAreReadAsJsonOrRefused(@ForAll("tokenSoup") String soup) {
    for (Class<?> type : TYPES) {
      assertThat(isRead(utf8(soup), type) && !isJson(utf8(soup))).isFalse();
    }
  }

  @Property
  void aSignInIsWrittenSoThatJsonProcessingReadsItBack(
      @ForAll("texts") String email,
      @ForAll("texts") String password,
      @ForAll("optionalTexts") Optional<String> code) {
    byte[] json = CODEC.encode(SignInBody.of(email, password, code));

    JsonObject read = tree(json);
    assertThat(read.getString("email")).isEqualTo(email);
    assertThat(read.getString("password")).isEqualTo(password);
    assertThat(Optional.ofNullable(read.getString("tfa", null))).isEqualTo(code);
    assertThat(read.keySet())
        .isEqualTo(
            code.isPresent() ? Set.of("email", "password", "tfa") : Set.of("email", "password"));
  }

  @Property
  void theBodiesOfTheOtherWaysInAreWrittenSoThatJsonProcessingReadsThemBack(
      @ForAll("texts") String text) {
    assertThat(tree(CODEC.encode(AuthCodeBody.of(text))))
        .isEqualTo(Json.createObjectBuilder().add("game_id", text).build());
    assertThat(tree(CODEC.encode(ApprovalBody.of(text))))
        .isEqualTo(Json.createObjectBuilder()
            .add("grant_type", "auth_code")
            .add("auth_code_hash", text)
            .build());
    assertThat(tree(CODEC.encode(EnterpriseSessionBody.of(text))))
        .isEqualTo(Json.createObjectBuilder().add("external_id", text).build());
  }

  @Property
  void aNumberIsReadExactlyOrRefused(@ForAll("numbers") String number) {
    boolean isInt;
    int value = 0;
    try {
      value = new BigDecimal(number).intValueExact();
      isInt = number.length() <= 32;
    } catch (ArithmeticException e) {
      isInt = false;
    }
    if (isInt) {
      assertThat(Bodies.readHostWith("\"players\":" + number).players()).isEqualTo(value);
    } else {
      assertThat(refusal(Bodies.hostWith("\"players\":" + number), HostPage.class))
          .startsWith("data[0].players ");
    }
  }

  private static byte[] damage(byte[] json, Random random) {
    byte[] damaged = json.clone();
    String tokens = "{}[],:\"\\0123456789.eE+-tfnu \u0000";
    for (int i = random.nextInt(3); i >= 0 && damaged.length > 1; i--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(5)) {
        case 0:
          damaged[at] = (byte) random.nextInt(256);
          break;
        case 1:
          damaged[at] = (byte) tokens.charAt(random.nextInt(tokens.length()));
          break;
        case 2:
          damaged = Arrays.copyOf(damaged, at);
          break;
        case 3:
          System.arraycopy(json, 0, damaged, at, Math.min(json.length, damaged.length - at));
          break;
        default:
          byte[] shorter = Arrays.copyOf(damaged, damaged.length - 1);
          System.arraycopy(damaged, at + 1, shorter, at, shorter.length - at);
          damaged = shorter;
      }
    }
    return damaged;
  }

  private static boolean isRead(byte[] json, Class<?> type) {
    try {
      return CODEC.decode(json, type) != null;
    } catch (CodecException e) {
      assertThat(e).hasNoCause();
      assertThat(e.getMessage()).doesNotContain(CANARY);
      return false;
    }
  }

  private static boolean isJson(byte[] json) {
    return tree(json) != null;
  }

  private static JsonObject tree(byte[] json) {
    try (JsonReader reader = Json.createReaderFactory(Map.of())
        .createReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8)) {
      return reader.readObject();
    }
  }

  @Provide
  Arbitrary<HostPage> pages() {
    return Combinators.combine(
            hosts().withoutEdgeCases().list().ofMaxSize(12), Arbitraries.of(true, false))
        .as(HostPage::of);
  }

  private Arbitrary<Host> hosts() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return texts()
        .filter(text -> !text.isEmpty())
        .flatMap(peerId -> Builders.withBuilder(() -> Host.builder(peerId))
            .use(users())
            .withProbability(0.8)
            .in(Host.Builder::user)
            .use(texts())
            .in(Host.Builder::gameId)
            .use(Arbitraries.of("", "150-32", "150-93b"))
            .in(Host.Builder::build)
            .use(texts())
            .in(Host.Builder::description)
            .use(Arbitraries.integers())
            .in(Host.Builder::maxPlayers)
            .use(modes())
            .in(Host.Builder::mode)
            .use(texts())
            .in(Host.Builder::name)
            .use(Arbitraries.integers())
            .in(Host.Builder::players)
            .use(flags)
            .in(Host.Builder::isPublic)
            .use(flags)
            .in(Host.Builder::self)
            .use(texts())
            .withProbability(0.5)
            .in(Host.Builder::eventName)
            .use(flags)
            .withProbability(0.5)
            .in(Host.Builder::guestAccess)
            .use(flags)
            .withProbability(0.5)
            .in(Host.Builder::online)
            .build(Host.Builder::build));
  }

  private Arbitrary<HostUser> users() {
    return Builders.withBuilder(HostUser::builder)
        .use(Arbitraries.longs())
        .in(HostUser.Builder::id)
        .use(texts())
        .in(HostUser.Builder::name)
        .use(Arbitraries.of(true, false))
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
  }

  @Provide
  Arbitrary<Session> sessions() {
    return opaqueTexts()
        .flatMap(token -> Builders.withBuilder(() -> Session.builder(SessionId.of(token)))
            .use(Arbitraries.longs())
            .withProbability(0.5)
            .in(Session.Builder::userId)
            .use(texts())
            .withProbability(0.5)
            .in(Session.Builder::hostPeerId)
            .use(texts())
            .withProbability(0.5)
            .in(Session.Builder::clientPeerId)
            .use(texts())
            .withProbability(0.5)
            .in(Session.Builder::instanceId)
            .use(texts().list().ofMaxSize(4))
            .in(Session.Builder::roles)
            .use(instants())
            .withProbability(0.5)
            .in(Session.Builder::expiresAt)
            .build(Session.Builder::build));
  }

  @Provide
  Arbitrary<AuthCode> authCodes() {
    return Builders.withBuilder(AuthCode::builder)
        .use(Arbitraries.of(
            "https://parsec.gg/activate", "HTTP://[::1]:8080/?a=%C3%A9#b", "https://a.b"))
        .in((code, uri) -> code.verificationUri(URI.create(uri)))
        .use(texts()
            .filter(text -> !text.isBlank() && text.chars().noneMatch(Character::isISOControl)))
        .in(AuthCode.Builder::userCode)
        .use(opaqueTexts())
        .in(AuthCode.Builder::hash)
        .use(instants())
        .in(AuthCode.Builder::expiresAt)
        .use(Arbitraries.integers().between(0, 1_800).edgeCases(edges -> edges.add(5)))
        .in((code, seconds) -> code.interval(Duration.ofSeconds(seconds)))
        .build(AuthCode.Builder::build);
  }

  @Provide
  Arbitrary<Account> accounts() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Arbitraries.longs()
        .flatMap(id -> Builders.withBuilder(() -> Account.builder(id))
            .use(texts())
            .in(Account.Builder::name)
            .use(texts())
            .withProbability(0.5)
            .in(Account.Builder::email)
            .use(flags)
            .in(Account.Builder::warp)
            .use(flags)
            .withProbability(0.5)
            .in(Account.Builder::hasTfa)
            .build(Account.Builder::build));
  }

  private Arbitrary<Instant> instants() {
    return Arbitraries.longs().between(0, 253_402_300_799L).map(Instant::ofEpochSecond);
  }

  private Arbitrary<String> opaqueTexts() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(100);
  }

  private Arbitrary<HostMode> modes() {
    return Arbitraries.oneOf(Arbitraries.of("desktop", "game", ""), texts()).map(HostMode::of);
  }

  /** Texts with whole surrogate pairs only, as any text is that came over the wire in UTF-8. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            6, Arbitraries.of("", "a", "\\u0061", "\\", "\"", "The Dude", "\ud83d\ude00", "ü")),
        Tuple.of(6, Arbitraries.strings().ascii().ofMaxLength(30)),
        Tuple.of(
            3,
            Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(codePoint -> codePoint < 0xD800 || codePoint > 0xDFFF)
                .map(codePoint -> new String(Character.toChars(codePoint)))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts))),
        Tuple.of(1, Arbitraries.integers().between(0, 5_000).map("z"::repeat)));
  }

  @Provide
  Arbitrary<Optional<String>> optionalTexts() {
    return texts().optional();
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('"', '\\')
        .ofMinLength(1)
        .ofMaxLength(100);
  }

  @Provide
  Arbitrary<byte[]> damageable() {
    Stream<byte[]> vectors = Stream.of(
            "auth-codes.201.json",
            "auth-sessions.201.json",
            "enterprise-sessions.201.json",
            "hosts.documented.200.json",
            "hosts.empty.200.json",
            "hosts.live.200.json",
            "hosts.no-session.401.json",
            "sign-in.documented.200.json",
            "sign-in.live.201.json",
            "sign-in.refused.403.json",
            "sign-in.tfa-required.403.json")
        .map(Bodies::vector);
    Stream<byte[]> secretive = Stream.of(
            "{\"session_id\":\"" + CANARY + "\",\"" + CANARY + "\":[\"" + CANARY + "\",1]}",
            "{\"error\":\"" + CANARY + "\",\"codes\":{\"" + CANARY + "\":null},\"tfa_type\":\""
                + CANARY + "\"}",
            "{\"data\":[{\"peer_id\":\"" + CANARY + "\",\"players\":1,\"user\":{\"name\":\""
                + CANARY + "\"}}]}",
            "{\"data\":{\"verification_uri\":\"https://" + CANARY + "\",\"user_code\":\"" + CANARY
                + "\",\"hash\":\"" + CANARY + "\",\"expires_at\":1,\"interval\":1}}",
            "{\"data\":{\"id\":1,\"email\":\"" + CANARY + "\",\"has_tfa\":true}}")
        .map(Bodies::utf8);
    return Arbitraries.of(Stream.concat(vectors, secretive).toArray(byte[][]::new));
  }

  @Provide
  Arbitrary<String> tokenSoup() {
    List<String> tokens = List.of(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"data\"",
        "\"session_id\"",
        "\"id\"",
        "\"error\"",
        "\"peer_id\"",
        "\"session\"",
        "\"hash\"",
        "\"user_code\"",
        "\"verification_uri\"",
        "\"expires_at\"",
        "\"https://x\"",
        "\"x\"",
        "\"\"",
        "1",
        "true",
        "null",
        " ",
        "\\",
        "\"");
    return Arbitraries.of(tokens).list().ofMaxSize(25).map(parts -> "{" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.integers().map(String::valueOf),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.bigDecimals().ofScale(3).map(Object::toString),
        Combinators.combine(
                Arbitraries.integers().between(-99, 99), Arbitraries.integers().between(-40, 40))
            .as((digits, exponent) -> digits + "e" + exponent),
        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40).map(digits -> "1" + digits));
  }
}
