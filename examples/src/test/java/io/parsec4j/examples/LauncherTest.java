// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import org.junit.jupiter.api.Test;

class LauncherTest {
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
      assertThat(server.requests(Endpoint.SIGN_IN)).hasSize(2);
      assertThat(server.requests(Endpoint.HOSTS)).hasSize(1);
    }
  }
}
