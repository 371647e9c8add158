// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.junit.ParsecServerTest;
import org.junit.jupiter.api.Test;

/** The first test with a fault. */
@ParsecServerTest
class BusyServiceTest {
  @Test
  void asksAgainWhenTheServiceIsBusy(FakeParsecServer server, ParsecClient parsec) {
    server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
    server.fail(Endpoint.HOSTS, Fault.status(503));

    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .containsExactly("LEBOWSKI");
    server.verify(Endpoint.HOSTS).times(2);
  }
}
