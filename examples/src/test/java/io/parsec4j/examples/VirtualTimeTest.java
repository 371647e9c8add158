// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of what takes its time, without waiting for it. */
class VirtualTimeTest {
  @Test
  void aSessionEndsAfterADay() {
    ManualTimer timer = ManualTimer.create();
    try (FakeParsecServer server = FakeParsecServer.builder()
            .clock(timer.clock())
            .sessionLifetime(Duration.ofHours(24))
            .start();
        ParsecClient parsec = server.clientBuilder().timer(timer).build()) {
      Session session = server.account("dude@example.com", "secret").openSession();

      timer.advance(Duration.ofHours(24));

      assertThatExceptionOfType(InvalidSessionException.class)
          .isThrownBy(() -> parsec.hosts(session, HostQuery.any()));
    }
  }
}
