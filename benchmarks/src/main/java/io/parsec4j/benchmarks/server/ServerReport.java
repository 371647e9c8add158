// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What the fake server costs beside WireMock and MockWebServer. */
public final class ServerReport {
  private static final int FORKS = 5;
  private static final int CYCLES = 200;

  private ServerReport() {}

  /** Measures all peers, a fork of each in turn, and prints the tables. */
  public static void print(boolean quick) throws IOException, InterruptedException {
    int forks = quick ? 1 : FORKS;
    int cycles = quick ? 20 : CYCLES;
    Duration time = Duration.ofSeconds(quick ? 1 : 5);
    Figures life = new Figures();
    Figures load = new Figures();
    for (int fork = 0; fork < forks; fork++) {
      for (Peer peer : Peer.values()) {
        life.add(
            peer.name(),
            Fork.run(List.of(), LifeFork.class, peer.name(), Integer.toString(cycles)));
        load.add(peer.name(), LoadFork.measure(peer, time));
      }
    }
    System.out.println("Start, first answer of 20 hosts, stop; median of " + cycles
        + " in one JVM, and the first one in a fresh JVM; median of " + forks + " forks:\n");
    System.out.println(life.table(
        "cycle.wall.ms", "cycle.cpu.ms", "stop.wall.ms", "first.wall.ms", "first.process.cpu.ms"));
    System.out.println(
        "One kept connection, " + time.toSeconds() + " s after as long a warm-up:\n");
    System.out.println(load.table("requests/s", "server.cpu.us/request"));
    System.out.println("What a project fetches:\n");
    System.out.println(Footprint.measure().table("jars", "KB in all", "KB of its own jar"));
  }
}
