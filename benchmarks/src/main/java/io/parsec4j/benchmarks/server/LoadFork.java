// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import io.parsec4j.benchmarks.Fork;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Keeps a server running for {@link #measure}, which asks it from another JVM. */
final class LoadFork {
  private LoadFork() {}

  public static void main(String... args) throws IOException, InterruptedException {
    Peer.Running running = Peer.valueOf(args[0]).start();
    System.out.println(running.address());
    System.out.println(running.token());
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Asks over one kept connection for so long, after a warm-up of the same length. */
  static Map<String, Double> measure(Peer peer, Duration time) throws IOException {
    try (Fork fork = Fork.start(java.util.List.of(), LoadFork.class, peer.name())) {
      URI address = URI.create(fork.required());
      try (RawClient client = new RawClient(address, fork.required())) {
        long unused = askFor(client, time);
        Duration cpu = fork.cpu();
        long begin = System.nanoTime();
        long asked = askFor(client, time);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return Map.of(
            "requests/s",
            asked / seconds,
            "server.cpu.us/request",
            fork.cpu().minus(cpu).toNanos() / 1e3 / asked);
      }
    }
  }

  private static long askFor(RawClient client, Duration time) throws IOException {
    long asked = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < time.toNanos()) {
      client.ask();
      asked++;
    }
    return asked;
  }
}
