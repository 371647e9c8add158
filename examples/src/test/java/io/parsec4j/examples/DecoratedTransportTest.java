// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.junit.ParsecServerTest;
import io.parsec4j.transport.jdk.JdkTransport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks at each exchange from outside, which is how a client is extended. */
@ParsecServerTest
class DecoratedTransportTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void seesEveryExchangeAlsoThoseThatAreRepeated(FakeParsecServer server) {
    Session session = server.account("dude@example.com", "secret").openSession();
    server.fail(Endpoint.HOSTS, Fault.status(503), Fault.garbage());

    try (JdkTransport transport = JdkTransport.create()) {
      Transport logging = request ->
          transport.send(request).whenComplete((answer, failure) -> log(answer, failure));
      try (ParsecClient parsec = server.clientBuilder().transport(logging).build()) {
        assertThat(parsec.hosts(session, HostQuery.any())).isEmpty();
      }
    }

    assertThat(seen).containsExactly("503", "failed", "200");
  }

  private void log(TransportResponse answer, Throwable failure) {
    seen.add(failure == null ? Integer.toString(answer.status()) : "failed");
  }
}
