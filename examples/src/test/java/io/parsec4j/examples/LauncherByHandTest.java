// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Totp;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests that start the fake server themselves, with any test library. */
class LauncherByHandTest {
  @Test
  void showsTheDesktopsOfAnAccountWithTwoFactorCodes() {
    try (FakeParsecServer server = FakeParsecServer.start();
        ParsecClient parsec = server.client()) {
      FakeAccount dude = server
          .account("dude@example.com", "secret")
          .withTotp("JBSWY3DPEHPK3PXP")
          .owns(FakeHost.desktop("LEBOWSKI"));

      Launcher launcher = new Launcher(parsec);

      assertThat(launcher.desktops("dude@example.com", "secret", dude::currentTotpCode))
          .containsExactly("LEBOWSKI");
      assertThat(server.requests(Endpoint.HOSTS)).hasSize(1);
    }
  }

  @Test
  void showsTheDesktopsOfAnAccountWithoutCodes() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
      Launcher launcher = new Launcher(server.client());

      assertThat(launcher.desktops("dude@example.com", "secret", () -> "none"))
          .containsExactly("LEBOWSKI");
      assertThat(server.requests(Endpoint.SIGN_IN)).hasSize(1);
    }
  }

  @Test
  void showsNoGames() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      FakeAccount account = server.account("dude@example.com", "secret");
      account.owns(
          FakeHost.desktop("LEBOWSKI").players(1), FakeHost.game("Bowling").isPublic(true));
      Launcher launcher = new Launcher(server.client());

      assertThat(launcher.desktops("dude@example.com", "secret", () -> "none"))
          .containsExactly("LEBOWSKI");
    }
  }

  @Test
  void takesACodeThatTheTestComputes() {
    String code = Totp.parse("JBSWY3DPEHPK3PXP").codeAt(Instant.now());

    try (FakeParsecServer server = FakeParsecServer.start()) {
      server
          .account("dude@example.com", "secret")
          .withTotp("JBSWY3DPEHPK3PXP")
          .owns(FakeHost.desktop("LEBOWSKI"));

      assertThat(new Launcher(server.client()).desktops("dude@example.com", "secret", () -> code))
          .containsExactly("LEBOWSKI");
    }
  }
}
