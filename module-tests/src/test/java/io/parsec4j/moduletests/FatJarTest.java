// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.FatJar;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Programs;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program and all its libraries in one jar, with both transports. */
class FatJarTest {
  @TempDir
  static Path temp;

  private static List<Path> jars;

  @BeforeAll
  static void compile() {
    jars = new ArrayList<>();
    jars.add(Jdk.jar(temp.resolve("app.jar"), Programs.listHosts(temp), null));
    jars.addAll(
        Artifacts.runtime("parsec-transport-jdk", "parsec-transport-apache", "parsec-json"));
  }

  @Test
  void listsHostsIfItsServiceFilesWereMerged() {
    Path fat = FatJar.create(temp.resolve("merged.jar"), jars, "app.ListHosts");

    try (FakeParsecServer server = FakeParsecServer.start()) {
      server.account("walter@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));

      Run.Result result = Run.java()
          .args("-jar", fat.toString())
          .args(server.baseUri().toString(), "walter@example.com", "secret")
          .start()
          .succeeded();

      assertThat(result.out()).isEqualTo("LEBOWSKI\n");
    }
  }

  @Test
  void saysWhatIsMissingIfItHasNoServiceFiles() {
    Path fat = FatJar.createWithoutServices(temp.resolve("unmerged.jar"), jars, "app.ListHosts");

    Run.Result result = Run.java()
        .args("-jar", fat.toString(), "http://127.0.0.1:1", "walter@example.com", "secret")
        .start();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "io.parsec4j.api.ParsecConfigurationException: no codec was found; add parsec-json"
                + " to the class path or module path, or hand one to ParsecClient.builder().codec(...)\n");
  }
}
