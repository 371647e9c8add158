// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.TwoFactorRequiredException;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.ManualTimer;
import io.parsec4j.testkit.junit.ParsecServerTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A user whose second factor comes by e-mail. */
@ParsecServerTest
class EmailCodesTest {
  @Test
  void theUserReadsTheCodeInTheEmail(FakeParsecServer server, ParsecClient parsec) {
    FakeAccount dude = server
        .account("dude@example.com", "secret")
        .withEmailCodes()
        .owns(FakeHost.desktop("LEBOWSKI"));
    Launcher launcher = new Launcher(parsec);

    assertThat(launcher.desktops(
            "dude@example.com", "secret", () -> dude.emailedCode().orElseThrow()))
        .containsExactly("LEBOWSKI");
    server.verify(Endpoint.SIGN_IN).times(2);
  }

  @Test
  void theProgramIsToldWhereToLook(FakeParsecServer server, ParsecClient parsec) {
    server.account("dude@example.com", "secret").withEmailCodes();

    try (Credentials credentials = Credentials.of("dude@example.com", "secret".toCharArray())) {
      assertThatExceptionOfType(TwoFactorRequiredException.class)
          .isThrownBy(() -> parsec.signIn(credentials))
          .satisfies(challenge -> assertThat(challenge.tfaType()).contains("email"));
    }
  }

  @Test
  void aSecondEmailEndsTheCodeInTheFirst(FakeParsecServer server, ParsecClient parsec) {
    FakeAccount dude = server.account("dude@example.com", "secret").withEmailCodes();
    try (Credentials plain = Credentials.of("dude@example.com", "secret".toCharArray())) {
      assertThatExceptionOfType(TwoFactorRequiredException.class)
          .isThrownBy(() -> parsec.signIn(plain));
      String first = dude.emailedCode().orElseThrow();
      assertThatExceptionOfType(TwoFactorRequiredException.class)
          .isThrownBy(() -> parsec.signIn(plain));

      try (Credentials credentials = plain.withTfaCode(first)) {
        assertThatExceptionOfType(InvalidCredentialsException.class)
            .isThrownBy(() -> parsec.signIn(credentials));
      }
    }
  }

  @Test
  void theCodeIsGoodForTenMinutes() {
    ManualTimer timer = ManualTimer.create();
    try (FakeParsecServer server =
            FakeParsecServer.builder().clock(timer.clock()).start();
        ParsecClient parsec = server.client();
        Credentials credentials = Credentials.of("dude@example.com", "secret".toCharArray())) {
      FakeAccount dude = server.account("dude@example.com", "secret").withEmailCodes();

      Session session = parsec.signIn(credentials, challenge -> {
        timer.advance(Duration.ofMinutes(10).minusNanos(1));
        return dude.emailedCode().orElseThrow();
      });
      assertThat(session.id().reveal()).isNotEmpty();

      assertThatExceptionOfType(TwoFactorRequiredException.class)
          .isThrownBy(() -> parsec.signIn(credentials));
      timer.advance(Duration.ofMinutes(10));
      assertThat(dude.emailedCode()).isEmpty();
    }
  }
}
