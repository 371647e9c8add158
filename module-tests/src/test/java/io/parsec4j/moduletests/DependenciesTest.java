// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Readme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/dependencies.md and docs/transports.md say that users get is what they get. */
class DependenciesTest {
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^\\| `[^`:]+:([^`]+)` \\| (\\S+) \\| ([^|]+) \\|.*\\| (\\d+) \\|$");
  private static final Pattern STACK =
      Pattern.compile("(?m)^\\| (`parsec-[^|]+`) \\| (\\d+) \\| ([\\d,]+) \\|$");
  private static final Pattern TRANSPORTS_ROW =
      Pattern.compile("\\| run-time class path \\| (\\d+) jars \\| (\\d+) jars \\|");

  @Test
  void everyLibraryIsListedWithVersionAndSizeAndWhatBringsIt() {
    Map<String, String> listed = new TreeMap<>();
    for (MatchResult row :
        LIBRARY.matcher(section("## What users get")).results().toList()) {
      listed.put(
          row.group(1) + "-" + row.group(2) + ".jar", row.group(4) + " KiB by " + row.group(3));
    }

    Map<String, String> actual = new TreeMap<>();
    for (Path jar : Artifacts.runtime(Artifacts.PUBLISHED.toArray(new String[0]))) {
      if (!isOurs(jar)) {
        actual.put(
            jar.getFileName().toString(),
            kib(List.of(jar)) + " KiB by " + String.join(", ", thoseThatBring(jar)));
      }
    }
    assertThat(listed).isEqualTo(actual);
  }

  @Test
  void everyStackIsListedWithItsJarsAndItsSizeInHundredsOfKib() {
    List<MatchResult> rows =
        STACK.matcher(section("## What a program gets in all")).results().toList();

    assertThat(rows).hasSize(4);
    for (MatchResult row : rows) {
      List<Path> jars = Artifacts.runtime(row.group(1).replace("`", "").split(", "));
      assertThat(jars).as(row.group(1)).hasSize(Integer.parseInt(row.group(2)));
      // our own part of it changes with every commit, the library with its version
      assertThat(kib(jars))
          .as("KiB of %s", row.group(1))
          .isCloseTo(Long.parseLong(row.group(3).replace(",", "")), within(100L));
    }
  }

  @Test
  void theComparisonOfTransportsCountsTheSameJars() {
    MatchResult row = TRANSPORTS_ROW
        .matcher(Readme.read("docs/transports.md"))
        .results()
        .findFirst()
        .orElseThrow();

    assertThat(Integer.parseInt(row.group(1)))
        .isEqualTo(Artifacts.runtime("parsec-api", "parsec-transport-jdk", "parsec-json")
            .size());
    assertThat(Integer.parseInt(row.group(2)))
        .isEqualTo(Artifacts.runtime("parsec-api", "parsec-transport-apache", "parsec-json")
            .size());
  }

  private static List<String> thoseThatBring(Path jar) {
    return Artifacts.PUBLISHED.stream()
        .filter(artifact -> Artifacts.runtime(artifact).contains(jar))
        .collect(Collectors.toList());
  }

  private static boolean isOurs(Path jar) {
    return Artifacts.PUBLISHED.stream()
        .anyMatch(artifact -> Artifacts.jar(artifact).equals(jar));
  }

  private static long kib(Collection<Path> jars) {
    return Math.round(jars.stream().mapToLong(DependenciesTest::size).sum() / 1024.0);
  }

  private static long size(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String section(String title) {
    return Arrays.stream(Readme.read("docs/dependencies.md").split("(?m)(?=^## )"))
        .filter(section -> section.startsWith(title + "\n"))
        .collect(Collectors.collectingAndThen(Collectors.joining(), text -> {
          assertThat(text).as("the section %s", title).isNotEmpty();
          return text;
        }));
  }
}
