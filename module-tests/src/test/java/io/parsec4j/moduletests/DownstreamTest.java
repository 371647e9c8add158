// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Readme;
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

  private static final String TESTS = """
      package downstream;

      import static org.junit.jupiter.api.Assertions.assertEquals;
      import static org.junit.jupiter.api.Assertions.assertThrows;

      import io.parsec4j.api.Credentials;
      import io.parsec4j.api.HostQuery;
      import io.parsec4j.api.ParsecClient;
      import io.parsec4j.testkit.Endpoint;
      import io.parsec4j.testkit.FakeHost;
      import io.parsec4j.testkit.FakeParsecServer;
      import io.parsec4j.testkit.junit.ParsecServerTest;
      import org.junit.jupiter.api.AfterAll;
      import org.junit.jupiter.api.Test;

      @ParsecServerTest
      class InjectedTest {
        private static ParsecClient client;

        @Test
        void showsHosts(FakeParsecServer server, ParsecClient parsec) {
          client = parsec;
          server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
          Credentials dude = Credentials.of("dude@example.com", "secret".toCharArray());

          String name =
              parsec.hosts(parsec.signIn(dude), HostQuery.desktop()).hosts().get(0).name();

          assertEquals("LEBOWSKI", name);
          server.verify(Endpoint.HOSTS).once();
        }

        @AfterAll
        static void clientIsClosed() {
          Credentials dude = Credentials.of("dude@example.com", "secret".toCharArray());
          assertThrows(IllegalStateException.class, () -> client.signIn(dude));
        }
      }
      """;

  private static final String PROPERTIES = """
      package downstream;

      import static org.junit.jupiter.api.Assertions.assertEquals;

      import io.parsec4j.api.Account;
      import io.parsec4j.api.ApiKey;
      import io.parsec4j.api.AuthCode;
      import io.parsec4j.api.Host;
      import io.parsec4j.api.HostPage;
      import io.parsec4j.api.HostQuery;
      import io.parsec4j.testkit.Endpoint;
      import io.parsec4j.testkit.FakeParsecServer;
      %1$s
      import net.jqwik.api.ForAll;

      class OfEverythingProperties {
        private static int tries;

        %2$s
        void aPageIsItsHosts(@ForAll HostPage page, @ForAll Host host, @ForAll int number) {
          assertEquals(page, HostPage.of(page.hosts(), page.hasMore()));
        }

        %2$s
        void secretsAreNotPrinted(
            @ForAll AuthCode code, @ForAll ApiKey key, @ForAll Account account) {
          assertEquals("ApiKey[…]", key.toString());
          assertEquals("Account[" + account.name() + ", " + account.id() + "]", account.toString());
          assertEquals(false, code.toString().contains("http"));
        }

        %2$s
        void theServerIsAsNew(@ForAll HostQuery query, @ForAll FakeParsecServer server) {
          assertEquals(0, server.requests().size());
          server.client().async().hosts(server.account("e", "p").openSession(), query).join();
          server.verify(Endpoint.HOSTS).once();
          tries++;
        }
      }
      """;

  @Test
  void testsOfJunitAndJqwikRunOnTheClassPathWithoutAnySetUp() {
    Path sources = temp.resolve("src");
    Trees.write(sources, "downstream/InjectedTest.java", TESTS);
    Trees.write(
        sources,
        "downstream/OfEverythingProperties.java",
        PROPERTIES.formatted("import net.jqwik.api.Property;", "@Property(tries = 20)"));

    assertThat(run(
            sources,
            "selectClass(InjectedTest.class)",
            "selectClass(OfEverythingProperties.class)"))
        .isEqualTo("1 succeeded, 0 failed\n3 succeeded, 0 failed\n");
  }

  @Test
  void testsOfJunitAndJqwikRunInANamedModule() {
    Path sources = temp.resolve("module-src");
    Trees.write(sources, "module-info.java", """
        open module downstream {
          requires io.parsec4j.testkit;
          requires net.jqwik.api;
          requires org.junit.jupiter.api;
          requires org.junit.platform.launcher;
        }
        """);
    Trees.write(sources, "downstream/InjectedTest.java", TESTS);
    Trees.write(
        sources,
        "downstream/OfEverythingProperties.java",
        PROPERTIES.formatted(
            "import io.parsec4j.testkit.jqwik.ParsecProperty;", "@ParsecProperty"));
    main(sources, "selectClass(InjectedTest.class)", "selectClass(OfEverythingProperties.class)");
    Path module = temp.resolve("module");
    List<Path> path =
        plus(Artifacts.runtime("parsec-testkit", "parsec-transport-jdk", "parsec-json"), RUNNING);
    Jdk.compileModule(sources, module, plus(path, "apiguardian-api"));
    path.add(module);

    Run.Result result = Run.java()
        .modulePath(path)
        .args("--add-modules", "org.junit.jupiter.engine,net.jqwik.engine")
        .module("downstream/downstream.Main")
        .start()
        .succeeded();

    assertThat(result.out()).isEqualTo("1 succeeded, 0 failed\n3 succeeded, 0 failed\n");
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

  /** Those that readers copy from; what jqwik finds by itself on a class path alone is left out. */
  @Test
  void theTestsOfTheExamplesRunInANamedModule() {
    Path sources = temp.resolve("examples-src");
    Trees.write(sources, "module-info.java", """
        open module downstream {
          requires io.parsec4j.testkit;
          requires io.parsec4j.transport.jdk;
          requires java.logging;
          requires net.jqwik.api;
          requires org.assertj.core;
          requires org.junit.jupiter.api;
          requires org.junit.jupiter.params;
          requires org.junit.platform.launcher;
        }
        """);
    Path examples = Artifacts.root().resolve("examples/src/test/java");
    for (String name : EXAMPLES) {
      String file = "io/parsec4j/examples/" + name + ".java";
      Trees.write(sources, file, Readme.read(examples.resolve(file)));
    }
    main(
        sources,
        Stream.of(EXAMPLES)
            .filter(name -> !name.equals("Launcher"))
            .map(name -> "selectClass(\"io.parsec4j.examples." + name + "\")")
            .toArray(String[]::new));
    Path module = temp.resolve("examples");
    List<Path> path =
        plus(Artifacts.runtime("parsec-testkit", "parsec-transport-jdk", "parsec-json"), RUNNING);
    path = plus(path, "assertj-core", "byte-buddy", "junit-jupiter-params", "apiguardian-api");
    Jdk.compileModule(sources, module, path);
    path.add(module);

    Run.Result result = Run.java()
        .modulePath(path)
        // jqwik looks for the last one when it reads annotations of parameters
        .args("--add-modules", "org.junit.jupiter.engine,net.jqwik.engine,org.apiguardian.api")
        .module("downstream/downstream.Main")
        .start()
        .succeeded();

    assertThat(result.out().lines())
        .as(result.err())
        .hasSize(EXAMPLES.length - 1)
        .allMatch(line -> line.matches("[1-9][0-9]* succeeded, 0 failed"));
  }

  private static final String[] EXAMPLES = {
    "Launcher",
    "LauncherTest",
    "LauncherByHandTest",
    "LauncherFaultTest",
    "LauncherProperties",
    "BusyServiceTest",
    "SharedServerTest",
    "EmailCodesTest",
    "ChangingServiceTest",
    "EveryFaultTest",
    "BrokenNetworkTest",
    "TlsTest",
    "VirtualTimeTest",
    "WithoutSocketTest",
    "WaysInTest",
    "DecoratedTransportTest",
    "NearMissTest",
    "StrictServerTest",
    "ParallelTest",
    "ForgottenServerTest"
  };

  private static final String[] RUNNING = {
    "junit-jupiter-api",
    "junit-jupiter-engine",
    "junit-platform-commons",
    "junit-platform-engine",
    "junit-platform-launcher",
    "jqwik-api",
    "jqwik-engine",
    "opentest4j"
  };

  /** Compiles the sources, and runs what the expressions select, each by itself; returns a line for each. */
  private String run(Path sources, String... selectors) {
    main(sources, selectors);
    Path classes = temp.resolve("classes");
    List<Path> path =
        plus(Artifacts.runtime("parsec-testkit", "parsec-transport-jdk", "parsec-json"), RUNNING);
    Jdk.compileOnClassPath(sources, classes, plus(path, "apiguardian-api"));
    path.add(classes);
    return Run.java()
        .classPath(path)
        .main("downstream.Main")
        .start()
        .succeeded()
        .out();
  }

  /** Adds a program that runs what each of the expressions selects. */
  private static void main(Path sources, String... selectors) {
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
                  LauncherDiscoveryRequestBuilder.request()
                      .selectors(selector)
                      .configurationParameter("jqwik.database", "")
                      .configurationParameter("jqwik.reporting.onlyfailures", "true")
                      .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                      .build(),
                  listener);
              listener.getSummary().printFailuresTo(new java.io.PrintWriter(System.err, true));
              System.out.println(listener.getSummary().getTestsSucceededCount() + " succeeded, "
                  + listener.getSummary().getTotalFailureCount() + " failed");
            }
          }
        }
        """.formatted(String.join(", ", selectors)));
  }

  private static List<Path> plus(List<Path> jars, String... libraries) {
    List<Path> path = new ArrayList<>(jars);
    Stream.of(libraries).map(Artifacts::library).forEach(path::add);
    return path;
  }
}
