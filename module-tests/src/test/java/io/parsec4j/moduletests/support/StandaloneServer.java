// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The fake server as a program of its own, from its standalone jar, on a free port; runs until it is closed. */
public final class StandaloneServer implements AutoCloseable {
  private static final int SECONDS = 60;

  private final Process process;
  private final List<String> lines;

  private StandaloneServer(Process process, List<String> lines) {
    this.process = process;
    this.lines = lines;
  }

  /** Starts it with options beside the port, and waits until it answers. */
  public static StandaloneServer start(String... options) {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-jar", Artifacts.standalone().toString(), "--port", "0"));
    command.addAll(List.of(options));
    // ends with these tests, even if they are killed
    command.add("--exit-on-stdin-eof");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return new StandaloneServer(
          process, firstLines(process, command.contains("--control-port") ? 2 : 1));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " did not start: " + e, e);
    }
  }

  private static List<String> firstLines(Process process, int count) {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync(
            () -> {
              List<String> lines = new ArrayList<>();
              try {
                while (lines.size() < count) {
                  lines.add(String.valueOf(out.readLine()));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return lines;
            },
            Waiting.THREADS)
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** What its first line says. */
  public URI baseUri() {
    return URI.create(lines.get(0));
  }

  /** What its second line says. */
  public URI controlUri() {
    return URI.create(lines.get(1).replaceFirst("^control ", ""));
  }

  /** Ends its standard input, on which it ends, and returns the exit status. */
  public int stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after the end of its input: " + process);
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the end of " + process, e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
