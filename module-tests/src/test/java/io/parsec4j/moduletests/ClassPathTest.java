// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Programs;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.RecordedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on the class path, which name neither a transport nor a codec. */
class ClassPathTest {
  /** Both requests over one connection: what only the transport of the JDK does. */
  private static final List<Integer> JDK = List.of(1, 1);

  /** A connection for each request: what only the transport of Apache does. */
  private static final List<Integer> APACHE = List.of(1, 2);

  @TempDir
  static Path temp;

  private static Path listHosts;

  @BeforeAll
  static void compile() {
    listHosts = Programs.listHosts(temp);
  }

  @Test
  void aProgramWithAFakeServerInItListsHostsAfterATwoFactorSignIn() {
    Path sources = temp.resolve("whole-src");
    Trees.write(sources, "Whole.java", """
        import io.parsec4j.api.*;
        import io.parsec4j.testkit.*;

        public class Whole {
          public static void main(String... args) {
            try (FakeParsecServer server = FakeParsecServer.start();
                ParsecClient parsec = ParsecClient.builder().baseUri(server.baseUri()).build()) {
              FakeAccount dude = server.account("dude@example.com", "secret")
                  .withTotp("JBSWY3DPEHPK3PXP")
                  .owns(FakeHost.desktop("LEBOWSKI"), FakeHost.game("Bowling"));
              Session session = parsec.signIn(
                  Credentials.of("dude@example.com", "secret".toCharArray()),
                  challenge -> dude.currentTotpCode());
              for (Host host : parsec.hosts(session, HostQuery.desktop())) {
                System.out.println(host.name());
              }
              System.out.println(server.requests(Endpoint.SIGN_IN).size());
            }
          }
        }
        """);
    Jdk.compileOnClassPath(
        sources, temp.resolve("whole"), Artifacts.runtime("parsec-api", "parsec-testkit"));

    Run.Result result = Run.java()
        .classPath(with(
            temp.resolve("whole"),
            Artifacts.runtime("parsec-transport-jdk", "parsec-json", "parsec-testkit")))
        .main("Whole")
        .start()
        .succeeded();

    assertThat(result.out()).isEqualTo("LEBOWSKI\n2\n");
  }

  @Test
  void theJdkTransportIsFoundWhereItIsAlone() {
    assertThat(connectionsOf(Run.java(), "parsec-transport-jdk")).isEqualTo(JDK);
  }

  @Test
  void theApacheTransportIsFoundWhereItIsAlone() {
    assertThat(connectionsOf(Run.java(), "parsec-transport-apache")).isEqualTo(APACHE);
  }

  @Test
  void theApacheTransportIsTakenWhereBothAre() {
    assertThat(connectionsOf(Run.java(), "parsec-transport-jdk", "parsec-transport-apache"))
        .isEqualTo(APACHE);
  }

  @Test
  void theSystemPropertyChoosesTheJdkTransportWhereBothAre() {
    assertThat(connectionsOf(
            Run.java().args("-Dparsec4j.transport=jdk"),
            "parsec-transport-jdk",
            "parsec-transport-apache"))
        .isEqualTo(JDK);
  }

  /** Runs the client, and returns over which connections its sign-in and its list came. */
  private static List<Integer> connectionsOf(Run java, String... transports) {
    List<Path> jars = new ArrayList<>(Artifacts.runtime("parsec-json"));
    jars.addAll(Artifacts.runtime(transports));
    try (FakeParsecServer server = FakeParsecServer.start()) {
      server.account("walter@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));

      Run.Result result = java.classPath(with(listHosts, jars))
          .main("app.ListHosts", server.baseUri().toString(), "walter@example.com", "secret")
          .start()
          .succeeded();

      assertThat(result.out()).isEqualTo("LEBOWSKI\n");
      return server.requests().stream().map(RecordedRequest::connection).toList();
    }
  }

  private static List<Path> with(Path classes, List<Path> jars) {
    List<Path> path = new ArrayList<>(List.of(classes));
    path.addAll(jars);
    return path;
  }
}
