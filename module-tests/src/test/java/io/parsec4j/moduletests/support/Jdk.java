// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The tools of the JDK that runs these tests: each call returns what the tool printed and fails if the tool fails. */
public final class Jdk {
  private Jdk() {}

  /** Compiles every source under the directory with all lint warnings as errors, against a class path. */
  public static void compileOnClassPath(Path sources, Path classes, Collection<Path> classPath) {
    compile(sources, classes, classPath, List.of());
  }

  /** Compiles the module under the directory with all lint warnings as errors, against a module path. */
  public static void compileModule(Path sources, Path classes, Collection<Path> modulePath) {
    compile(sources, classes, List.of(), modulePath);
  }

  private static void compile(
      Path sources, Path classes, Collection<Path> classPath, Collection<Path> modulePath) {
    List<String> args = new ArrayList<>(List.of(
        "--release", "11", "-Xlint:all,-missing-explicit-ctor", "-Werror", "-encoding", "UTF-8"));
    args.addAll(List.of("-proc:none", "-d", classes.toString()));
    // never left out: without it the compiler takes the class path of this process
    args.addAll(
        List.of("--class-path", classPath.isEmpty() ? sources.toString() : join(classPath)));
    if (!modulePath.isEmpty()) {
      args.addAll(List.of("--module-path", join(modulePath)));
    }
    for (Path file : Trees.files(sources)) {
      if (file.toString().endsWith(".java")) {
        args.add(file.toString());
      }
    }
    String unused = tool("javac", args);
  }

  /** Packs everything under the directory; {@code mainClass} may be null. */
  public static Path jar(Path jar, Path content, String mainClass) {
    List<String> args = new ArrayList<>(List.of("--create", "--file", jar.toString()));
    if (mainClass != null) {
      args.addAll(List.of("--main-class", mainClass));
    }
    args.addAll(List.of("-C", content.toString(), "."));
    String unused = tool("jar", args);
    return jar;
  }

  /** Links an image of the modules and returns its launcher. */
  public static Path link(
      Path image, Collection<Path> modulePath, String mainModule, Collection<String> moreModules) {
    List<String> modules = new ArrayList<>(List.of(mainModule));
    modules.addAll(moreModules);
    String unused = tool(
        "jlink",
        List.of(
            "--module-path",
            join(modulePath),
            "--add-modules",
            String.join(",", modules),
            "--launcher",
            "app=" + mainModule,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            image.toString()));
    boolean windows = File.separatorChar == '\\';
    return image.resolve("bin").resolve(windows ? "app.bat" : "app");
  }

  /** Runs a tool of the JDK in this process. */
  public static String tool(String name, List<String> args) {
    ToolProvider tool = ToolProvider.findFirst(name)
        .orElseThrow(() -> new AssertionError(name + " is missing: the tests need a JDK"));
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    int exitCode = tool.run(writer, writer, args.toArray(new String[0]));
    writer.flush();
    if (exitCode != 0) {
      throw new AssertionError(
          name + " " + String.join(" ", args) + "\nexit code " + exitCode + "\n" + text);
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String join(Collection<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
