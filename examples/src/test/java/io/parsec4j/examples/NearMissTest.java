// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.RequestPattern;
import io.parsec4j.testkit.junit.ParsecServerTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verification that fails tells: the nearest requests, with what they miss, and no secret. */
@ParsecServerTest
class NearMissTest {
  private static final RequestPattern PUBLIC_GAMES = RequestPattern.to(Endpoint.HOSTS)
      .withParameter("mode", "game")
      .withParameter("public", "true");

  @BeforeEach
  void listDesktops(FakeParsecServer server, ParsecClient parsec) {
    server.account("dude@example.com", "secret");
    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .isEmpty();
  }

  @Test
  void aVerificationShowsWhatCameInstead(FakeParsecServer server) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> server.verify(PUBLIC_GAMES).once())
        .withMessageStartingWith("expected exactly 1 request: to HOSTS, with parameter mode=game,"
            + " with parameter public=true; there were 0; what came:\n"
            + "  2. RecordedRequest[GET /v2/hosts?mode=desktop, ")
        .withMessageContaining("\n     parameter mode is desktop\n     has no parameter public\n")
        .withMessageContaining("\n  1. RecordedRequest[POST /v1/auth, ")
        .withMessageContaining("\n     is to SIGN_IN\n");
  }

  @Test
  void soDoesAWaitThatIsInVain(FakeParsecServer server) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> server.await(PUBLIC_GAMES, Duration.ofMillis(1)))
        .withMessageStartingWith("expected a request within PT0.001S: ")
        .withMessageContaining("parameter mode is desktop");
  }
}
