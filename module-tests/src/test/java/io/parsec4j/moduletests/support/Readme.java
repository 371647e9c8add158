// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the README says that a program can check. */
public final class Readme {
  private Readme() {}

  /** All of it. */
  public static String text() {
    return read("README.md");
  }

  /** A file of the project, named from its root, as text with the same line ends everywhere. */
  public static String read(String name) {
    return read(Artifacts.root().resolve(name));
  }

  /** Any file as text with the same line ends everywhere. */
  public static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its indented commands, each in one line. */
  public static List<String> commands() {
    return text()
        .replaceAll("(?s)```.*?```", "")
        .replaceAll("\\\\\n +", "")
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(String::strip)
        .collect(Collectors.toUnmodifiableList());
  }

  /** Its one command that begins so. */
  public static String command(String start) {
    List<String> found = commands().stream()
        .filter(command -> command.startsWith(start))
        .collect(Collectors.toList());
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one command '" + start + "...' in README.md, found " + found);
    }
    return found.get(0);
  }
}
