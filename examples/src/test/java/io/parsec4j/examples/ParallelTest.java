// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.junit.ParsecServerTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that run at the same time, which {@code junit-platform.properties} allows: none sees the service of another. */
@ParsecServerTest
@Execution(ExecutionMode.CONCURRENT)
class ParallelTest {
  @RepeatedTest(8)
  void hasAServiceOfItsOwn(
      RepetitionInfo repetition, FakeParsecServer server, ParsecClient parsec) {
    String host = "HOST-" + repetition.getCurrentRepetition();
    server.account("dude@example.com", "secret").owns(FakeHost.desktop(host));
    server.fail(Endpoint.HOSTS, Fault.status(503));

    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .containsExactly(host);
    server.verify(Endpoint.HOSTS).times(2);
  }
}
