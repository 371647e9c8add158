// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.junit.ParsecServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that changes while a program uses it: say so, at any time and from any thread. */
@ParsecServerTest(dialect = Dialect.LIVE)
class ChangingServiceTest {
  private final FakeHost desktop = FakeHost.desktop("LEBOWSKI");
  private FakeAccount dude;
  private Session session;

  @BeforeEach
  void account(FakeParsecServer server) {
    dude = server.account("dude@example.com", "secret").owns(desktop);
    session = dude.openSession();
  }

  @Test
  void aHostGoesOfflineAndComesBack(ParsecClient parsec) {
    desktop.online(false);
    assertThat(parsec.hosts(session, HostQuery.any())).isEmpty();

    desktop.online(true);
    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
  }

  @Test
  void playersJoin(ParsecClient parsec) {
    desktop.maxPlayers(4).players(3);

    assertThat(parsec.hosts(session, HostQuery.any())).extracting(Host::players).containsExactly(3);
  }

  @Test
  void theHostOfThisMachineIsMarked(ParsecClient parsec) {
    desktop.isSelf(true);

    assertThat(parsec.hosts(dude.openSession(), HostQuery.any())).allMatch(Host::isSelf);
  }

  @Test
  void othersSeeWhatIsSharedWithThemOrPublic(FakeParsecServer server, ParsecClient parsec) {
    FakeHost game = FakeHost.game("Bowling");
    dude.owns(game);
    FakeAccount walter = server.account("walter@example.com", "secret");
    Session ofWalter = walter.openSession();
    assertThat(parsec.hosts(ofWalter, HostQuery.any())).isEmpty();

    walter.sees(desktop);
    game.isPublic(true);

    assertThat(parsec.hosts(ofWalter, HostQuery.any()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI", "Bowling");
  }

  @Test
  void allSessionsEnd(FakeParsecServer server, ParsecClient parsec) {
    server.expireSessions();

    assertThatExceptionOfType(InvalidSessionException.class)
        .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
  }

  @Test
  void theSameSeedGivesTheSameSessions() {
    try (FakeParsecServer one = FakeParsecServer.builder().seed(42).start();
        FakeParsecServer other = FakeParsecServer.builder().seed(42).start()) {
      assertThat(one.account("dude@example.com", "secret").openSession())
          .isEqualTo(other.account("dude@example.com", "secret").openSession());
    }
  }
}
