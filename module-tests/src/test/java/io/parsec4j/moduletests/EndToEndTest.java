// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.Operation;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.TwoFactorRequiredException;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.json.JsonbCodec;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user gets for each answer the service is known to give: over both transports, in both dialects, both forms. */
class EndToEndTest {
  private static final String EMAIL = "dude@example.com";
  private static final String PASSWORD = "abides-secret";
  private static final String SEED = "JBSWY3DPEHPK3PXP";
  private static final String REFUSED = "Your email/password combination is incorrect.";
  private static final String CODE_NEEDED = "You need to provide an authentication code.";
  private static final String UNKNOWN_SESSION = "the session is unknown or has expired";

  private static Transport jdk;
  private static Transport apache;

  private FakeParsecServer server;
  private FakeAccount dude;
  private ParsecClient parsec;

  @BeforeAll
  static void openTransports() {
    jdk = JdkTransport.create(TransportOptions.defaults());
    apache = ApacheTransport.create(TransportOptions.defaults());
  }

  @AfterAll
  static void closeTransports() {
    jdk.close();
    apache.close();
  }

  @AfterEach
  void stop() {
    parsec.close();
    server.close();
  }

  static Stream<Arguments> everyWay() {
    return Stream.of(Wire.values())
        .flatMap(wire -> Stream.of(Dialect.values())
            .flatMap(dialect ->
                Stream.of(Form.values()).map(form -> Arguments.of(wire, dialect, form))));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void signsIn(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));

    Session session = form.signIn(parsec, credentials(PASSWORD));

    assertThat(session.id().reveal()).matches("[0-9a-f]{64}");
    boolean live = dialect == Dialect.LIVE;
    assertThat(session.userId().isPresent()).isEqualTo(live);
    assertThat(session.instanceId().isPresent()).isEqualTo(live);
    assertThat(session.hostPeerId().isPresent()).isEqualTo(live);
    if (live) {
      assertThat(session.userId()).hasValue(dude.userId());
    }
    assertThat(form.hosts(parsec, session, HostQuery.any())).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void signsInWithACode(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    dude.withTotp(SEED);

    Session session =
        form.signIn(parsec, credentials(PASSWORD).withTfaCode(dude.currentTotpCode()));

    assertThat(form.hosts(parsec, session, HostQuery.any())).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void asksForACodeOfTheKindThatTheServiceNames(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    dude.withTotp(SEED).tfaType("sms");

    TwoFactorRequiredException e =
        failure(TwoFactorRequiredException.class, () -> form.signIn(parsec, credentials(PASSWORD)));

    assertThat(e)
        .hasMessage("sign-in needs a two-factor code (status 403: " + CODE_NEEDED
            + "); add it with Credentials.withTfaCode(...)");
    assertThat(e.tfaType()).contains("sms");
    assertThat(e.codeRejected()).isFalse();
    assertAnswer(e, Operation.SIGN_IN, 403, CODE_NEEDED);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void asksForACodeThoughTheServiceNamesNoKind(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    dude.withTotp(SEED).withoutTfaType();

    TwoFactorRequiredException e =
        failure(TwoFactorRequiredException.class, () -> form.signIn(parsec, credentials(PASSWORD)));

    assertThat(e.tfaType()).isEmpty();
    assertAnswer(e, Operation.SIGN_IN, 403, CODE_NEEDED);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void saysThatACodeWasWrongIfTheServiceAsksAgain(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect).asksAgainAfterWrongCode(true));
    dude.withTotp(SEED);

    TwoFactorRequiredException e = failure(
        TwoFactorRequiredException.class,
        () -> form.signIn(parsec, credentials(PASSWORD).withTfaCode(wrongCode())));

    assertThat(e)
        .hasMessage("the two-factor code was not accepted (status 403: " + CODE_NEEDED
            + "); ask for a new one and sign in again with it");
    assertThat(e.codeRejected()).isTrue();
    assertAnswer(e, Operation.SIGN_IN, 403, CODE_NEEDED);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void refusesAWrongPassword(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));

    assertRefused(failure(
        InvalidCredentialsException.class,
        () -> form.signIn(parsec, credentials("not-" + PASSWORD))));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void refusesAWrongCodeLikeAWrongPassword(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    dude.withTotp(SEED);

    assertRefused(failure(
        InvalidCredentialsException.class,
        () -> form.signIn(parsec, credentials(PASSWORD).withTfaCode(wrongCode()))));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void listsHostsWithAllThatTheServiceTells(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    FakeHost full = FakeHost.game("Größe \"1\" \\ 保齢球 🎳")
        .peerId("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
        .gameId("1K4rRTkrnNnmYTNZ2yW7GBCGG4R")
        .build("150-32")
        .description("a\nb")
        .players(3)
        .maxPlayers(8)
        .isPublic(true)
        .isSelf(true)
        .guestAccess(true)
        .eventName("League night");
    dude.displayName("The Dude").warp(true).teamId("t1").external("idp", "x1").owns(full);

    HostPage page = form.hosts(parsec, dude.openSession(), HostQuery.any());

    HostUser.Builder user =
        HostUser.builder().id(dude.userId()).name("The Dude").warp(true);
    Host.Builder host = Host.builder("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
        .gameId("1K4rRTkrnNnmYTNZ2yW7GBCGG4R")
        .build("150-32")
        .description("a\nb")
        .maxPlayers(8)
        .mode(HostMode.GAME)
        .name("Größe \"1\" \\ 保齢球 🎳")
        .players(3)
        .isPublic(true)
        .self(true);
    if (dialect == Dialect.LIVE) {
      user = user.teamId("t1").externalId("x1").externalProvider("idp");
      host = host.eventName("League night").guestAccess(true).online(true);
    }
    assertThat(page.hosts()).hasSize(4).last().isEqualTo(host.user(user.build()).build());
    assertThat(page.hasMore()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void listsNothingWhetherDataIsEmptyOrNull(Wire wire, Dialect dialect, Form form) {
    for (boolean isNull : new boolean[] {false, true}) {
      begin(wire, FakeParsecServer.builder().dialect(dialect).nullForNoHosts(isNull));
      FakeAccount walter = server.account("walter@example.com", PASSWORD);

      HostPage page = form.hosts(parsec, walter.openSession(), HostQuery.desktop());

      assertThat(page.hosts()).isEmpty();
      assertThat(page.hasMore()).isFalse();
      stop();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void saysThatTheServiceCutTheList(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect).hostCap(1));

    HostPage page = form.hosts(parsec, dude.openSession(), HostQuery.any());

    assertThat(page).extracting(Host::name).containsExactly("LEBOWSKI");
    assertThat(page.hasMore()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void filtersByModeAndPublicity(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));
    Session session = dude.openSession();

    assertThat(form.hosts(parsec, session, HostQuery.any()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI", "Bowling", "League night");
    assertThat(form.hosts(parsec, session, HostQuery.desktop()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI");
    assertThat(form.hosts(parsec, session, HostQuery.game()))
        .extracting(Host::name)
        .containsExactly("Bowling", "League night");
    assertThat(form.hosts(parsec, session, HostQuery.game().publicOnly()))
        .extracting(Host::name)
        .containsExactly("League night");
    assertThat(form.hosts(parsec, session, HostQuery.any().privateOnly()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI", "Bowling");
    assertThat(server.requests(Endpoint.HOSTS))
        .extracting(request -> request.query())
        .containsExactly("", "mode=desktop", "mode=game", "mode=game&public=true", "public=false");
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void saysThatTheSessionIdDidNotArrive(Wire wire, Dialect dialect, Form form) {
    // as if something on the way had taken the header out
    begin(wire, FakeParsecServer.builder().dialect(dialect), EndToEndTest::withoutHeaders);

    assertInvalidSession(
        failure(
            InvalidSessionException.class,
            () -> form.hosts(parsec, dude.openSession(), HostQuery.any())),
        401,
        "no session ID in request header");
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void refusesAnUnknownSession(Wire wire, Dialect dialect, Form form) {
    for (int status : new int[] {401, 403}) {
      begin(wire, FakeParsecServer.builder().dialect(dialect).invalidSessionStatus(status));
      Session unknown = Session.of(SessionId.of("0123456789abcdef"));

      assertInvalidSession(
          failure(
              InvalidSessionException.class, () -> form.hosts(parsec, unknown, HostQuery.any())),
          status,
          UNKNOWN_SESSION);
      stop();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void refusesAnExpiredSession(Wire wire, Dialect dialect, Form form) {
    for (int status : new int[] {401, 403}) {
      Tomorrow clock = new Tomorrow();
      begin(
          wire,
          FakeParsecServer.builder()
              .dialect(dialect)
              .invalidSessionStatus(status)
              .clock(clock)
              .sessionLifetime(Duration.ofHours(1)));
      Session session = form.signIn(parsec, credentials(PASSWORD));
      assertThat(form.hosts(parsec, session, HostQuery.any())).hasSize(3);
      clock.come();

      assertInvalidSession(
          failure(
              InvalidSessionException.class, () -> form.hosts(parsec, session, HostQuery.any())),
          status,
          UNKNOWN_SESSION);
      stop();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void refusesAModeThatTheServiceDoesNotKnow(Wire wire, Dialect dialect, Form form) {
    begin(wire, FakeParsecServer.builder().dialect(dialect));

    ParsecApiException e = failure(
        ParsecApiException.class,
        () -> form.hosts(parsec, dude.openSession(), HostQuery.of(HostMode.of("squid"))));

    assertThat(e)
        .hasMessage("hosts failed: the service refused the call"
            + " (status 400: mode must be desktop or game)");
    assertAnswer(e, Operation.HOSTS, 400, "mode must be desktop or game");
  }

  private void begin(Wire wire, FakeParsecServer.Builder builder) {
    begin(wire, builder, transport -> transport);
  }

  private void begin(
      Wire wire, FakeParsecServer.Builder builder, UnaryOperator<Transport> decoration) {
    server = builder.start();
    dude = server
        .account(EMAIL, PASSWORD)
        .owns(
            FakeHost.desktop("LEBOWSKI"),
            FakeHost.game("Bowling"),
            FakeHost.game("League night").isPublic(true));
    parsec = ParsecClient.builder()
        .baseUri(server.baseUri())
        .transport(decoration.apply(wire == Wire.JDK ? jdk : apache))
        .codec(JsonbCodec.create())
        .build();
  }

  private static Transport withoutHeaders(Transport transport) {
    return request -> transport.send(TransportRequest.builder("GET", request.uri())
        .maxResponseBytes(request.maxResponseBytes())
        .timeout(request.timeout())
        .build());
  }

  private static Credentials credentials(String password) {
    return Credentials.of(EMAIL, password.toCharArray());
  }

  private String wrongCode() {
    // one that is right in neither of the steps around now
    return dude.currentTotpCode().startsWith("0") ? "1-wrong" : "0-wrong";
  }

  private void assertRefused(InvalidCredentialsException e) {
    assertThat(e)
        .hasMessage("sign-in was refused (status 403: " + REFUSED
            + "); check e-mail address, password and two-factor code");
    assertAnswer(e, Operation.SIGN_IN, 403, REFUSED);
  }

  private void assertInvalidSession(InvalidSessionException e, int status, String text) {
    assertThat(e)
        .hasMessage("hosts failed: the session is unknown or has ended (status " + status + ": "
            + text + "); sign in again");
    assertAnswer(e, Operation.HOSTS, status, text);
  }

  /** A refusal is final: one attempt, which is the one request that came. */
  private void assertAnswer(ParsecApiException e, Operation operation, int status, String text) {
    assertThat(e.operation()).isEqualTo(operation);
    assertThat(e.status()).isEqualTo(status);
    assertThat(e.errorText()).contains(text);
    assertThat(e.retryAfter()).isEmpty();
    assertThat(e.attempts()).isEqualTo(1);
    assertThat(e.elapsed()).isPositive();
    assertThat(e.getSuppressed()).isEmpty();
    assertThat(e).hasNoCause();
    assertThat(server.requests()).hasSize(1);
  }

  /** Of this type exactly: what a subtype stands for is something else. */
  private <E extends ParsecException> E failure(Class<E> type, ThrowingCallable call) {
    server.clearRequests();
    E e = catchThrowableOfType(type, call);
    assertThat(e).isExactlyInstanceOf(type);
    return e;
  }

  /** The transports. */
  enum Wire {
    JDK,
    APACHE
  }

  /** The same calls, waiting for the answer or for the future of it. */
  enum Form {
    SYNC {
      @Override
      Session signIn(ParsecClient parsec, Credentials credentials) {
        return parsec.signIn(credentials);
      }

      @Override
      HostPage hosts(ParsecClient parsec, Session session, HostQuery query) {
        return parsec.hosts(session, query);
      }
    },
    ASYNC {
      @Override
      Session signIn(ParsecClient parsec, Credentials credentials) {
        return join(parsec.async().signIn(credentials));
      }

      @Override
      HostPage hosts(ParsecClient parsec, Session session, HostQuery query) {
        return join(parsec.async().hosts(session, query));
      }
    };

    abstract Session signIn(ParsecClient parsec, Credentials credentials);

    abstract HostPage hosts(ParsecClient parsec, Session session, HostQuery query);

    private static <T> T join(CompletableFuture<T> future) {
      try {
        return future.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof ParsecException) {
          throw (ParsecException) e.getCause();
        }
        throw e;
      }
    }
  }

  /** A clock that stands still until it is told to go on by a day. */
  private static final class Tomorrow extends Clock {
    private volatile Instant now = Instant.parse("1998-03-06T12:00:00Z");

    void come() {
      now = now.plus(Duration.ofDays(1));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the fake server asks for instants alone");
    }
  }
}
