// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.FakeParsecServer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** On the class path, jqwik has the types of Parsec without any set-up. */
class ClassPathProperties {
  @Property(tries = 25)
  void asksForWhatTheQuerySays(@ForAll HostQuery query, @ForAll FakeParsecServer server) {
    ParsecClient parsec = server.client();
    Session session = server.account("dude@example.com", "secret").openSession();

    HostPage page = parsec.hosts(session, query);

    assertThat(page).isEmpty();
  }
}
