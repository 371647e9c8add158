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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a transport and a codec are found, and what is said if they are not, word for word: docs/errors.md and users quote
 * these messages.
 */
class DiscoveryTest {
  private static final String NO_TRANSPORT =
      "no transport was found; add parsec-transport-jdk or parsec-transport-apache"
          + " to the class path or module path, or hand one to ParsecClient.builder().transport(...)";

  @TempDir
  static Path temp;

  private static Path classes;

  /** A program that builds a client, and providers that tell when they are taken. */
  @BeforeAll
  static void compile() {
    Path sources = temp.resolve("src");
    classes = temp.resolve("classes");
    Trees.write(sources, "tiny/Build.java", """
        package tiny;

        import io.parsec4j.api.ParsecClient;
        import io.parsec4j.api.ParsecConfigurationException;

        public class Build {
          public static void main(String... args) {
            try (ParsecClient parsec = ParsecClient.create()) {
              System.out.println(parsec.getClass().getSimpleName());
            } catch (ParsecConfigurationException e) {
              System.out.println(e.getMessage());
            }
          }
        }
        """);
    provider(sources, "One", "");
    provider(sources, "Two", "");
    provider(
        sources, "Broken", "public Broken() { throw new IllegalStateException(\"no licence\"); }");
    Trees.write(sources, "tiny/Unable.java", """
        package tiny;

        import io.parsec4j.api.spi.*;

        public class Unable implements TransportProvider {
          @Override public String name() { return "unable"; }
          @Override public int priority() { return 0; }
          @Override public Transport create(TransportOptions options) {
            throw new IllegalArgumentException("no cable");
          }
        }
        """);
    Jdk.compileOnClassPath(sources, classes, List.of(Artifacts.jar("parsec-api")));
  }

  private static void provider(Path sources, String type, String constructor) {
    Trees.write(sources, "tiny/" + type + ".java", """
        package tiny;

        import io.parsec4j.api.spi.*;

        public class %s implements TransportProvider {
          %s
          @Override public String name() { return getClass().getSimpleName().toLowerCase(); }
          @Override public int priority() { return 0; }
          @Override public Transport create(TransportOptions options) {
            System.out.println(name() + " taken");
            return request -> { throw new UnsupportedOperationException(); };
          }
        }
        """.formatted(type, constructor));
  }

  @Test
  void noTransport() {
    assertThat(build(List.of(), Run.java(), "parsec-json")).isEqualTo(NO_TRANSPORT);
  }

  @Test
  void noCodec() {
    assertThat(build(List.of(), Run.java(), "parsec-transport-jdk"))
        .isEqualTo("no codec was found; add parsec-json to the class path or module path,"
            + " or hand one to ParsecClient.builder().codec(...)");
  }

  @Test
  void twoTransportsOfTheSamePriority() {
    assertThat(build(List.of("One", "Two"), Run.java(), "parsec-json"))
        .isEqualTo("2 transports have the highest priority, 0; choose one by the system property"
            + " parsec4j.transport, or hand one to ParsecClient.builder().transport(...);"
            + " found: one (tiny.One in %1$s), two (tiny.Two in %1$s)".formatted(place()));
  }

  @Test
  void aTransportThatIsNamedIsTakenThoughAnotherIsAsGoodAndAThirdBroken() {
    assertThat(build(
            List.of("One", "Broken", "Two"),
            Run.java().args("-Dparsec4j.transport=two"),
            "parsec-json"))
        .isEqualTo("two taken\nParsecClient");
  }

  @Test
  void aTransportThatIsAloneWithBrokenOnesIsTaken() {
    assertThat(build(List.of("Gone", "Broken", "One"), Run.java(), "parsec-json"))
        .isEqualTo("one taken\nParsecClient");
  }

  @Test
  void brokenTransportsAloneAreNamed() {
    assertThat(build(List.of("Gone", "Broken"), Run.java(), "parsec-json"))
        .isEqualTo(NO_TRANSPORT
            + "; found but broken: java.util.ServiceConfigurationError:"
            + " io.parsec4j.api.spi.TransportProvider: Provider tiny.Gone not found,"
            + " tiny.Broken in " + place() + ": java.lang.IllegalStateException: no licence");
  }

  @Test
  void anUnknownName() {
    assertThat(build(
            List.of("One"),
            Run.java().args("-Dparsec4j.transport=curl"),
            "parsec-json",
            "parsec-transport-jdk"))
        .isEqualTo("no transport is named 'curl', as the system property parsec4j.transport asks;"
            + " set it to the name of one that was found, or remove it;"
            + " found: jdk (io.parsec4j.transport.jdk.JdkTransportProvider in %s),"
                .formatted(Artifacts.jar("parsec-transport-jdk").toFile().toURI())
            + " one (tiny.One in " + place() + ")");
  }

  @Test
  void aTransportThatCannotBeCreated() {
    assertThat(build(List.of("Unable"), Run.java(), "parsec-json"))
        .isEqualTo(
            "the transport unable (tiny.Unable in " + place() + ") could not be created:"
                + " java.lang.IllegalArgumentException: no cable; hand one to ParsecClient.builder().transport(...)");
  }

  private static String place() {
    return classes.toFile().toURI().toString();
  }

  /** Runs the program with a service file that lists these providers, and returns what it prints. */
  private static String build(List<String> providers, Run java, String... artifacts) {
    List<Path> path = new ArrayList<>(List.of(classes));
    if (!providers.isEmpty()) {
      Path services = temp.resolve(String.join("-", providers));
      Trees.write(
          services,
          "META-INF/services/io.parsec4j.api.spi.TransportProvider",
          providers.stream().map(type -> "tiny." + type + "\n").collect(Collectors.joining()));
      path.add(services);
    }
    path.addAll(Artifacts.runtime(artifacts));
    return java.classPath(path).main("tiny.Build").start().succeeded().out().strip();
  }
}
