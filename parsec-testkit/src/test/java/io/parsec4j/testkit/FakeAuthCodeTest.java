// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.FakeAuthCode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an auth code, from when it is given out. */
class FakeAuthCodeTest {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ManualClock clock = new ManualClock(START);
  private final ServiceState parsec = parsec(FakeParsecServer.builder());
  private final FakeAccount dude = parsec.account("dude@example.com", "secret");
  private final FakeAuthCode code = parsec.newAuthCode("bowling");

  private ServiceState parsec(FakeParsecServer.Builder builder) {
    return new ServiceState(builder.clock(clock).seed(1).settings());
  }

  private PollOutcome poll() {
    return parsec.poll(code.hash());
  }

  private Session redeemed() {
    Session session = poll().session();
    assertThat(session).isNotNull();
    return session;
  }

  @Test
  void isPendingUntilAUserDecides() {
    assertThat(poll()).isSameAs(PollOutcome.PENDING);
    assertThat(code.state()).isEqualTo(State.PENDING);
    assertThat(code.gameId()).isEqualTo("bowling");
    assertThat(code.userCode()).matches("[A-Z2-7]{8}");
    assertThat(code.hash()).matches("[0-9A-Za-z]{27}");
    assertThat(parsec.authCodes()).containsExactly(code);
  }

  @Test
  void givesASessionOfTheAccountThatApprovedIt() {
    dude.approves(code.userCode());
    assertThat(code.state()).isEqualTo(State.APPROVED);

    Session session = redeemed();

    assertThat(session.userId()).hasValue(dude.userId());
    assertThat(parsec.hosts(session.id().reveal(), HostQuery::any)).isNotNull();
    assertThat(code.state()).isEqualTo(State.REDEEMED);
  }

  @Test
  void givesOneSession() {
    dude.approves(code.userCode());
    Session session = redeemed();

    clock.advance(INTERVAL);

    assertThat(poll()).isSameAs(PollOutcome.REFUSED);
    assertThat(parsec.hosts(session.id().reveal(), HostQuery::any)).isNotNull();
  }

  @Test
  void isRefusedOnceItIsDenied() {
    dude.denies(code.userCode());

    assertThat(poll()).isSameAs(PollOutcome.REFUSED);
    assertThat(code.state()).isEqualTo(State.DENIED);
  }

  @Test
  void isRefusedIfItIsUnknown() {
    assertThat(parsec.poll("x" + code.hash())).isSameAs(PollOutcome.REFUSED);
    assertThat(parsec.poll(code.userCode())).isSameAs(PollOutcome.REFUSED);
  }

  @Test
  void livesForThirtyMinutesUnlessSomethingElseIsSaid() {
    assertThat(code.expiresAt()).isEqualTo(START.plus(Duration.ofMinutes(30)));
    FakeAuthCode brief = parsec(FakeParsecServer.builder().authCodeLifetime(Duration.ofMillis(1)))
        .newAuthCode("g");

    assertThat(brief.expiresAt()).isEqualTo(START.plusMillis(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void expiresAtTheEndOfItsLifeAlsoIfItWasApproved(boolean approved) {
    if (approved) {
      dude.approves(code.userCode());
    }

    clock.set(code.expiresAt().minusNanos(1));
    assertThat(code.state()).isNotEqualTo(State.EXPIRED);
    clock.set(code.expiresAt());

    assertThat(code.state()).isEqualTo(State.EXPIRED);
    assertThat(poll()).isSameAs(PollOutcome.REFUSED);
  }

  @Test
  void keepsWhatBecameOfItWhenItsLifeEnds() {
    FakeAuthCode denied = parsec.newAuthCode("g");
    dude.denies(denied.userCode()).approves(code.userCode());
    assertThat(redeemed()).isNotNull();

    clock.set(code.expiresAt());

    assertThat(denied.state()).isEqualTo(State.DENIED);
    assertThat(code.state()).isEqualTo(State.REDEEMED);
  }

  @Nested
  class PolledTooEarly {
    @Test
    void saysHowLongToWait() {
      assertThat(poll()).isSameAs(PollOutcome.PENDING);
      clock.advance(Duration.ofMillis(1_500));

      assertThat(poll().early()).isEqualTo(Duration.ofMillis(3_500));
      assertThat(poll().early()).isEqualTo(Duration.ofMillis(3_500));

      clock.advance(Duration.ofMillis(3_500));
      assertThat(poll()).isSameAs(PollOutcome.PENDING);
      assertThat(poll().early()).isEqualTo(INTERVAL);
    }

    @Test
    void keepsItsSession() {
      assertThat(poll()).isSameAs(PollOutcome.PENDING);
      dude.approves(code.userCode());
      assertThat(poll().session()).isNull();

      clock.advance(INTERVAL);

      assertThat(redeemed()).isNotNull();
    }

    @Test
    void isRefusedIfNothingCanComeOfIt() {
      assertThat(poll()).isSameAs(PollOutcome.PENDING);
      dude.denies(code.userCode());

      assertThat(poll()).isSameAs(PollOutcome.REFUSED);
    }

    @Test
    void doesNotKeepOthersWaiting() {
      FakeAuthCode other = parsec.newAuthCode("bowling");
      assertThat(poll()).isSameAs(PollOutcome.PENDING);

      assertThat(parsec.poll(other.hash())).isSameAs(PollOutcome.PENDING);
    }

    @Test
    void isNoMatterIfItIsToldSo() {
      ServiceState patient = parsec(FakeParsecServer.builder().refusesEarlyPolls(false));
      FakeAuthCode other = patient.newAuthCode("g");

      assertThat(patient.poll(other.hash())).isSameAs(PollOutcome.PENDING);
      assertThat(patient.poll(other.hash())).isSameAs(PollOutcome.PENDING);
    }
  }

  @Nested
  class Decisions {
    @Test
    void areTakenOnce() {
      dude.approves(code.userCode());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> dude.denies(code.userCode()))
          .withMessage(
              "userCode must be that of a code that is pending, not of one that is approved");
      clock.set(code.expiresAt());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> dude.approves(code.userCode()))
          .withMessage(
              "userCode must be that of a code that is pending, not of one that is expired");
    }

    @Test
    void areTakenAboutCodesOfTheService() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> dude.approves(code.hash()))
          .withMessage("userCode must be one that the service has given out");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> dude.denies("x"))
          .withMessage("userCode must be one that the service has given out");
      assertThatNullPointerException()
          .isThrownBy(() -> dude.approves(null))
          .withMessage("userCode");
      assertThatNullPointerException().isThrownBy(() -> dude.denies(null)).withMessage("userCode");
    }
  }

  @Nested
  class ItsSession {
    @Test
    void endsAfterThirtyDaysIfNothingElseIsSaid() {
      dude.approves(code.userCode());
      Session session = redeemed();
      String token = session.id().reveal();
      Instant end = START.plus(Duration.ofDays(30));

      assertThat(session.expiresAt()).contains(end);
      clock.set(end.minusNanos(1));
      assertThat(parsec.account(token)).isNotNull();
      clock.set(end);
      assertThat(parsec.account(token)).isNull();
    }

    @Test
    void endsWhenOthersDo() {
      ServiceState brief =
          parsec(FakeParsecServer.builder().sessionLifetime(Duration.ofMinutes(1)));
      FakeAuthCode other = brief.newAuthCode("g");
      brief.account("e", "p").approves(other.userCode());

      Session session = brief.poll(other.hash()).session();

      assertThat(session.expiresAt()).contains(START.plus(Duration.ofMinutes(1)));
    }

    @Test
    void hasTheRolesThatTheAccountHasThen() {
      assertThat(rolesOf(dude)).containsExactly("host");
      assertThat(rolesOf(dude.roles("host", "guest"))).containsExactly("host", "guest");
      assertThat(rolesOf(dude.roles())).isEmpty();
    }

    private List<String> rolesOf(FakeAccount account) {
      FakeAuthCode next = parsec.newAuthCode("g");
      account.approves(next.userCode());
      return Objects.requireNonNull(parsec.poll(next.hash()).session()).roles();
    }
  }

  @Test
  void printsWithoutItsCodes() {
    assertThat(code).hasToString("FakeAuthCode[bowling, PENDING]");
  }

  @Test
  void isForgottenWhenTenThousandOthersHaveCome() {
    FakeAuthCode second = parsec.newAuthCode("g");
    for (int i = 0; i < 9_999; i++) {
      FakeAuthCode unused = parsec.newAuthCode("g");
      assertThat(unused).isNotEqualTo(code);
    }

    List<FakeAuthCode> codes = parsec.authCodes();

    assertThat(codes).hasSize(10_000).doesNotContain(code);
    assertThat(codes.get(0)).isSameAs(second);
    assertThat(poll()).isSameAs(PollOutcome.REFUSED);
  }
}
