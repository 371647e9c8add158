// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait on the pool of the JVM, where it has one thread, as on a machine with two processors. */
class CommonPoolTest {
  @TempDir
  Path temp;

  /** From Java 25 on the JDK's client completes its futures on that pool, which may not be waited for then. */
  @ParameterizedTest
  @ValueSource(strings = {"parsec-transport-jdk", "parsec-transport-apache"})
  void aSynchronousCallOnItsOnlyThreadEnds(String transport) {
    Path sources = temp.resolve("src");
    Trees.write(sources, "Pooled.java", """
        import io.parsec4j.api.*;
        import java.net.URI;
        import java.util.concurrent.CompletableFuture;
        import java.util.concurrent.ForkJoinPool;

        public class Pooled {
          public static void main(String... args) {
            try (ParsecClient parsec =
                    ParsecClient.builder().baseUri(URI.create(args[0])).build();
                Credentials dude = Credentials.of("dude@example.com", "secret".toCharArray())) {
              System.out.println(CompletableFuture.supplyAsync(
                      () -> parsec.hosts(parsec.signIn(dude), HostQuery.any()).hosts().size(),
                      ForkJoinPool.commonPool())
                  .join());
            }
          }
        }
        """);
    Path classes = temp.resolve("classes");
    Jdk.compileOnClassPath(sources, classes, Artifacts.runtime("parsec-api"));
    List<Path> path = new ArrayList<>(Artifacts.runtime(transport, "parsec-json"));
    path.add(classes);
    try (FakeParsecServer server = FakeParsecServer.start()) {
      server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));

      Run.Result result = Run.java()
          .args("-Djava.util.concurrent.ForkJoinPool.common.parallelism=1")
          .classPath(path)
          .main("Pooled", server.baseUri().toString())
          .start()
          .succeeded();

      assertThat(result.out()).isEqualTo("1\n");
    }
  }
}
