// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars this build has packaged, and the libraries they were resolved with. */
public final class Artifacts {
  /** The artifact IDs of the modules that are published, in alphabetical order. */
  public static final List<String> PUBLISHED = List.of(
      "parsec-api",
      "parsec-json",
      "parsec-testkit",
      "parsec-transport-apache",
      "parsec-transport-jdk");

  private Artifacts() {}

  /** The directory of the root POM. */
  public static Path root() {
    return Path.of(required("parsec4j.root")).toAbsolutePath().normalize();
  }

  /** The version of this build. */
  public static String version() {
    return required("parsec4j.version");
  }

  /** The module name of a published artifact, by the rule that {@code parsec-a-b} is {@code io.parsec4j.a.b}. */
  public static String moduleName(String artifact) {
    return "io.parsec4j." + artifact.substring("parsec-".length()).replace('-', '.');
  }

  /** The packaged jar of a module of this build. */
  public static Path jar(String artifact) {
    return existing(target(artifact).resolve(artifact + "-" + version() + ".jar"));
  }

  /** The testkit with all it needs in one jar, which starts the fake server. */
  public static Path standalone() {
    return existing(
        target("parsec-testkit").resolve("parsec-testkit-" + version() + "-standalone.jar"));
  }

  /** The build directory of a module of this build. */
  public static Path target(String artifact) {
    return root().resolve(artifact).resolve("target");
  }

  /** The jars a user gets who depends on the given published artifacts: theirs and all they need at run time. */
  public static List<Path> runtime(String... artifacts) {
    return Stream.of(artifacts)
        .flatMap(
            artifact -> Stream.concat(Stream.of(jar(artifact)), dependencies(artifact).stream()))
        .distinct()
        .collect(Collectors.toUnmodifiableList());
  }

  /** A third-party jar on the class path of these tests, by artifact ID: {@code library("junit-jupiter-api")}. */
  public static Path library(String artifact) {
    Pattern name = Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar");
    List<Path> found = testClassPath().stream()
        .filter(path -> name.matcher(path.getFileName().toString()).matches())
        .collect(Collectors.toList());
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one jar of " + artifact + " on the test class path, found " + found);
    }
    return found.get(0);
  }

  /** The whole class path of these tests. */
  public static List<Path> testClassPath() {
    // surefire's own loader may hide the path behind a manifest; it then names it here
    return paths(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  private static Path existing(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError(jar + " is missing; run the build from the root with: mvn verify");
    }
    return jar;
  }

  private static List<Path> dependencies(String artifact) {
    Path file = target(artifact).resolve("runtime-classpath.txt");
    try {
      return paths(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> paths(String path) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path.strip())
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .collect(Collectors.toUnmodifiableList());
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new AssertionError(
          "system property " + property + " is not set; the POM of module-tests sets it");
    }
    return value;
  }
}
