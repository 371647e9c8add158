// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import org.junit.jupiter.api.Test;

class FakeHostTest {
  private final ServiceState parsec =
      new ServiceState(FakeParsecServer.builder().seed(1).settings());
  private final FakeAccount dude = parsec.account("dude@example.com", "secret");

  private Host shown(FakeHost host) {
    dude.owns(host);
    return parsec
        .hosts(dude.openSession().id().reveal(), HostQuery::any)
        .hosts()
        .get(0);
  }

  private Host.Builder plain(FakeHost host) {
    return Host.builder(host.peerId())
        .user(HostUser.builder()
            .id(1_337)
            .name("dude")
            .teamId("")
            .externalId("")
            .externalProvider("")
            .build())
        .build("150-93b")
        .maxPlayers(20)
        .eventName("")
        .guestAccess(false)
        .online(true);
  }

  @Test
  void isAnEmptyPrivateDesktopUnlessSomethingElseIsSaid() {
    FakeHost host = FakeHost.desktop("LEBOWSKI");

    assertThat(shown(host))
        .isEqualTo(plain(host).name("LEBOWSKI").mode(HostMode.DESKTOP).build());
  }

  @Test
  void isAGameWithAnId() {
    FakeHost host = FakeHost.game("Bowling");

    assertThat(shown(host))
        .isEqualTo(
            plain(host).name("Bowling").mode(HostMode.GAME).gameId("fake-game").build());
  }

  @Test
  void mayBeOfAModeThatNobodyKnows() {
    FakeHost host = FakeHost.of(HostMode.of("squid"), "s");

    assertThat(shown(host))
        .isEqualTo(plain(host).name("s").mode(HostMode.of("squid")).build());
    assertThat(host.mode()).isEqualTo(HostMode.of("squid"));
  }

  @Test
  void showsEverySetting() {
    FakeHost host = FakeHost.desktop("before")
        .peerId("p")
        .name("after")
        .gameId("g")
        .build("1-1")
        .description("d")
        .eventName("e")
        .players(1)
        .maxPlayers(2)
        .isPublic(true)
        .isSelf(true)
        .guestAccess(true)
        .online(true);

    assertThat(shown(host))
        .isEqualTo(plain(host)
            .name("after")
            .mode(HostMode.DESKTOP)
            .gameId("g")
            .build("1-1")
            .description("d")
            .eventName("e")
            .players(1)
            .maxPlayers(2)
            .isPublic(true)
            .self(true)
            .guestAccess(true)
            .build());
    assertThat(host.peerId()).isEqualTo("p");
  }

  @Test
  void hasAPeerIdOnceItHasAnOwner() {
    FakeHost host = FakeHost.desktop("h");
    assertThatIllegalStateException()
        .isThrownBy(host::peerId)
        .withMessage("the host has no peer ID yet: set one, or let an account own the host first");

    dude.owns(host);

    assertThat(host.peerId()).matches("[0-9A-Za-z]{27}");
    assertThatIllegalStateException()
        .isThrownBy(() -> host.peerId("p"))
        .withMessage("the peer ID of a host is fixed while an account owns it; set it before");
  }

  @Test
  void mayGetAnotherPeerIdWhileNobodyOwnsIt() {
    FakeHost host = FakeHost.desktop("h");
    dude.owns(host).ownsNoMore(host);

    assertThat(host.peerId("p").peerId()).isEqualTo("p");
  }

  @Test
  void refusesWhatCannotBe() {
    FakeHost host = FakeHost.desktop("h");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.peerId(""))
        .withMessage("peerId must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.players(-1))
        .withMessage("players must not be negative, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host.maxPlayers(-1))
        .withMessage("maxPlayers must not be negative, was -1");
    assertThatNullPointerException().isThrownBy(() -> FakeHost.desktop(null)).withMessage("name");
    assertThatNullPointerException().isThrownBy(() -> FakeHost.of(null, "h")).withMessage("mode");
    assertThatNullPointerException().isThrownBy(() -> host.peerId(null)).withMessage("peerId");
    assertThatNullPointerException().isThrownBy(() -> host.name(null)).withMessage("name");
    assertThatNullPointerException().isThrownBy(() -> host.gameId(null)).withMessage("gameId");
    assertThatNullPointerException().isThrownBy(() -> host.build(null)).withMessage("build");
    assertThatNullPointerException()
        .isThrownBy(() -> host.description(null))
        .withMessage("description");
    assertThatNullPointerException()
        .isThrownBy(() -> host.eventName(null))
        .withMessage("eventName");
  }

  @Test
  void printsModeAndName() {
    assertThat(FakeHost.game("Bowling")).hasToString("FakeHost[game, Bowling]");
  }
}
