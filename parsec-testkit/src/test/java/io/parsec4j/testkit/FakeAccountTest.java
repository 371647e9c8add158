// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakeAccountTest {
  private static final String SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(59));
  private final ServiceState parsec =
      new ServiceState(FakeParsecServer.builder().clock(clock).settings());
  private final FakeAccount dude = parsec.account("dude@example.com", "secret");
  private final FakeAccount walter = parsec.account("walter@example.com", "secret");

  private HostPage list(FakeAccount account) {
    return parsec.hosts(account.openSession().id().reveal(), HostQuery::any);
  }

  private List<String> names(FakeAccount account) {
    return list(account).hosts().stream().map(Host::name).collect(Collectors.toList());
  }

  private HostUser shownOwner() {
    dude.owns(FakeHost.desktop("h"));
    return list(dude).hosts().get(0).user().orElseThrow();
  }

  @Test
  void returnsItselfFromEveryChange() {
    FakeHost host = FakeHost.desktop("h");

    assertThat(List.of(
            dude.password("other"),
            dude.withTotp(SEED),
            dude.withoutTotp(),
            dude.withEmailCodes(),
            dude.withoutEmailCodes(),
            dude.tfaType("sms"),
            dude.withoutTfaType(),
            dude.owns(host),
            dude.ownsNoMore(host),
            dude.sees(host),
            dude.seesNoMore(host),
            dude.displayName("The Dude"),
            dude.warp(true),
            dude.teamId("team"),
            dude.external("provider", "id"),
            dude.roles("host")))
        .allSatisfy(returned -> assertThat(returned).isSameAs(dude));
  }

  @Nested
  class Hosts {
    @Test
    void areListedForTheirOwnerInTheOrderInWhichTheyWereAdded() {
      FakeHost first = FakeHost.desktop("1");
      dude.owns(first, FakeHost.game("2")).owns(first, FakeHost.desktop("3"));

      assertThat(names(dude)).containsExactly("1", "2", "3");
      assertThat(names(walter)).isEmpty();
    }

    @Test
    void areListedForThoseWithWhomTheyAreSharedWhileTheyAre() {
      FakeHost host = FakeHost.desktop("h");
      walter.sees(host);
      assertThat(names(walter)).isEmpty();

      dude.owns(host);
      assertThat(names(walter)).containsExactly("h");

      walter.seesNoMore(host);
      assertThat(names(walter)).isEmpty();
      assertThat(names(dude)).containsExactly("h");
    }

    @Test
    void areListedForEverybodyIfTheyArePublic() {
      FakeHost host = FakeHost.desktop("h").isPublic(true);
      dude.owns(host);
      assertThat(names(walter)).containsExactly("h");

      host.isPublic(false);
      assertThat(names(walter)).isEmpty();
    }

    @Test
    void areListedForNobodyIfTheyAreOfflineOrRemoved() {
      FakeHost host = FakeHost.desktop("h").isPublic(true).online(false);
      dude.owns(host);
      assertThat(names(dude)).isEmpty();
      assertThat(names(walter)).isEmpty();

      host.online(true);
      walter.ownsNoMore(host);
      assertThat(names(walter)).containsExactly("h");

      dude.ownsNoMore(host);
      assertThat(names(walter)).isEmpty();
    }

    @Test
    void mayChangeTheirOwnerOverTheRemoval() {
      FakeHost host = FakeHost.desktop("h");
      dude.owns(host);
      String peerId = host.peerId();

      dude.ownsNoMore(host);
      walter.owns(host);

      assertThat(names(walter)).containsExactly("h");
      assertThat(host.peerId()).isEqualTo(peerId);
    }

    @Test
    void haveOneOwner() {
      FakeHost host = FakeHost.desktop("h");
      dude.owns(host);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> walter.owns(FakeHost.game("g"), host))
          .withMessage("hosts must not have another owner: FakeHost[desktop, h] has one");
      assertThat(names(walter)).containsExactly("g");
    }

    @Test
    void haveOneServer() {
      FakeHost host = FakeHost.desktop("h");
      dude.owns(host);
      ServiceState other = new ServiceState(FakeParsecServer.builder().settings());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> other.account("e", "p").owns(host));
    }

    @Test
    void havePeerIdsOfTheirOwn() {
      dude.owns(FakeHost.desktop("h").peerId("p"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> walter.owns(FakeHost.game("g").peerId("p")))
          .withMessage("hosts must have peer IDs of their own: that of FakeHost[game, g] is taken");
      assertThat(names(walter)).isEmpty();
    }

    @Test
    void areTheSessionsOwnIfTheyAreSaidToBe() {
      dude.owns(FakeHost.desktop("other"), FakeHost.desktop("h").isSelf(true).isPublic(true));

      Session session = dude.openSession();

      assertThat(list(dude)).extracting(Host::isSelf).containsExactly(false, true);
      assertThat(list(walter)).extracting(Host::isSelf).containsExactly(false);
      assertThat(session.hostPeerId())
          .contains(list(dude).hosts().get(1).peerId())
          .isNotEqualTo(walter.openSession().hostPeerId());
    }

    @Test
    void areTheSessionsOwnIfTheyHaveItsPeerId() {
      Session own = dude.openSession();
      Session other = dude.openSession();
      dude.owns(FakeHost.desktop("h").peerId(own.hostPeerId().orElseThrow()));

      assertThat(parsec.hosts(own.id().reveal(), HostQuery::any))
          .extracting(Host::isSelf)
          .containsExactly(true);
      assertThat(parsec.hosts(other.id().reveal(), HostQuery::any))
          .extracting(Host::isSelf)
          .containsExactly(false);
    }
  }

  @Nested
  class Owner {
    @Test
    void isShownByTheFirstPartOfTheAddressUnlessANameIsSet() {
      assertThat(shownOwner()).isEqualTo(user(dude, "dude").build());

      dude.displayName("The Dude");
      assertThat(shownOwner()).isEqualTo(user(dude, "The Dude").build());
    }

    @Test
    void isShownWithAllThatIsSet() {
      dude.warp(true).teamId("team").external("provider", "id");

      assertThat(shownOwner())
          .isEqualTo(user(dude, "dude")
              .warp(true)
              .teamId("team")
              .externalProvider("provider")
              .externalId("id")
              .build());
    }

    private HostUser.Builder user(FakeAccount account, String name) {
      return HostUser.builder()
          .id(account.userId())
          .name(name)
          .teamId("")
          .externalId("")
          .externalProvider("");
    }

    @Test
    void hasANumberOfItsOwn() {
      assertThat(dude.userId()).isEqualTo(1_337);
      assertThat(walter.userId()).isEqualTo(1_338);
      assertThat(dude.email()).isEqualTo("dude@example.com");
      assertThat(dude.openSession().userId()).hasValue(1_337);
    }
  }

  @Nested
  class ExternalUsers {
    private final FakeAccount donny = parsec.externalUser("donny");

    @Test
    void areThereOnceForEachId() {
      assertThat(parsec.externalUser("donny")).isSameAs(donny);
      assertThat(parsec.externalUser("Donny")).isNotSameAs(donny);
      assertThat(donny.userId()).isEqualTo(1_339);
      assertThat(parsec.account("maude@example.com", "p").userId()).isEqualTo(1_341);
    }

    @Test
    void areShownByTheirIdUnlessANameIsSet() {
      donny.owns(FakeHost.desktop("h"));
      assertThat(list(donny).hosts().get(0).user())
          .contains(HostUser.builder()
              .id(donny.userId())
              .name("donny")
              .teamId("")
              .externalId("donny")
              .externalProvider("")
              .build());

      donny.displayName("Donny").external("okta", "d");
      assertThat(list(donny).hosts().get(0).user().orElseThrow())
          .extracting(HostUser::name, HostUser::externalId)
          .containsExactly("Donny", Optional.of("d"));
      assertThat(donny).hasToString("FakeAccount[donny]");
    }

    @Test
    void haveHostsOfTheirOwnAndOfOthers() {
      FakeHost shared = FakeHost.desktop("shared");
      dude.owns(shared);
      donny.owns(FakeHost.game("own")).sees(shared);

      assertThat(names(donny)).containsExactly("shared", "own");
      assertThat(names(dude)).containsExactly("shared");
    }

    @Test
    void cannotSignIn() {
      donny.password("p");

      assertThat(donny.email()).isEmpty();
      assertThat(parsec.signIn("", "p", "").session()).isNull();
      assertThat(parsec.signIn("donny", "p", "").session()).isNull();
    }
  }

  @Nested
  class TwoFactor {
    private boolean signsIn(String code) {
      return parsec.signIn("dude@example.com", "secret", code).session() != null;
    }

    @Test
    void computesTheCodeByTheServersClock() {
      dude.withTotp(SEED);
      assertThat(dude.currentTotpCode()).isEqualTo("287082");

      clock.advance(Duration.ofSeconds(1));
      assertThat(dude.currentTotpCode()).isNotEqualTo("287082");
    }

    @Test
    void takesASeedInBytesOrBase32() {
      dude.withTotp("12345678901234567890".getBytes(US_ASCII));
      walter.withTotp(SEED);

      assertThat(dude.currentTotpCode()).isEqualTo(walter.currentTotpCode());
    }

    @Test
    void canBeSwitchedOffAndOn() {
      dude.withTotp(SEED);
      assertThat(signsIn("")).isFalse();
      assertThat(signsIn("287082")).isTrue();
      assertThat(signsIn("287082")).isFalse();

      dude.withoutTotp();
      assertThat(signsIn("")).isTrue();
      assertThatIllegalStateException().isThrownBy(dude::currentTotpCode);

      dude.withTotp(SEED);
      assertThat(signsIn("287082")).isTrue();
    }

    @Test
    void refusesABadSeedWithoutRepeatingIt() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> dude.withTotp("S3CR1T"))
          .withMessage("seed must be Base32, the character at index 4 is not");
      assertThatIllegalArgumentException().isThrownBy(() -> dude.withTotp(new byte[0]));
    }

    @Test
    void remembersTheLast1024Steps() {
      FakeAccount account = parsec.account("e", "p").withTotp(SEED);
      String first = account.currentTotpCode();
      Instant start = clock.instant();

      for (int i = 0; i <= 1_024; i++) {
        assertThat(parsec.signIn("e", "p", account.currentTotpCode()).session()).isNotNull();
        clock.advance(Duration.ofSeconds(30));
      }

      clock.advance(Duration.between(clock.instant(), start));
      assertThat(parsec.signIn("e", "p", first).session()).isNotNull();
      clock.advance(Duration.ofSeconds(60));
      assertThat(parsec.signIn("e", "p", account.currentTotpCode()).session()).isNull();
    }
  }

  @Nested
  class CodesByEmail {
    private SignInOutcome signIn(String code) {
      return parsec.signIn("dude@example.com", "secret", code);
    }

    private boolean signsIn(String code) {
      return signIn(code).session() != null;
    }

    private String askedFor() {
      assertThat(signIn("").codeRequired()).isTrue();
      return dude.emailedCode().orElseThrow();
    }

    @Test
    void areMadeWhenTheRightPasswordComesWithoutOne() {
      dude.withEmailCodes();
      assertThat(dude.emailedCode()).isEmpty();

      assertThat(parsec.signIn("dude@example.com", "wrong", "").codeRequired()).isFalse();
      assertThat(signsIn("000000")).isFalse();
      assertThat(dude.emailedCode()).isEmpty();

      assertThat(askedFor()).matches("[0-9]{6}");
      assertThat(signsIn(dude.emailedCode().orElseThrow())).isTrue();
    }

    @Test
    void areGoodOnce() {
      dude.withEmailCodes();
      String code = askedFor();

      assertThat(signsIn(code)).isTrue();
      assertThat(signsIn(code)).isFalse();
      assertThat(dude.emailedCode()).isEmpty();
      assertThat(signsIn(askedFor())).isTrue();
    }

    @Test
    void areGoodForTenMinutes() {
      dude.withEmailCodes();
      String code = askedFor();

      clock.advance(Duration.ofMinutes(10));
      assertThat(dude.emailedCode()).isEmpty();
      assertThat(signsIn(code)).isFalse();

      clock.advance(Duration.ofNanos(-1));
      assertThat(dude.emailedCode()).contains(code);
      assertThat(signsIn(code)).isTrue();
    }

    @Test
    void endWithTheNextOne() {
      dude.withEmailCodes();
      String first = askedFor();
      String second = askedFor();

      assertThat(second).isNotEqualTo(first);
      assertThat(signsIn(first)).isFalse();
      assertThat(signsIn(second)).isTrue();
    }

    @Test
    void surviveWrongOnes() {
      dude.withEmailCodes();
      String code = askedFor();

      assertThat(signsIn("x")).isFalse();
      assertThat(signsIn(code + " ")).isFalse();
      assertThat(dude.withEmailCodes().emailedCode()).contains(code);
      assertThat(signsIn(code)).isTrue();
    }

    @Test
    void areNotSentAgainWhenTheServiceAsksAgainAfterAWrongOne() {
      ServiceState asking = new ServiceState(
          FakeParsecServer.builder().asksAgainAfterWrongCode(true).settings());
      FakeAccount account = asking.account("e", "p").withEmailCodes();
      assertThat(asking.signIn("e", "p", "").codeRequired()).isTrue();
      String code = account.emailedCode().orElseThrow();

      assertThat(asking.signIn("e", "p", "x").tfaType()).isEqualTo("email");
      assertThat(account.emailedCode()).contains(code);
    }

    @Test
    void belongToOneAccount() {
      dude.withEmailCodes();
      walter.withEmailCodes();
      String code = askedFor();

      assertThat(walter.emailedCode()).isEmpty();
      assertThat(parsec.signIn("walter@example.com", "secret", code).session()).isNull();
    }

    @Test
    void nameTheirKindUnlessAnotherIsSet() {
      dude.withEmailCodes();
      assertThat(signIn("").tfaType()).isEqualTo("email");

      dude.tfaType("sms");
      assertThat(signIn("").tfaType()).isEqualTo("sms");

      dude.withoutTfaType();
      assertThat(signIn("").codeRequired()).isTrue();
      assertThat(signIn("").tfaType()).isNull();
    }

    @Test
    void takeTheirTurnsWithThoseOfAnApp() {
      dude.withTotp(SEED).withEmailCodes();
      assertThat(signIn("").tfaType()).isEqualTo("email");
      assertThat(signsIn("287082")).isFalse();
      assertThatIllegalStateException().isThrownBy(dude::currentTotpCode);
      String code = askedFor();

      dude.withTotp(SEED);
      assertThat(signIn("").tfaType()).isEqualTo("totp");
      assertThat(signsIn(code)).isFalse();
      assertThat(signsIn("287082")).isTrue();
    }

    @Test
    void canBeSwitchedOff() {
      dude.withEmailCodes().withoutTotp();
      assertThat(signsIn("")).isFalse();

      dude.withoutEmailCodes();

      assertThat(signsIn("")).isTrue();
      assertThatIllegalStateException()
          .isThrownBy(dude::emailedCode)
          .withMessage("the account has no codes by e-mail; call withEmailCodes first");
      dude.withTotp(SEED).withoutEmailCodes();
      assertThat(signsIn("")).isFalse();
    }

    @Test
    void followFromTheSeed() {
      assertThat(codesOf(5)).isEqualTo(codesOf(5)).isNotEqualTo(codesOf(6)).hasSize(20);
    }

    private Set<String> codesOf(long seed) {
      ServiceState seeded =
          new ServiceState(FakeParsecServer.builder().seed(seed).settings());
      FakeAccount account = seeded.account("e", "p").withEmailCodes();
      Set<String> codes = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        assertThat(seeded.signIn("e", "p", "").codeRequired()).isTrue();
        codes.add(account.emailedCode().orElseThrow());
      }
      return codes;
    }
  }

  @Test
  void refusesNull() {
    assertThatNullPointerException().isThrownBy(() -> dude.password(null)).withMessage("password");
    assertThatNullPointerException()
        .isThrownBy(() -> dude.withTotp((String) null))
        .withMessage("seed");
    assertThatNullPointerException()
        .isThrownBy(() -> dude.withTotp((byte[]) null))
        .withMessage("seed");
    assertThatNullPointerException().isThrownBy(() -> dude.tfaType(null)).withMessage("tfaType");
    assertThatNullPointerException()
        .isThrownBy(() -> dude.displayName(null))
        .withMessage("displayName");
    assertThatNullPointerException().isThrownBy(() -> dude.teamId(null)).withMessage("teamId");
    assertThatNullPointerException()
        .isThrownBy(() -> dude.external(null, ""))
        .withMessage("provider");
    assertThatNullPointerException().isThrownBy(() -> dude.external("", null)).withMessage("id");
    assertThatNullPointerException().isThrownBy(() -> dude.owns((FakeHost) null));
    assertThatNullPointerException().isThrownBy(() -> dude.sees((FakeHost) null));
  }

  @Test
  void printsItsAddressAlone() {
    assertThat(dude.withTotp(SEED)).hasToString("FakeAccount[dude@example.com]");
  }
}
