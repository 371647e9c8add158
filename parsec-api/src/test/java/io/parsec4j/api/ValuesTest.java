// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @Nested
  class Sessions {
    @Test
    void aStoredSessionKnowsItsIdOnly() {
      Session session = Session.of(SessionId.of("token"));

      assertThat(session.id().reveal()).isEqualTo("token");
      assertThat(session.userId()).isEmpty();
      assertThat(session.hostPeerId()).isEmpty();
      assertThat(session.clientPeerId()).isEmpty();
      assertThat(session.instanceId()).isEmpty();
      assertThat(session.roles()).isEmpty();
      assertThat(session.expiresAt()).isEmpty();
      assertThat(session).hasToString("Session[…]");
    }

    @Test
    void aLiveSessionKnowsWhatTheServiceTold() {
      Session session = Session.builder(SessionId.of("token"))
          .userId(-7)
          .hostPeerId("peer")
          .clientPeerId("client")
          .instanceId("instance")
          .expiresAt(Instant.EPOCH)
          .build();

      assertThat(session.userId()).hasValue(-7);
      assertThat(session.hostPeerId()).contains("peer");
      assertThat(session.clientPeerId()).contains("client");
      assertThat(session.instanceId()).contains("instance");
      assertThat(session.expiresAt()).contains(Instant.EPOCH);
      assertThat(session).hasToString("Session[user -7, …]");
    }

    @Test
    void theRolesAreACopy() {
      List<String> roles = new ArrayList<>(List.of("host"));
      Session session = Session.builder(SessionId.of("token")).roles(roles).build();

      roles.add("admin");

      assertThat(session.roles()).containsExactly("host").isUnmodifiable();
    }
  }

  @Nested
  class AuthCodes {
    private final AuthCode.Builder code = AuthCode.builder()
        .verificationUri(URI.create("https://parsec.gg/activate"))
        .userCode("ABCD3456")
        .hash("hash")
        .expiresAt(Instant.EPOCH);

    @Test
    void tellWhatTheUserAndTheProgramNeed() {
      AuthCode built = code.interval(Duration.ofSeconds(7)).build();

      assertThat(built.verificationUri()).hasToString("https://parsec.gg/activate");
      assertThat(built.userCode()).isEqualTo("ABCD3456");
      assertThat(built.revealHash()).isEqualTo("hash");
      assertThat(built.expiresAt()).isEqualTo(Instant.EPOCH);
      assertThat(built.interval()).isEqualTo(Duration.ofSeconds(7));
      assertThat(built).hasToString("AuthCode[expires 1970-01-01T00:00:00Z, interval 7 s, …]");
    }

    @Test
    void areAskedAboutEveryFiveSecondsUnlessSaid() {
      assertThat(code.build().interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void lackNothingButTheInterval() {
      AuthCode.Builder building = AuthCode.builder();
      assertMissing(building, "verificationUri");
      building = building.verificationUri(URI.create("HTTP://localhost:8080/activate"));
      assertMissing(building, "userCode");
      building = building.userCode("a b");
      assertMissing(building, "hash");
      building = building.hash("!~");
      assertMissing(building, "expiresAt");

      assertThat(building.expiresAt(Instant.MAX).build().userCode()).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parsec.gg/activate", "/a", "ftp://parsec.gg", "https:///a", "https:a"})
    void haveAPageThatABrowserCanOpen(String page) {
      assertThatThrownBy(() -> code.verificationUri(URI.create(page)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("uri must be an absolute http or https address with a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u001b[2J", "a\n"})
    void haveAUserCodeThatCanBeShown(String userCode) {
      assertThatThrownBy(() -> code.userCode(userCode))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("userCode must not be blank or have control characters");
    }

    @Test
    void haveAHashOfVisibleAscii() {
      assertThatThrownBy(() -> code.hash("a b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("hash must be visible ASCII, the character at index 1 is not;"
              + " was a line break stored with it?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT30M0.001S"})
    void haveAnIntervalThatALifeHasRoomFor(String interval) {
      assertThatThrownBy(() -> code.interval(Duration.parse(interval)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("interval must be from zero to PT30M, was " + interval);
    }

    @Test
    void mayHaveAnIntervalOfZeroOrOfTheirLife() {
      assertThat(code.interval(Duration.ZERO).build().interval()).isZero();
      assertThat(code.interval(Duration.ofMinutes(30)).build().interval())
          .isEqualTo(Duration.ofMinutes(30));
    }

    private void assertMissing(AuthCode.Builder building, String name) {
      assertThatThrownBy(building::build)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(name + " must be set; call " + name + "(...)");
    }
  }

  @Nested
  class Accounts {
    @Test
    void needNotTellMoreThanTheirNumber() {
      Account account = Account.builder(-7).build();

      assertThat(account.id()).isEqualTo(-7);
      assertThat(account.name()).isEmpty();
      assertThat(account.email()).isEmpty();
      assertThat(account.warp()).isFalse();
      assertThat(account.hasTfa()).isEmpty();
    }

    @Test
    void tellWhatIsKnownAndPrintWithoutTheAddress() {
      Account account = Account.builder(7)
          .name("The Dude")
          .email("dude@example.com")
          .warp(true)
          .hasTfa(false)
          .build();

      assertThat(account.name()).isEqualTo("The Dude");
      assertThat(account.email()).contains("dude@example.com");
      assertThat(account.warp()).isTrue();
      assertThat(account.hasTfa()).contains(false);
      assertThat(account).hasToString("Account[The Dude, 7]");
    }
  }

  @Nested
  class ApiKeys {
    @Test
    void revealTheirTextOnRequestOnly() {
      ApiKey key = ApiKey.of("!key~");

      assertThat(key.reveal()).isEqualTo("!key~");
      assertThat(key).hasToString("ApiKey[…]").hasSameHashCodeAs(ApiKey.of("other"));
    }

    @Test
    void areVisibleAscii() {
      assertThatThrownBy(() -> ApiKey.of("a\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("key must be visible ASCII, the character at index 1 is not;"
              + " was a line break stored with it?");
      assertThatThrownBy(() -> ApiKey.of(""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("key must have 1 to 4096 characters, has 0");
    }
  }

  @Nested
  class Hosts {
    @Test
    void whatIsUntoldIsNeutral() {
      Host host = Host.builder("peer").build();

      assertThat(host.peerId()).isEqualTo("peer");
      assertThat(host.user()).isEmpty();
      assertThat(host.gameId()).isEmpty();
      assertThat(host.build()).isEmpty();
      assertThat(host.description()).isEmpty();
      assertThat(host.maxPlayers()).isZero();
      assertThat(host.mode()).isSameAs(HostMode.UNSTATED);
      assertThat(host.name()).isEmpty();
      assertThat(host.players()).isZero();
      assertThat(host.isPublic()).isFalse();
      assertThat(host.isSelf()).isFalse();
      assertThat(host.eventName()).isEmpty();
      assertThat(host.guestAccess()).isEmpty();
      assertThat(host.online()).isEmpty();
    }

    @Test
    void whatIsToldIsKept() {
      Host host = Host.builder("peer")
          .user(HostUser.of(7, "dude"))
          .gameId("game")
          .build("150-32")
          .description("rug")
          .maxPlayers(20)
          .mode(HostMode.GAME)
          .name("LEBOWSKI")
          .players(3)
          .isPublic(true)
          .self(true)
          .eventName("bowling")
          .guestAccess(false)
          .online(true)
          .build();

      assertThat(host.user()).contains(HostUser.of(7, "dude"));
      assertThat(host.gameId()).isEqualTo("game");
      assertThat(host.build()).isEqualTo("150-32");
      assertThat(host.description()).isEqualTo("rug");
      assertThat(host.maxPlayers()).isEqualTo(20);
      assertThat(host.mode()).isEqualTo(HostMode.GAME);
      assertThat(host.name()).isEqualTo("LEBOWSKI");
      assertThat(host.players()).isEqualTo(3);
      assertThat(host.isPublic()).isTrue();
      assertThat(host.isSelf()).isTrue();
      assertThat(host.eventName()).contains("bowling");
      assertThat(host.guestAccess()).contains(false);
      assertThat(host.online()).contains(true);
      assertThat(host).hasToString("Host[LEBOWSKI, game, 3/20, peer]");
    }

    @Test
    void anEmptyPeerIdIsRefused() {
      assertThatThrownBy(() -> Host.builder(""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("peerId must not be empty");
    }

    @Test
    void anOwnerKnowsWhatWasTold() {
      HostUser user = HostUser.builder()
          .id(7)
          .name("dude")
          .warp(true)
          .teamId("")
          .externalId("x")
          .externalProvider("y")
          .build();

      assertThat(user.id()).isEqualTo(7);
      assertThat(user.name()).isEqualTo("dude");
      assertThat(user.warp()).isTrue();
      assertThat(user.teamId()).contains("");
      assertThat(user.externalId()).contains("x");
      assertThat(user.externalProvider()).contains("y");
      assertThat(user).hasToString("HostUser[dude, 7]");
    }

    @Test
    void anOwnerIsNeutralWithoutThem() {
      HostUser user = HostUser.builder().build();

      assertThat(user.id()).isZero();
      assertThat(user.name()).isEmpty();
      assertThat(user.warp()).isFalse();
      assertThat(user.teamId()).isEmpty();
      assertThat(user.externalId()).isEmpty();
      assertThat(user.externalProvider()).isEmpty();
    }

    @Test
    void aPageKeepsItsOwnCopyInOrder() {
      Host one = Host.builder("1").build();
      Host two = Host.builder("2").build();
      List<Host> given = new ArrayList<>(List.of(two, one));

      HostPage page = HostPage.of(given, true);
      given.clear();

      assertThat(page).containsExactly(two, one);
      assertThat(page.hosts()).containsExactly(two, one).isUnmodifiable();
      assertThat(page.hasMore()).isTrue();
      assertThat(page).hasToString("HostPage[[Host[, , 0/0, 2], Host[, , 0/0, 1]], cut]");
      assertThat(HostPage.of(List.of(), false)).hasToString("HostPage[[]]");
      assertThat(HostPage.of(given, false).hasMore()).isFalse();
    }
  }

  @Nested
  class ModesAndQueries {
    @Test
    void knownModesAreConstants() {
      assertThat(HostMode.of("desktop")).isSameAs(HostMode.DESKTOP);
      assertThat(HostMode.of("game")).isSameAs(HostMode.GAME);
      assertThat(HostMode.of("")).isSameAs(HostMode.UNSTATED);
    }

    @Test
    void anUnknownModeKeepsItsName() {
      assertThat(HostMode.of("squid").value()).isEqualTo("squid");
      assertThat(HostMode.of("squid")).hasToString("squid");
    }

    @Test
    void aQuerySaysWhatItAsksFor() {
      HostQuery query = HostQuery.game().privateOnly();

      assertThat(query.mode()).contains(HostMode.GAME);
      assertThat(query.isPublic()).contains(false);
      assertThat(query).hasToString("HostQuery[game, private]");
      assertThat(HostQuery.desktop().publicOnly().isPublic()).contains(true);
      assertThat(HostQuery.desktop().publicOnly()).hasToString("HostQuery[desktop, public]");
      assertThat(HostQuery.any().mode()).isEmpty();
      assertThat(HostQuery.any().isPublic()).isEmpty();
      assertThat(HostQuery.any()).hasToString("HostQuery[any mode, public or private]");
      assertThat(HostQuery.of(HostMode.of("squid")).mode()).contains(HostMode.of("squid"));
    }

    @Test
    void anUnstatedModeCannotBeAskedFor() {
      assertThatThrownBy(() -> HostQuery.of(HostMode.UNSTATED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("mode must be stated; use HostQuery.any() for hosts of any mode");
    }
  }

  @Nested
  class Events {
    private final CallDetails details =
        CallDetails.of(Operation.SIGN_IN, 2, Duration.ofMillis(1_500));

    @Test
    void aCallEventTellsWhichCallAndHowItEnded() {
      CallEvent event = CallEvent.of(details, CallEvent.Outcome.REFUSED);

      assertThat(event.operation()).isEqualTo(Operation.SIGN_IN);
      assertThat(event.attempts()).isEqualTo(2);
      assertThat(event.elapsed()).isEqualTo(Duration.ofMillis(1_500));
      assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.REFUSED);
      assertThat(event).hasToString("CallEvent[sign-in, attempts 2, 1500 ms, REFUSED]");
    }

    @Test
    void detailsAreNeverNegative() {
      assertThat(CallDetails.of(Operation.HOSTS, 0, Duration.ZERO).attempts()).isZero();
      assertThatThrownBy(() -> CallDetails.of(Operation.HOSTS, -1, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attempts and elapsed must not be negative");
      assertThatThrownBy(() -> CallDetails.of(Operation.HOSTS, 0, Duration.ofNanos(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attempts and elapsed must not be negative");
    }

    @Test
    void anAttemptIsAFailureWithoutAnswerUnlessSaid() {
      AttemptEvent event =
          AttemptEvent.builder(Operation.HOSTS, 1, Duration.ofMillis(5)).build();

      assertThat(event.operation()).isEqualTo(Operation.HOSTS);
      assertThat(event.attempt()).isEqualTo(1);
      assertThat(event.elapsed()).isEqualTo(Duration.ofMillis(5));
      assertThat(event.isSuccess()).isFalse();
      assertThat(event.status()).isEmpty();
      assertThat(event.stage()).isEmpty();
      assertThat(event.retryAfter()).isEmpty();
      assertThat(event.retryIn()).isEmpty();
      assertThat(event).hasToString("AttemptEvent[hosts 1, failure]");
    }

    @Test
    void anAttemptTellsWhatIsKnown() {
      AttemptEvent refused = AttemptEvent.builder(Operation.HOSTS, 2, Duration.ZERO)
          .status(503)
          .retryAfter(Duration.ofSeconds(2))
          .retryIn(Duration.ofMillis(2_100))
          .build();

      assertThat(refused.status()).hasValue(503);
      assertThat(refused.retryAfter()).contains(Duration.ofSeconds(2));
      assertThat(refused.retryIn()).contains(Duration.ofMillis(2_100));
      assertThat(refused).hasToString("AttemptEvent[hosts 2, failure 503, again in 2100 ms]");
      assertThat(refused.toBuilder().success(true).build())
          .hasToString("AttemptEvent[hosts 2, success 503, again in 2100 ms]");
      assertThat(AttemptEvent.builder(Operation.SIGN_IN, 1, Duration.ZERO)
              .stage(FailureStage.TLS)
              .build())
          .hasToString("AttemptEvent[sign-in 1, TLS]");
    }

    @Test
    void aCopyOfAnAttemptHasAllItsParts() {
      AttemptEvent event = AttemptEvent.builder(Operation.SIGN_IN, 2, Duration.ofSeconds(1))
          .success(true)
          .status(201)
          .stage(FailureStage.EXCHANGE)
          .retryAfter(Duration.ofSeconds(2))
          .retryIn(Duration.ofSeconds(3))
          .build();

      assertThat(event.toBuilder().build()).isEqualTo(event);
    }

    @Test
    void attemptsAreCountedFromOne() {
      assertThatThrownBy(() -> AttemptEvent.builder(Operation.HOSTS, 0, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attempt must be at least 1, was 0");
    }

    @Test
    void aListenerNeedNotListenToAnything() {
      CallListener listener = new CallListener() {};

      listener.onAttempt(AttemptEvent.builder(Operation.HOSTS, 1, Duration.ZERO).build());
      listener.onCall(CallEvent.of(details, CallEvent.Outcome.SUCCESS));

      assertThat(listener).isNotNull();
    }
  }

  @Nested
  class Errors {
    private final CallDetails call = CallDetails.of(Operation.HOSTS, 3, Duration.ofSeconds(4));
    private final Throwable cause = new IllegalStateException("cause");

    @Test
    void everyFailureTellsItsCall() {
      ParsecException failure = new ParsecException("message", call);

      assertThat(failure).hasMessage("message").hasNoCause();
      assertThat(failure.operation()).isEqualTo(Operation.HOSTS);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.elapsed()).isEqualTo(Duration.ofSeconds(4));
      assertThat(new ParsecException("message", call, cause)).hasCause(cause);
    }

    @Test
    void aTransportFailureTellsItsStage() {
      assertThat(new ParsecTransportException("m", call, FailureStage.TLS).stage())
          .isEqualTo(FailureStage.TLS);
      assertThat(new ParsecTransportException("m", call, FailureStage.TLS, cause))
          .hasMessage("m")
          .hasCause(cause);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutTellsItsLimit(ParsecTimeoutException.Limit limit) {
      ParsecTimeoutException timeout = new ParsecTimeoutException("m", call, limit);

      assertThat(timeout.limit()).isEqualTo(limit);
      assertThat(timeout.stage()).isEqualTo(FailureStage.TIMEOUT);
      assertThat(new ParsecTimeoutException("m", call, limit, cause).limit()).isEqualTo(limit);
      assertThat(new ParsecTimeoutException("m", call, limit, cause)).hasCause(cause);
    }

    @Test
    void aRefusalTellsWhatTheServiceSaid() {
      ErrorAnswer answer =
          ErrorAnswer.of(429).withErrorText("slow down").withRetryAfter(Duration.ofSeconds(9));

      for (ParsecApiException refusal : List.of(
          new ParsecApiException("m", call, answer),
          new RateLimitedException("m", call, answer),
          new ServerErrorException("m", call, answer),
          new InvalidSessionException("m", call, answer),
          new InvalidCredentialsException("m", call, answer),
          new AuthCodeDeniedException("m", call, answer))) {
        assertThat(refusal).hasMessage("m");
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.errorText()).contains("slow down");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(9));
      }
      assertThat(answer.errorText()).contains("slow down");
      assertThat(answer).hasToString("ErrorAnswer[429]");
    }

    @Test
    void anExpiredCodeHasACauseOrNone() {
      assertThat(new AuthCodeExpiredException("m", call)).hasMessage("m").hasNoCause();
      assertThat(new AuthCodeExpiredException("m", call, cause)).hasMessage("m").hasCause(cause);
    }

    @Test
    void anUnreadableAnswerTellsStatusAndContentType() {
      ParsecDecodeException failure =
          new ParsecDecodeException("m", call, 200, Optional.of("text/html"));

      assertThat(failure.status()).isEqualTo(200);
      assertThat(failure.contentType()).contains("text/html");
      assertThat(new ParsecDecodeException("m", call, 200, Optional.empty()).contentType())
          .isEmpty();
    }

    @Test
    void aSetUpErrorHasACauseOrNone() {
      assertThat(new ParsecConfigurationException("m")).hasMessage("m").hasNoCause();
      assertThat(new ParsecConfigurationException("m", cause)).hasMessage("m").hasCause(cause);
    }
  }

  @Nested
  class Options {
    @Test
    void whatIsNotSetStaysAsItIs() {
      CallOptions nothing = CallOptions.builder().build();
      RetryPolicy policy = RetryPolicy.none();

      assertThat(nothing.timeoutOr(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
      assertThat(nothing.attemptTimeoutOr(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
      assertThat(nothing.retryPolicyOr(policy)).isSameAs(policy);
      assertThat(nothing)
          .hasToString(
              "CallOptions[timeout=unchanged, attemptTimeout=unchanged, retryPolicy=unchanged]");
    }

    @Test
    void whatIsSetCounts() {
      CallOptions all = CallOptions.builder()
          .timeout(Duration.ofSeconds(3))
          .attemptTimeout(Duration.ofSeconds(4))
          .retryPolicy(RetryPolicy.standard())
          .build();

      assertThat(all.timeoutOr(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(3));
      assertThat(all.attemptTimeoutOr(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(4));
      assertThat(all.retryPolicyOr(RetryPolicy.none())).isSameAs(RetryPolicy.standard());
      assertThat(all)
          .hasToString("CallOptions[timeout=PT3S, attemptTimeout=PT4S, retryPolicy="
              + "StandardRetryPolicy[3 attempts, 200 ms to 8000 ms]]");
      assertThat(CallOptions.timeout(Duration.ofSeconds(5)))
          .hasToString(
              "CallOptions[timeout=PT5S, attemptTimeout=unchanged, retryPolicy=unchanged]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S"})
    void timeLimitsArePositiveAndAtMostADay(String text) {
      Duration limit = Duration.parse(text);
      String rest =
          " must be positive and at most PT24H, was " + text + "; there is no endless call";

      assertThatThrownBy(() -> CallOptions.timeout(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("timeout" + rest);
      assertThatThrownBy(() -> CallOptions.builder().attemptTimeout(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attemptTimeout" + rest);
      assertThatThrownBy(() -> ParsecClient.builder().timeout(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("timeout" + rest);
      assertThatThrownBy(() -> ParsecClient.builder().attemptTimeout(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("attemptTimeout" + rest);
    }

    @Test
    void aDayAndANanosecondAreTimeLimits() {
      assertThat(CallOptions.timeout(Duration.ofDays(1)).timeoutOr(Duration.ZERO))
          .isEqualTo(Duration.ofDays(1));
      assertThat(CallOptions.timeout(Duration.ofNanos(1)).timeoutOr(Duration.ZERO))
          .isEqualTo(Duration.ofNanos(1));
    }
  }

  @Test
  void theAddressesOfTheServiceAreThoseOfItsDocumentationsAndClients() {
    assertThat(ServiceAddress.DOCUMENTED.authUri())
        .isEqualTo(URI.create("https://api.parsecgaming.com"));
    assertThat(ServiceAddress.DOCUMENTED.hostsUri())
        .isEqualTo(URI.create("https://kessel-api.parsecgaming.com"));
    assertThat(ServiceAddress.LATER_EDITION.authUri())
        .isEqualTo(ServiceAddress.LATER_EDITION.hostsUri())
        .isEqualTo(URI.create("https://kessel-api.parsecgaming.com"));
    assertThat(ServiceAddress.PARSEC_APP.authUri())
        .isEqualTo(ServiceAddress.PARSEC_APP.hostsUri())
        .isEqualTo(URI.create("https://kessel-api.parsec.app"));
  }

  @Test
  void operationsPrintAsInMessages() {
    assertThat(Operation.values())
        .extracting(Operation::toString)
        .containsExactly(
            "sign-in", "hosts", "auth code", "approval", "enterprise session", "account");
  }
}
