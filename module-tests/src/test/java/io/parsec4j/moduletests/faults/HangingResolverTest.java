// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name look-up that never returns; in a JVM of its own, because a resolver is for the whole JVM. */
class HangingResolverTest {
  private static final int RESOLVERS_SINCE = 18;

  private static final String RESOLVER = """
      package app;

      import java.net.InetAddress;
      import java.net.UnknownHostException;
      import java.net.spi.InetAddressResolver;
      import java.net.spi.InetAddressResolverProvider;
      import java.util.concurrent.CountDownLatch;
      import java.util.stream.Stream;

      public final class HangingResolver extends InetAddressResolverProvider {
        public InetAddressResolver get(Configuration configuration) {
          return new InetAddressResolver() {
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
              System.out.println("asked for " + host);
              while (true) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  System.out.println("interrupted");
                }
              }
            }

            public String lookupByAddress(byte[] address) throws UnknownHostException {
              return configuration.builtinResolver().lookupByAddress(address);
            }
          };
        }

        public String name() {
          return "hanging";
        }
      }
      """;

  private static final String PROGRAM = """
      package app;

      import io.parsec4j.api.HostQuery;
      import io.parsec4j.api.ParsecClient;
      import io.parsec4j.api.ParsecTransportException;
      import io.parsec4j.api.Session;
      import io.parsec4j.api.SessionId;
      import java.net.URI;
      import java.time.Duration;

      public final class Program {
        public static void main(String... args) {
          try (ParsecClient parsec = ParsecClient.builder()
              .baseUri(URI.create("https://hangs.invalid"))
              .timeout(Duration.ofSeconds(1))
              .build()) {
            System.out.println(parsec.hosts(Session.of(SessionId.of("token")), HostQuery.any()));
          } catch (ParsecTransportException e) {
            System.out.println(e.stage());
          }
        }
      }
      """;

  @TempDir
  private static Path folder;

  private static final List<Path> CLASS_PATH = new ArrayList<>();

  @BeforeAll
  static void compile() {
    Assumptions.assumeTrue(
        Runtime.version().feature() >= RESOLVERS_SINCE,
        "before JDK 18 (JEP 418) a program cannot put a resolver in, so that this is not proved here");
    Path sources = folder.resolve("sources");
    Path classes = folder.resolve("classes");
    Trees.write(sources, "app/HangingResolver.java", RESOLVER);
    Trees.write(sources, "app/Program.java", PROGRAM);
    Trees.write(
        classes,
        "META-INF/services/java.net.spi.InetAddressResolverProvider",
        "app.HangingResolver\n");
    CLASS_PATH.addAll(
        Artifacts.runtime("parsec-transport-jdk", "parsec-transport-apache", "parsec-json"));
    String unused = Jdk.tool(
        "javac",
        List.of(
            "-d",
            classes.toString(),
            "--class-path",
            CLASS_PATH.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            sources.resolve("app/HangingResolver.java").toString(),
            sources.resolve("app/Program.java").toString()));
    CLASS_PATH.add(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "apache"})
  void aCallEndsAtItsLimitAndTheProgramCanEnd(String transport) {
    Run.Result result = Run.java()
        .args("-Dparsec4j.transport=" + transport)
        .classPath(CLASS_PATH)
        .main("app.Program")
        .start()
        .succeeded();

    assertThat(result.out().lines()).startsWith("asked for hangs.invalid").contains("TIMEOUT");
  }
}
