// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.junit.ParsecServerTest;
import org.junit.jupiter.api.Test;

@ParsecServerTest
class LauncherTest {
  @Test
  void showsHosts(FakeParsecServer server, ParsecClient parsec) {
    server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
    Launcher launcher = new Launcher(parsec);

    assertThat(launcher.desktops("dude@example.com", "secret", () -> "none"))
        .containsExactly("LEBOWSKI");
    server.verify(Endpoint.HOSTS).once();
  }
}
