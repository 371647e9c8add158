// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.many;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.stack.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What many asynchronous calls at once cost in memory and threads, in 256 MB of heap. */
public final class ManyReport {
  private static final int FORKS = 5;

  /** Without it each connection keeps 16 KB once it has answered: ten thousand of them fill most of the heap. */
  private static final String FEW_IDLE_CONNECTIONS = "-Djdk.httpclient.connectionPoolSize=100";

  private ManyReport() {}

  /** Makes the calls against a server that answers after 200 ms, and against one that answers when all are in flight. */
  public static void print(boolean quick) throws IOException, InterruptedException {
    int forks = quick ? 1 : FORKS;
    Figures answered = new Figures();
    Figures inFlight = new Figures();
    for (int fork = 0; fork < forks; fork++) {
      for (int calls : quick ? List.of(1_000) : List.of(1_000, 10_000)) {
        answered.add(
            "PARSEC_JDK " + calls,
            measure(Peer.PARSEC_JDK, calls, Duration.ofMillis(200), Duration.ZERO));
        Duration all = Duration.ofMillis(1_000 + calls);
        inFlight.add(
            "PARSEC_JDK " + calls,
            measure(Peer.PARSEC_JDK, calls, all.plus(all), all, FEW_IDLE_CONNECTIONS));
      }
      if (!quick) {
        answered.add(
            "PARSEC_APACHE 1000",
            measure(Peer.PARSEC_APACHE, 1_000, Duration.ofMillis(200), Duration.ZERO));
      }
    }
    System.out.println(
        "Asynchronous calls at once, each answered after 200 ms; median of " + forks + " forks:\n");
    System.out.println(answered.table("answered", "wall.s", "cpu.s", "threads", "threads.more"));
    System.out.println("While all of them are in flight, " + FEW_IDLE_CONNECTIONS + ":\n");
    System.out.println(inFlight.table("in.flight", "KB/call", "threads", "threads.more"));
  }

  private static Map<String, Double> measure(
      Peer peer, int calls, Duration delay, Duration untilAllInFlight, String... moreFlags)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(peer.flags());
    flags.add("-Xmx256m");
    flags.addAll(List.of(moreFlags));
    try (Fork server = Fork.start(List.of(), SlowServer.class, delay.toString())) {
      return Fork.run(
          flags,
          ManyFork.class,
          "http://127.0.0.1:" + server.required(),
          Integer.toString(calls),
          untilAllInFlight.toString());
    }
  }
}
