// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** One jar made of many, as the usual build plugins make it: the first of several files of one name is kept. */
public final class FatJar {
  private static final String SERVICES = "META-INF/services/";

  private FatJar() {}

  /** Writes the jar with service files joined; descriptors, signatures and the manifests of the parts stay out. */
  public static Path create(Path fatJar, Collection<Path> jars, String mainClass) {
    return create(fatJar, jars, mainClass, entry -> true);
  }

  /** Writes the jar as a plugin does that was not told of service files and leaves them out. */
  public static Path createWithoutServices(Path fatJar, Collection<Path> jars, String mainClass) {
    return create(fatJar, jars, mainClass, entry -> !entry.getName().startsWith(SERVICES));
  }

  private static Path create(
      Path fatJar, Collection<Path> jars, String mainClass, Predicate<JarEntry> also) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    boolean multiRelease = false;
    try {
      for (Path jar : jars) {
        try (JarFile file = new JarFile(jar.toFile())) {
          multiRelease |= file.isMultiRelease();
          for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (wanted(entry) && also.test(entry)) {
              byte[] bytes = file.getInputStream(entry).readAllBytes();
              content.merge(
                  entry.getName(),
                  bytes,
                  entry.getName().startsWith(SERVICES) ? FatJar::joined : (a, b) -> a);
            }
          }
        }
      }
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
      if (multiRelease) {
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
      }
      try (OutputStream out = Files.newOutputStream(fatJar);
          JarOutputStream jar = new JarOutputStream(out, manifest)) {
        for (Map.Entry<String, byte[]> entry : content.entrySet()) {
          jar.putNextEntry(new JarEntry(entry.getKey()));
          jar.write(entry.getValue());
          jar.closeEntry();
        }
      }
      return fatJar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean wanted(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory()
        && !name.endsWith("module-info.class")
        && !name.equals(JarFile.MANIFEST_NAME)
        && !name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return (new String(first, StandardCharsets.UTF_8) + "\n"
            + new String(second, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }
}
