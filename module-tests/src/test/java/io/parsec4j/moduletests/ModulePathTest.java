// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Programs;
import io.parsec4j.moduletests.support.Readme;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.StandaloneServer;
import io.parsec4j.moduletests.support.Trees;
import io.parsec4j.testkit.Totp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A module that requires the API alone, and lists the hosts of a fake server in another process. */
class ModulePathTest {
  private static final String SEED = "JBSWY3DPEHPK3PXP";

  @TempDir
  static Path temp;

  private static StandaloneServer server;
  private static Path app;

  @BeforeAll
  static void begin() {
    server = StandaloneServer.start(
        "--account",
        "jdk@example.com:secret:" + SEED,
        "--host",
        "jdk@example.com:desktop:LEBOWSKI",
        "--account",
        "apache@example.com:secret:" + SEED,
        "--host",
        "apache@example.com:desktop:LEBOWSKI",
        "--account",
        "image@example.com:secret:" + SEED,
        "--host",
        "image@example.com:desktop:LEBOWSKI");
    app = Programs.listHostsModule(temp);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "apache"})
  void transportAndCodecAreBoundAsServices(String transport) {
    Run.Result result = Run.java()
        .modulePath(withApp(Artifacts.runtime("parsec-transport-" + transport, "parsec-json")))
        .args("--show-module-resolution")
        .module("app/app.ListHosts", arguments(transport))
        .start()
        .succeeded();

    assertThat(result.out())
        .endsWith("\nLEBOWSKI\n")
        .contains("io.parsec4j.api binds io.parsec4j.transport." + transport + " ")
        .contains("io.parsec4j.api binds io.parsec4j.json ");
  }

  @Test
  void anImageOfTheModulesThatReadersAreToldRunsWithoutTheJars() throws IOException {
    Matcher modules = Pattern.compile("`jlink --add-modules your\\.module,([^`]+)`")
        .matcher(Readme.read("docs/transports.md"));
    assertThat(modules.find()).as("the command in docs/transports.md").isTrue();
    Path image = temp.resolve("image");
    Path launcher = Jdk.link(
        image,
        withApp(Artifacts.runtime("parsec-transport-jdk", "parsec-json")),
        "app",
        List.of(modules.group(1).split(",")));

    Run.Result result = Run.program(launcher).args(arguments("image")).start().succeeded();

    assertThat(result.out()).isEqualTo("LEBOWSKI\n");
    assertThat(Files.readString(image.resolve("release")))
        .contains("org.eclipse.yasson", "org.eclipse.parsson", "jdk.crypto.ec")
        .doesNotContain("io.parsec4j.testkit", "java.desktop");
  }

  @Test
  void theTestkitAloneServesOnTheModulePath() {
    Path sources = temp.resolve("serving-src");
    Trees.write(sources, "module-info.java", "module serving { requires io.parsec4j.testkit; }");
    Trees.write(sources, "serving/Main.java", """
        package serving;

        import io.parsec4j.testkit.FakeHost;
        import io.parsec4j.testkit.FakeParsecServer;
        import java.io.IOException;
        import java.io.InputStream;
        import java.net.URLConnection;
        import java.nio.charset.StandardCharsets;

        public class Main {
          public static void main(String... args) throws IOException {
            try (FakeParsecServer server = FakeParsecServer.start()) {
              String session = server.account("walter@example.com", "secret")
                  .owns(FakeHost.desktop("LEBOWSKI"))
                  .openSession()
                  .id()
                  .reveal();
              URLConnection hosts =
                  server.baseUri().resolve("/v2/hosts?mode=desktop").toURL().openConnection();
              hosts.setRequestProperty("Authorization", "Bearer " + session);
              try (InputStream body = hosts.getInputStream()) {
                System.out.println(new String(body.readAllBytes(), StandardCharsets.UTF_8));
              }
            }
          }
        }
        """);
    List<Path> testkit = Artifacts.runtime("parsec-testkit");
    Jdk.compileModule(sources, temp.resolve("serving"), testkit);
    List<Path> path = new ArrayList<>(testkit);
    path.add(temp.resolve("serving"));

    Run.Result result =
        Run.java().modulePath(path).module("serving/serving.Main").start().succeeded();

    assertThat(result.out()).contains("\"name\":\"LEBOWSKI\"");
    assertThat(testkit)
        .extracting(jar -> jar.getFileName().toString())
        .allMatch(name -> name.startsWith("parsec-")
            || name.startsWith("jakarta.json-api-")
            || name.startsWith("parsson-"));
  }

  private static String[] arguments(String account) {
    return new String[] {
      server.baseUri().toString(),
      account + "@example.com",
      "secret",
      Totp.parse(SEED).codeAt(Instant.now())
    };
  }

  private static List<Path> withApp(List<Path> jars) {
    List<Path> path = new ArrayList<>(jars);
    path.add(app);
    return path;
  }
}
