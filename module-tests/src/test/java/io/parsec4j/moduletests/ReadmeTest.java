// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Readme;
import io.parsec4j.moduletests.support.Trees;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that is shown to readers is code that the build compiles and runs, and what they are told to type exists. */
class ReadmeTest {
  private static final Pattern README_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern JAVADOC_BLOCK = Pattern.compile("(?s)<pre>\\{@code(.*?)}</pre>");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(parsec-[a-z-]+)` \\| `([^`]+)` \\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Pattern EXCEPTION = Pattern.compile("`(Parsec\\w+|\\w+Exception)`");

  static Stream<Block> readmeBlocks() {
    return Stream.of("README.md", "docs/errors.md", "docs/sessions.md", "docs/testing.md")
        .flatMap(file -> blocks(file, Readme.read(file), README_BLOCK));
  }

  static Stream<Block> javadocBlocks() {
    return Artifacts.PUBLISHED.stream()
        .flatMap(ReadmeTest::exportedSources)
        .flatMap(file ->
            blocks(Artifacts.root().relativize(file).toString(), Readme.read(file), JAVADOC_BLOCK));
  }

  @Test
  void thereAreBlocksToLookFor() {
    assertThat(readmeBlocks()).hasSizeGreaterThan(5);
    assertThat(javadocBlocks()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource({"readmeBlocks", "javadocBlocks"})
  void everyBlockOfJavaIsInAnExample(Block block) {
    List<Path> examples = Trees.files(Artifacts.root().resolve("examples/src")).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .toList();

    if (examples.stream()
        .noneMatch(file -> block.beginningIn(file) == block.lines().size())) {
      Path nearest = examples.stream()
          .max((a, b) -> Integer.compare(block.beginningIn(a), block.beginningIn(b)))
          .orElseThrow();
      fail(
          "%s is in no source file under examples/src; change one or the other, so that what readers"
              + " copy is compiled and run by the build. %s has it up to the line before%n  %s%nof%n%s",
          block,
          nearest.getFileName(),
          block.lines().get(block.beginningIn(nearest)),
          String.join("\n", block.lines()));
    }
  }

  @Test
  void everyCommandForMavenNamesModulesAndPropertiesOfTheBuild() {
    String poms = Stream.concat(Stream.of(""), modules().stream())
        .map(module -> Readme.read(Artifacts.root().resolve(module).resolve("pom.xml")))
        .collect(joining());
    List<String> commands =
        Readme.commands().stream().filter(command -> command.startsWith("mvn ")).toList();

    assertThat(commands).hasSize(2);
    for (String command : commands) {
      assertThat(groups(command, " -pl (\\S+)")).isSubsetOf(modules());
      assertThat(groups(command, " -D([^= ]+)"))
          .allMatch(property -> poms.contains("<" + property + ">"));
    }
  }

  @Test
  void theTableOfArtifactsNamesThoseThatArePublishedAndTheirModules() {
    List<String> rows = ROW.matcher(Readme.text())
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(Artifacts.PUBLISHED.stream()
            .map(artifact -> artifact + " " + Artifacts.moduleName(artifact))
            .toList());
  }

  @Test
  void theVersionThatReadersCopyIsThatOfTheBuild() {
    assertThat(groups(Readme.read("docs/testing.md"), "<version>([^<]+)</version>"))
        .containsExactly(Artifacts.version());
  }

  static Stream<String> documents() {
    return Stream.of(
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "docs/api.md",
        "docs/architecture.md",
        "docs/dependencies.md",
        "docs/errors.md",
        "docs/performance.md",
        "docs/sessions.md",
        "docs/standalone.md",
        "docs/testing.md",
        "docs/transports.md");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAFile(String document) {
    Path file = Artifacts.root().resolve(document);

    assertThat(groups(Readme.read(file), LINK.pattern()))
        .allMatch(target -> Files.exists(file.resolveSibling(target)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyExceptionThatIsNamedExists(String document) {
    List<Path> api = Stream.of("parsec-api", "parsec-testkit")
        .flatMap(ReadmeTest::exportedSources)
        .toList();

    assertThat(groups(Readme.read(document), EXCEPTION.pattern()))
        .filteredOn(name -> !isOfJava(name))
        .allMatch(name -> api.stream().anyMatch(file -> file.endsWith(name + ".java")));
  }

  private static boolean isOfJava(String exception) {
    return Stream.of("java.lang.", "java.util.concurrent.", "java.io.").anyMatch(prefix -> {
      try {
        return Throwable.class.isAssignableFrom(Class.forName(prefix + exception));
      } catch (ClassNotFoundException e) {
        return false;
      }
    });
  }

  private static List<String> modules() {
    return groups(Readme.read("pom.xml"), "<module>([^<]+)</module>");
  }

  private static List<String> groups(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static Stream<Path> exportedSources(String artifact) {
    Path sources = Artifacts.root().resolve(artifact).resolve("src/main/java");
    return ModuleFinder.of(Artifacts.jar(artifact)).findAll().stream()
        .flatMap(module -> module.descriptor().exports().stream())
        .map(exported -> sources.resolve(exported.source().replace('.', '/')))
        .flatMap(directory ->
            Trees.files(directory).stream().filter(file -> file.getParent().equals(directory)));
  }

  private static Stream<Block> blocks(String file, String text, Pattern pattern) {
    return pattern.matcher(text).results().map(match -> Block.of(file, text, match));
  }

  /** A block of code, and where it is. */
  record Block(String place, List<String> lines) {
    static Block of(String file, String text, MatchResult match) {
      long line = text.substring(0, match.start()).lines().count() + 1;
      return new Block(
          file + ":" + line,
          match
              .group(1)
              .lines()
              .map(text1 -> text1.replaceFirst("^ *\\* ?", ""))
              .filter(code -> !code.isBlank())
              .toList());
    }

    /** The number of lines up to which a file has this block, white space aside. */
    int beginningIn(Path file) {
      String code = squeezed(Readme.read(file));
      int found = 0;
      while (found < lines.size()
          && code.contains(squeezed(String.join("", lines.subList(0, found + 1))))) {
        found++;
      }
      return found;
    }

    private static String squeezed(String code) {
      return code.replaceAll("\\s", "");
    }

    @Override
    public String toString() {
      return place;
    }
  }
}
