// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import io.parsec4j.benchmarks.Figures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a project fetches that depends on a server for tests: jars of the run-time class path and their size. */
final class Footprint {
  private Footprint() {}

  /** Asks Maven for the class path of a project with that one dependency. */
  static Figures measure() throws IOException, InterruptedException {
    Figures figures = new Figures();
    figures.add("PARSEC_TESTKIT", count(ownClassPath()));
    figures.add(
        "MOCKWEBSERVER",
        count(classPath("com.squareup.okhttp3", "mockwebserver3", "mockwebserver")));
    figures.add("WIREMOCK", count(classPath("org.wiremock", "wiremock", "wiremock")));
    return figures;
  }

  /** The jar that the build has made, and what it wrote beside it. */
  private static String ownClassPath() throws IOException {
    Path built = Path.of(setting("testkit.target"));
    String others = Files.readString(built.resolve("runtime-classpath.txt")).strip();
    return built.resolve("parsec-testkit-" + setting("testkit.version") + ".jar")
        + File.pathSeparator
        + others;
  }

  private static Map<String, Double> count(String classPath) throws IOException {
    double bytes = 0;
    String[] jars = classPath.split(File.pathSeparator, -1);
    for (String jar : jars) {
      bytes += Files.size(Path.of(jar));
    }
    return Map.of(
        "jars",
        (double) jars.length,
        "KB in all",
        bytes / 1024,
        "KB of its own jar",
        Files.size(Path.of(jars[0])) / 1024.0);
  }

  private static String classPath(String group, String artifact, String name)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("footprint");
    Path list = folder.resolve("classpath.txt");
    Files.writeString(
        folder.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId>"
            + "<version>1</version><dependencies><dependency><groupId>" + group
            + "</groupId><artifactId>" + artifact + "</artifactId><version>"
            + setting(name + ".version")
            + "</version></dependency></dependencies></project>");
    int status = new ProcessBuilder(
            "mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=" + list)
        .directory(folder.toFile())
        .inheritIO()
        .start()
        .waitFor();
    if (status != 0) {
      throw new IOException("Maven cannot find the class path of " + artifact);
    }
    return Files.readString(list).strip();
  }

  private static String setting(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the system property " + name + " is to be set by the POM");
    }
    return value;
  }
}
