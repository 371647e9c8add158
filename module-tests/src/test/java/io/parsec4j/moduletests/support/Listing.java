// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can see of a module, as text that is the same on every JDK: its descriptor and its signatures. */
public final class Listing {
  private Listing() {}

  public static String of(Path jar) {
    ModuleDescriptor descriptor =
        ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    StringBuilder text = new StringBuilder("module " + descriptor.name() + "\n");
    directives(jar).forEach(line -> text.append("  ").append(line).append('\n'));
    signatures(jar, descriptor).forEach(text::append);
    return text.toString();
  }

  // the first line of the tool names version and place; the rest is one directive per line
  private static Stream<String> directives(Path jar) {
    return Jdk.tool("jar", List.of("--describe-module", "--file", jar.toString()))
        .lines()
        .skip(1)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .sorted();
  }

  private static Stream<String> signatures(Path jar, ModuleDescriptor descriptor) {
    List<String> args =
        new ArrayList<>(List.of("-protected", "-constants", "-classpath", jar.toString()));
    int options = args.size();
    for (ModuleDescriptor.Exports exported : descriptor.exports()) {
      args.addAll(classes(jar, exported.source()));
    }
    if (args.size() == options) {
      return Stream.empty();
    }
    // javap prints a class as: header line, members indented, closing brace
    TreeMap<String, TreeSet<String>> types = new TreeMap<>(Comparator.comparing(Listing::typeName));
    String header = null;
    for (String line : Jdk.tool("javap", args).split("\n", -1)) {
      if (line.startsWith("Compiled from") || line.isBlank() || line.equals("}")) {
        continue;
      }
      if (line.startsWith(" ")) {
        // how a method guards its state is no part of its signature
        types.get(header).add(line.strip().replace(" synchronized ", " "));
      } else {
        header = line.replaceFirst(" \\{$", "");
        types.put(header, new TreeSet<>());
      }
    }
    types.keySet().removeIf(type -> !type.startsWith("public "));
    return types.entrySet().stream()
        .map(type -> "\n" + type.getKey() + "\n"
            + type.getValue().stream()
                .map(member -> "  " + member + "\n")
                .collect(Collectors.joining()));
  }

  private static String typeName(String header) {
    return header.replaceFirst(".*?\\b(class|interface) ", "");
  }

  private static List<String> classes(Path jar, String packageName) {
    String directory = packageName.replace('.', '/') + "/";
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(directory) && name.indexOf('/', directory.length()) < 0)
          .filter(name -> name.endsWith(".class") && !name.endsWith("/package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
