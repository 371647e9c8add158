// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of somebody else's project, which has the testkit as a dependency. */
class DownstreamTest {
  @TempDir
  Path temp;

  @Test
  void aTestClassWithAFakeServerRuns() {
    Path sources = temp.resolve("src");
    Trees.write(sources, "downstream/LauncherTest.java", """
        package downstream;

        import static org.junit.jupiter.api.Assertions.assertEquals;

        import io.parsec4j.api.Credentials;
        import io.parsec4j.api.HostQuery;
        import io.parsec4j.api.ParsecClient;
        import io.parsec4j.testkit.Endpoint;
        import io.parsec4j.testkit.FakeHost;
        import io.parsec4j.testkit.FakeParsecServer;
        import org.junit.jupiter.api.Test;

        class LauncherTest {
          @Test
          void showsHosts() {
            try (FakeParsecServer server = FakeParsecServer.start()) {
              server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
              ParsecClient parsec = server.client();
              Credentials dude = Credentials.of("dude@example.com", "secret".toCharArray());

              String name =
                  parsec.hosts(parsec.signIn(dude), HostQuery.desktop()).hosts().get(0).name();

              assertEquals("LEBOWSKI", name);
              assertEquals(1, server.requests(Endpoint.HOSTS).size());
            }
          }
        }
        """);

    assertThat(run(sources, "selectClass(LauncherTest.class)"))
        .isEqualTo("1 succeeded, 0 failed\n");
  }

  /** One group of cases, not all: they have their own tests. A transport that breaks promises shows that cases can fail. */
  @Test
  void theContractOfTransportsTellsAGoodTransportFromABadOne() {
    Path sources = temp.resolve("src");
    Trees.write(sources, "downstream/GoodTransportTest.java", """
        package downstream;

        import io.parsec4j.api.spi.Transport;
        import io.parsec4j.api.spi.TransportOptions;
        import io.parsec4j.testkit.contract.TransportCapability;
        import io.parsec4j.testkit.contract.TransportContract;
        import io.parsec4j.transport.jdk.JdkTransport;
        import java.util.Set;

        class GoodTransportTest extends TransportContract {
          @Override
          protected Transport create(TransportOptions options) {
            return JdkTransport.create(options);
          }

          @Override
          protected Set<TransportCapability> capabilities() {
            return Set.of();
          }
        }
        """);
    Trees.write(sources, "downstream/BadTransportTest.java", """
        package downstream;

        import io.parsec4j.api.FailureStage;
        import io.parsec4j.api.spi.Transport;
        import io.parsec4j.api.spi.TransportException;
        import io.parsec4j.api.spi.TransportOptions;
        import io.parsec4j.testkit.contract.TransportContract;
        import java.util.concurrent.CompletableFuture;

        class BadTransportTest extends TransportContract {
          @Override
          protected Transport create(TransportOptions options) {
            return request -> CompletableFuture.failedFuture(
                new TransportException(FailureStage.CONNECT, "no cable"));
          }
        }
        """);

    String out = run(
        sources,
        "selectNestedClass(List.of(GoodTransportTest.class.getName()), REQUESTS)",
        "selectNestedClass(List.of(BadTransportTest.class.getName()), REQUESTS)");

    assertThat(out).matches("([0-9]+) succeeded, 0 failed\n0 succeeded, \\1 failed\n");
  }

  /** Compiles the sources, and runs what the expressions select, each by itself; returns a line for each. */
  private String run(Path sources, String... selectors) {
    Trees.write(sources, "downstream/Main.java", """
        package downstream;

        import static org.junit.platform.engine.discovery.DiscoverySelectors.*;

        import java.util.List;
        import org.junit.platform.engine.DiscoverySelector;
        import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
        import org.junit.platform.launcher.core.LauncherFactory;
        import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

        public class Main {
          static final String REQUESTS =
              "io.parsec4j.testkit.contract.TransportContract$Requests";

          public static void main(String... args) {
            for (DiscoverySelector selector : List.<DiscoverySelector>of(%s)) {
              SummaryGeneratingListener listener = new SummaryGeneratingListener();
              LauncherFactory.create().execute(
                  LauncherDiscoveryRequestBuilder.request().selectors(selector).build(), listener);
              System.out.println(listener.getSummary().getTestsSucceededCount() + " succeeded, "
                  + listener.getSummary().getTotalFailureCount() + " failed");
            }
          }
        }
        """.formatted(String.join(", ", selectors)));
    Path classes = temp.resolve("classes");
    List<Path> jars = Artifacts.runtime("parsec-testkit", "parsec-transport-jdk", "parsec-json");
    Jdk.compileOnClassPath(
        sources,
        classes,
        plus(
            jars,
            "junit-jupiter-api",
            "junit-platform-commons",
            "junit-platform-engine",
            "junit-platform-launcher",
            "apiguardian-api"));
    List<Path> path = plus(
        jars,
        "junit-jupiter-api",
        "junit-jupiter-engine",
        "junit-platform-commons",
        "junit-platform-engine",
        "junit-platform-launcher",
        "opentest4j");
    path.add(classes);
    return Run.java()
        .classPath(path)
        .main("downstream.Main")
        .start()
        .succeeded()
        .out();
  }

  private static List<Path> plus(List<Path> jars, String... libraries) {
    List<Path> path = new ArrayList<>(jars);
    Stream.of(libraries).map(Artifacts::library).forEach(path::add);
    return path;
  }
}
