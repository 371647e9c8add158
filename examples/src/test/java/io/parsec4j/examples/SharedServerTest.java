// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.junit.ParsecServerTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One server for all tests of a class. */
@ParsecServerTest(scope = ParsecServerTest.Scope.CLASS)
class SharedServerTest {
  @BeforeAll
  static void accounts(FakeParsecServer server) {
    server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
    server.account("walter@example.com", "secret");
  }

  @Test
  void showsHosts(ParsecClient parsec) {
    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .containsExactly("LEBOWSKI");
  }

  @Test
  void showsNoneOfOthers(ParsecClient parsec) {
    assertThat(new Launcher(parsec).desktops("walter@example.com", "secret", () -> "none"))
        .isEmpty();
  }
}
