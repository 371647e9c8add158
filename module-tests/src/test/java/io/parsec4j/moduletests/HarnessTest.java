// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.FatJar;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools the other tests here stand on. */
class HarnessTest {
  @TempDir
  Path temp;

  /** A service, a program that lists its providers, and two providers in jars of their own. */
  @Nested
  class Services {
    private Path app;
    private Path red;
    private Path blue;

    @BeforeEach
    void build() {
      Path sources = temp.resolve("app-src");
      Trees.write(sources, "module-info.java", "module app { exports app; uses app.Colour; }");
      Trees.write(sources, "app/Colour.java", "package app; public interface Colour {}");
      Trees.write(sources, "app/Main.java", """
          package app;
          public class Main {
            public static void main(String... args) {
              java.util.ServiceLoader.load(Colour.class).stream()
                  .map(provider -> provider.type().getSimpleName())
                  .sorted()
                  .forEach(System.out::println);
              System.out.println(Main.class.getModule().isNamed() + " " + String.join(",", args));
            }
          }
          """);
      Jdk.compileModule(sources, temp.resolve("app"), List.of());
      app = Jdk.jar(temp.resolve("app.jar"), temp.resolve("app"), "app.Main");
      red = provider("red", "Red");
      blue = provider("blue", "Blue");
    }

    @Test
    void runOnTheClassPath() {
      Run.Result result = Run.java()
          .classPath(List.of(app, red))
          .main("app.Main", "x", "y")
          .start()
          .succeeded();

      assertThat(result.out()).isEqualTo("Red\nfalse x,y\n");
      assertThat(result.err()).isEmpty();
    }

    @Test
    void runOnTheModulePath() {
      Run.Result result = Run.java()
          .modulePath(List.of(app, red, blue))
          .module("app/app.Main")
          .start()
          .succeeded();

      assertThat(result.out()).isEqualTo("Blue\nRed\ntrue \n");
    }

    @Test
    void runFromAFatJar() {
      Path fat = FatJar.create(temp.resolve("fat.jar"), List.of(app, red, blue), "app.Main");

      assertThat(Run.java().args("-jar", fat.toString()).start().succeeded().out())
          .isEqualTo("Blue\nRed\nfalse \n");
    }

    @Test
    void runFromALinkedImage() {
      Path launcher =
          Jdk.link(temp.resolve("image"), List.of(app, red, blue), "app", List.of("red"));

      assertThat(Run.program(launcher).start().succeeded().out()).isEqualTo("Red\ntrue \n");
    }

    private Path provider(String module, String type) {
      Path sources = temp.resolve(module + "-src");
      Path classes = temp.resolve(module);
      Trees.write(
          sources,
          "module-info.java",
          "module %s { requires app; provides app.Colour with %s.%s; }"
              .formatted(module, module, type));
      Trees.write(
          sources,
          module + "/" + type + ".java",
          "package %s; public class %s implements app.Colour {}".formatted(module, type));
      Jdk.compileModule(sources, classes, List.of(app));
      Trees.write(classes, "META-INF/services/app.Colour", module + "." + type);
      return Jdk.jar(temp.resolve(module + ".jar"), classes, null);
    }
  }

  @Test
  void aProgramThatFailsIsReportedWithAllItWrote() {
    Run.Result result = Run.java().main("does.not.Exist").start();

    assertThat(result.exitCode()).isNotZero();
    assertThatThrownBy(result::succeeded)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("does.not.Exist");
  }

  @Test
  void aProgramThatDoesNotEndIsKilled() {
    Path sources = temp.resolve("src");
    Trees.write(sources, "Hang.java", """
        public class Hang {
          public static void main(String... args) throws InterruptedException {
            System.out.println("hanging");
            new java.util.concurrent.CountDownLatch(1).await();
          }
        }
        """);
    Jdk.compileOnClassPath(sources, temp.resolve("classes"), List.of());
    Run hang = Run.java()
        .classPath(List.of(temp.resolve("classes")))
        .main("Hang")
        .within(Duration.ofSeconds(3));

    assertThatThrownBy(hang::start)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("hanging");
  }

  @Test
  void aSourceThatDoesNotCompileIsReportedWithTheMessageOfTheCompiler() {
    Path sources = temp.resolve("src");
    Trees.write(sources, "Broken.java", "class Broken { int x = \"\"; }");

    assertThatThrownBy(() -> Jdk.compileOnClassPath(sources, temp.resolve("classes"), List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("incompatible types");
  }

  @Test
  void theRunTimeJarsOfAModuleAreItsOwnAndThoseOfItsDependencies() {
    assertThat(Artifacts.runtime("parsec-api")).containsExactly(Artifacts.jar("parsec-api"));
    assertThat(Artifacts.runtime("parsec-transport-jdk"))
        .contains(Artifacts.jar("parsec-transport-jdk"), Artifacts.jar("parsec-api"))
        .hasSize(3);
  }

  @Test
  void aLibraryIsFoundByItsArtifactId() {
    assertThat(Artifacts.library("junit-jupiter-api")).isRegularFile();
    assertThatThrownBy(() -> Artifacts.library("junit")).isInstanceOf(AssertionError.class);
  }
}
