// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the POMs say in two places, and what the coverage gate would let pass in silence. */
class BuildTest {
  static Stream<String> published() {
    return Artifacts.PUBLISHED.stream();
  }

  @Test
  void theBomNamesEveryPublishedModuleInTheVersionOfTheBuild() throws Exception {
    Document bom = pom("parsec-bom");

    assertThat(texts(bom, "artifactId"))
        .containsAll(Artifacts.PUBLISHED)
        .filteredOn(name -> name.startsWith("parsec-"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("parsec-bom"), published()).toList());
    assertThat(texts(bom, "version")).contains(Artifacts.version());
  }

  @Test
  void everyModuleOfTheBuildIsPublishedOrKnownNotToBe() throws Exception {
    assertThat(texts(pom("."), "module"))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(
                published(), Stream.of("parsec-bom", "examples", "module-tests", "benchmarks"))
            .toList());
  }

  // without a test there is no coverage data, and without data the coverage gate is skipped
  @ParameterizedTest
  @MethodSource("published")
  void everyPublishedModuleWithCodeHasRunTests(String artifact) throws IOException {
    Path target = Artifacts.target(artifact);
    boolean hasCode = Trees.files(target.resolve("classes")).stream()
        .map(file -> file.getFileName().toString())
        .anyMatch(name -> name.endsWith(".class") && !name.endsWith("-info.class"));

    if (hasCode) {
      assertThat(target.resolve("jacoco.exec")).exists();
      assertThat(target.resolve("surefire-reports")).isDirectoryContaining("glob:**/TEST-*.xml");
    }
  }

  private static Document pom(String directory) throws Exception {
    Path file = Artifacts.root().resolve(directory).resolve("pom.xml");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Files.newInputStream(file));
  }

  private static List<String> texts(Document document, String element) {
    NodeList nodes = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }
}
