// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a jar provides must be the same for the module path and for the class path. */
class ServicesTest {
  private static final String SERVICES = "META-INF/services/";

  static Stream<String> published() {
    return Artifacts.PUBLISHED.stream();
  }

  @ParameterizedTest
  @MethodSource("published")
  void providesOfTheDescriptorEqualTheServiceFiles(String artifact) throws IOException {
    Map<String, List<String>> inFiles = serviceFiles(artifact);
    inFiles.keySet().removeIf(service -> !service.startsWith("io.parsec4j."));

    assertThat(provides(artifact)).isEqualTo(inFiles);
  }

  // a provides clause for a type of an optional module stops the boot layer of Java 17 when that
  // module is absent
  @ParameterizedTest
  @MethodSource("published")
  void noDescriptorProvidesAForeignService(String artifact) {
    assertThat(provides(artifact).keySet()).allMatch(service -> service.startsWith("io.parsec4j."));
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyProviderNamedInAServiceFileIsInTheJar(String artifact) throws IOException {
    try (JarFile jar = new JarFile(Artifacts.jar(artifact).toFile())) {
      for (List<String> providers : serviceFiles(artifact).values()) {
        assertThat(providers)
            .allMatch(name -> jar.getEntry(name.replace('.', '/') + ".class") != null);
      }
    }
  }

  private static Map<String, List<String>> provides(String artifact) {
    return ModuleFinder.of(Artifacts.jar(artifact)).findAll().stream()
        .flatMap(module -> module.descriptor().provides().stream())
        .collect(Collectors.toMap(
            ModuleDescriptor.Provides::service,
            ModuleDescriptor.Provides::providers,
            (a, b) -> a,
            TreeMap::new));
  }

  private static Map<String, List<String>> serviceFiles(String artifact) throws IOException {
    Map<String, List<String>> providers = new TreeMap<>();
    try (JarFile jar = new JarFile(Artifacts.jar(artifact).toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(SERVICES) && !entry.isDirectory()) {
          try (BufferedReader reader = new BufferedReader(
              new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
            providers.put(
                entry.getName().substring(SERVICES.length()),
                reader
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toList()));
          }
        }
      }
    }
    return providers;
  }
}
