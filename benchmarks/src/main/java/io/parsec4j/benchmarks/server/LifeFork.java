// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts a server, asks it once and stops it: once in a fresh JVM, then again and again. */
final class LifeFork {
  private LifeFork() {}

  public static void main(String... args) throws IOException {
    Peer peer = Peer.valueOf(args[0]);
    int cycles = Integer.parseInt(args[1]);
    long begin = System.nanoTime();
    long[] unused = cycle(peer);
    Fork.tell("first.wall.ms", (System.nanoTime() - begin) / 1e6);
    Fork.tell("first.process.cpu.ms", Fork.ownCpu().toNanos() / 1e6);
    for (int i = 0; i < cycles / 2; i++) {
      unused = cycle(peer);
    }
    List<Double> walls = new ArrayList<>();
    List<Double> stops = new ArrayList<>();
    Duration cpu = Fork.ownCpu();
    for (int i = 0; i < cycles; i++) {
      long[] nanos = cycle(peer);
      walls.add(nanos[0] / 1e6);
      stops.add(nanos[1] / 1e6);
    }
    Fork.tell("cycle.cpu.ms", Fork.ownCpu().minus(cpu).toNanos() / 1e6 / cycles);
    Fork.tell("cycle.wall.ms", Figures.median(walls));
    Fork.tell("stop.wall.ms", Figures.median(stops));
    // A server that leaves threads behind must not keep the measurement from ending.
    System.exit(0);
  }

  private static long[] cycle(Peer peer) throws IOException {
    long begin = System.nanoTime();
    Peer.Running running = peer.start();
    try (RawClient client = new RawClient(running.address(), running.token())) {
      client.ask();
    }
    long stop = System.nanoTime();
    running.close();
    long end = System.nanoTime();
    return new long[] {end - begin, end - stop};
  }
}
