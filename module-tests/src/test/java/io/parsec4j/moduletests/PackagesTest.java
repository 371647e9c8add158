// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Artifact {@code parsec-a-b} is module {@code io.parsec4j.a.b} is the prefix of its packages. */
class PackagesTest {
  static Stream<String> published() {
    return Artifacts.PUBLISHED.stream();
  }

  @ParameterizedTest
  @MethodSource("published")
  void theModuleIsNamedAfterTheArtifact(String artifact) {
    assertThat(descriptor(artifact).name()).isEqualTo(Artifacts.moduleName(artifact));
    assertThat(descriptor(artifact).isAutomatic()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPackageIsUnderTheNameOfItsModule(String artifact) {
    String module = Artifacts.moduleName(artifact);

    assertThat(descriptor(artifact).packages())
        .allMatch(name -> name.equals(module) || name.startsWith(module + "."));
  }

  @ParameterizedTest
  @MethodSource("published")
  void nothingIsExportedOrOpenedToSomeoneInParticular(String artifact) {
    assertThat(descriptor(artifact).exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
    assertThat(descriptor(artifact).opens()).noneMatch(ModuleDescriptor.Opens::isQualified);
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyExportedPackageHasAPackageInfo(String artifact) throws IOException {
    try (JarFile jar = new JarFile(Artifacts.jar(artifact).toFile())) {
      assertThat(descriptor(artifact).exports())
          .allMatch(exported ->
              jar.getEntry(exported.source().replace('.', '/') + "/package-info.class") != null);
    }
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, String> owners = new HashMap<>();
    for (String artifact : Artifacts.PUBLISHED) {
      for (String name : descriptor(artifact).packages()) {
        assertThat(owners.put(name, artifact))
            .as("owner of %s besides %s", name, artifact)
            .isNull();
      }
    }
  }

  private static ModuleDescriptor descriptor(String artifact) {
    return ModuleFinder.of(Artifacts.jar(artifact)).findAll().iterator().next().descriptor();
  }
}
