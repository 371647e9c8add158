// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program to be run in a process of its own: {@code Run.java().classPath(jars).main("app.Main").start()}. */
public final class Run {
  private final List<String> command = new ArrayList<>();
  private final List<String> environmentRemoved =
      List.of("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
  private Duration limit = Duration.ofSeconds(60);

  private Run(String program) {
    command.add(program);
  }

  /** The {@code java} of the JVM that runs these tests. */
  public static Run java() {
    return program(Path.of(System.getProperty("java.home"), "bin", "java"))
        .args("-Dfile.encoding=UTF-8");
  }

  /** Any program, for example the launcher of a linked image. */
  public static Run program(Path program) {
    return new Run(program.toString());
  }

  /** Adds arguments as they are; for {@code java} these are JVM options until {@link #main} or {@link #module}. */
  public Run args(String... args) {
    command.addAll(List.of(args));
    return this;
  }

  public Run classPath(Collection<Path> jars) {
    return args("--class-path", join(jars));
  }

  public Run modulePath(Collection<Path> jars) {
    return args("--module-path", join(jars));
  }

  public Run main(String className, String... args) {
    return args(className).args(args);
  }

  /** Runs {@code module/class}; the class may be left out if the jar names it. */
  public Run module(String moduleAndClass, String... args) {
    return args("--module", moduleAndClass).args(args);
  }

  /** How long the program may take; 60 seconds unless set. */
  public Run within(Duration limit) {
    this.limit = limit;
    return this;
  }

  /** Runs the program to its end; kills it and fails if it takes too long. */
  public Result start() {
    Path directory = null;
    Process process = null;
    try {
      directory = Files.createTempDirectory("run");
      // files, not pipes: nobody has to read for the program to go on
      File out = directory.resolve("out").toFile();
      File err = directory.resolve("err").toFile();
      ProcessBuilder builder = new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectInput(ProcessBuilder.Redirect.PIPE)
          .redirectOutput(out)
          .redirectError(err);
      builder.environment().keySet().removeAll(environmentRemoved);
      process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      Result result = new Result(command, ended ? process.exitValue() : -1, read(out), read(err));
      if (!ended) {
        throw new AssertionError("not finished after " + limit + ": " + result);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    } finally {
      if (process != null && process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Trees.delete(directory);
    }
  }

  private static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    // killed for certain, but give the system a moment to close the files
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("could not be killed: " + process);
    }
  }

  private static String join(Collection<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static String read(File file) throws IOException {
    return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8)
        .replace("\r\n", "\n");
  }

  /** How a program ended and what it wrote. */
  public static final class Result {
    private final List<String> command;
    private final int exitCode;
    private final String out;
    private final String err;

    private Result(List<String> command, int exitCode, String out, String err) {
      this.command = List.copyOf(command);
      this.exitCode = exitCode;
      this.out = out;
      this.err = err;
    }

    public int exitCode() {
      return exitCode;
    }

    public String out() {
      return out;
    }

    public String err() {
      return err;
    }

    /** Returns this result if the program ended with 0, and fails with all it wrote if not. */
    public Result succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("expected success: " + this);
      }
      return this;
    }

    /** Command, exit code and all output, for a failure message. */
    @Override
    public String toString() {
      return String.join(" ", command) + "\nexit code " + exitCode + "\nstdout:\n" + out
          + "\nstderr:\n" + err;
    }
  }
}
