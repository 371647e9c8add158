// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.ActionChain;

/** Random programs of users and of bad luck end as the model says, over each transport and in each dialect. */
class ProgramProperties {
  private static Transport jdk;
  private static Transport apache;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeContainer
  static void open() {
    jdk = JdkTransport.create();
    apache = ApacheTransport.create();
  }

  @AfterContainer
  static void close() {
    jdk.close();
    apache.close();
  }

  @AfterTry
  void closeWorlds() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    opened.clear();
  }

  @Property(tries = 100)
  void ofUsersEndAsTheModelSays(@ForAll("overBothTransports") ActionChain<World> program) {
    World world = program.run();

    if (!world.hadSilentRepeats()) {
      assertThat(world.histories()).hasSize(2).allMatch(world.histories().get(0)::equals);
    }
  }

  @Property(tries = 30)
  void endAlikeWithTlsAndWithout(@ForAll("withTlsAndWithout") ActionChain<World> program) {
    World world = program.run();

    assertThat(world.histories()).hasSize(2).allMatch(world.histories().get(0)::equals);
  }

  @Provide
  Arbitrary<ActionChain<World>> overBothTransports() {
    return Arbitraries.of(Dialect.class)
        .flatMap(dialect -> Chains.in(() -> world(
            new Side("jdk", service(dialect), server -> jdk),
            new Side("apache", service(dialect), server -> apache))));
  }

  @Provide
  Arbitrary<ActionChain<World>> withTlsAndWithout() {
    return Arbitraries.of(Dialect.class)
        .flatMap(dialect -> Chains.in(() -> world(
            new Side("plain", service(dialect), server -> jdk),
            new Side("TLS", service(dialect).tls(), this::trusting))));
  }

  private static FakeParsecServer.Builder service(Dialect dialect) {
    return FakeParsecServer.builder().dialect(dialect);
  }

  private Transport trusting(FakeParsecServer server) {
    Transport transport =
        JdkTransport.builder().sslContext(server.clientSslContext()).build();
    opened.add(transport);
    return transport;
  }

  private World world(Side... sides) {
    World world = new World(sides);
    opened.add(world);
    return world;
  }
}
