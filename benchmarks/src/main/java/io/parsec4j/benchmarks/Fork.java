// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measurement in a JVM of its own, so that no peer profits from the classes, the compiled code or the garbage of
 * another. The program in it prints a line {@code name=number} for each figure.
 */
public final class Fork implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final long begin = System.nanoTime();

  private Fork(Process process) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts a program with the class path and the Java of this JVM. */
  public static Fork start(List<String> jvmFlags, Class<?> program, String... args)
      throws IOException {
    return start(command(jvmFlags, System.getProperty("java.class.path"), program, args));
  }

  /** Starts a command. */
  public static Fork start(List<String> command) throws IOException {
    return new Fork(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Returns what starts a program with the Java of this JVM. */
  public static List<String> command(
      List<String> jvmFlags, String classPath, Class<?> program, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.add("-cp");
    command.add(classPath);
    command.add(program.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** Runs a program to its end and returns its figures, with {@code process.wall.ms} added. */
  public static Map<String, Double> run(List<String> jvmFlags, Class<?> program, String... args)
      throws IOException, InterruptedException {
    return run(command(jvmFlags, System.getProperty("java.class.path"), program, args));
  }

  /** Runs a command to its end and returns its figures, with {@code process.wall.ms} added. */
  public static Map<String, Double> run(List<String> command)
      throws IOException, InterruptedException {
    try (Fork fork = start(command)) {
      Map<String, Double> figures = new LinkedHashMap<>();
      for (String line = fork.line(); line != null; line = fork.line()) {
        int equals = line.indexOf('=');
        if (equals >= 0) {
          figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
        }
      }
      int status = fork.process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
      }
      figures.put("process.wall.ms", (System.nanoTime() - fork.begin) / 1e6);
      return figures;
    }
  }

  /** Prints a figure for {@link #run}. */
  public static void tell(String name, double figure) {
    System.out.println(name + "=" + figure);
  }

  /** Returns the next line that the program prints; null at its end. */
  public @Nullable String line() throws IOException {
    return out.readLine();
  }

  /** Returns the next line, which the program is to print. */
  public String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new IOException("the program ended too early");
    }
    return line;
  }

  /** Returns the processor time that the JVM has used so far, all threads and its own start included. */
  public Duration cpu() {
    return cpuOf(process.toHandle());
  }

  /** Returns the processor time of this JVM. */
  public static Duration ownCpu() {
    return cpuOf(ProcessHandle.current());
  }

  private static Duration cpuOf(ProcessHandle handle) {
    return handle
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("this system does not tell processor time"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
