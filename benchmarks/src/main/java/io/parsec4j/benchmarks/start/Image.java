// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.start;

import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.Service;
import io.parsec4j.benchmarks.stack.Peer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The library with the JDK transport and the program that is started, linked with what they need of the JDK. */
final class Image {
  private static final List<String> CLASSES = List.of(
      "io/parsec4j/benchmarks/Fork",
      "io/parsec4j/benchmarks/stack/Stack",
      "io/parsec4j/benchmarks/stack/Parsec",
      "io/parsec4j/benchmarks/start/StartFork");
  private static final String MODULE = "benchmark";

  private final Path directory;

  private Image(Path directory) {
    this.directory = directory;
  }

  static Image link(Path directory) throws IOException, InterruptedException {
    Path classes = Files.createTempDirectory("module");
    for (String name : CLASSES) {
      Path file = classes.resolve(name + ".class");
      Files.createDirectories(file.getParent());
      try (InputStream in = Image.class.getClassLoader().getResourceAsStream(name + ".class")) {
        Files.write(file, in.readAllBytes());
      }
    }
    String jars = String.join(File.pathSeparator, StartReport.jars(Peer.PARSEC_JDK));
    Path descriptor = Files.writeString(
        Files.createTempDirectory("descriptor").resolve("module-info.java"),
        "module " + MODULE + " { requires io.parsec4j.api; }");
    run("javac", "-p", jars, "-d", classes.toString(), descriptor.toString());
    run(
        "jlink",
        "--module-path",
        classes + File.pathSeparator + jars,
        "--add-modules",
        MODULE + ",io.parsec4j.transport.jdk,io.parsec4j.json,jdk.crypto.ec,org.slf4j.nop",
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        directory.toString());
    Image image = new Image(directory);
    // Of the JDK's own classes, as the JDK that the others run on has one.
    Map<String, Double> unused = Fork.run(List.of(image.java(), "-Xshare:dump", "-Xlog:cds=off"));
    return image;
  }

  private static void run(String tool, String... args) {
    int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, args);
    if (status != 0) {
      throw new IllegalStateException(tool + " ended with status " + status);
    }
  }

  private String java() {
    return directory.resolve("bin").resolve("java").toString();
  }

  List<String> command(Service service) {
    return List.of(
        java(),
        "-m",
        MODULE + "/" + StartFork.class.getName(),
        Peer.PARSEC_JDK.className(),
        service.address().toString(),
        service.token());
  }

  long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
