// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.call;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.Service;
import io.parsec4j.benchmarks.stack.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a call costs over the raw client: a kept session, a page of 20 hosts. */
public final class CallReport {
  private static final int FORKS = 5;
  private static final int HOSTS = 20;
  private static final List<Peer> PEERS = List.of(
      Peer.PARSEC_JDK,
      Peer.PARSEC_JDK_ASYNC,
      Peer.PARSEC_APACHE,
      Peer.JDK_DISCARDING,
      Peer.JDK_JACKSON,
      Peer.OKHTTP_MOSHI,
      Peer.RETROFIT_MOSHI,
      Peer.FEIGN_JACKSON,
      Peer.APACHE_DISCARDING,
      Peer.APACHE_FRESH,
      Peer.APACHE_JACKSON);
  private static final List<Peer> QUICK = List.of(
      Peer.PARSEC_JDK,
      Peer.PARSEC_APACHE,
      Peer.JDK_DISCARDING,
      Peer.JDK_JACKSON,
      Peer.OKHTTP_MOSHI);

  private CallReport() {}

  /** Measures all peers, a fork of each in turn, and prints a table for each number of callers. */
  public static void print(boolean quick) throws IOException, InterruptedException {
    int forks = quick ? 1 : FORKS;
    Duration time = Duration.ofSeconds(quick ? 1 : 4);
    Duration warmUp = Duration.ofSeconds(quick ? 2 : 20);
    try (Service service = Service.start(HOSTS)) {
      Map<String, Double> unused = measure(service, Peer.JDK_DISCARDING, 2, warmUp, time);
      Map<Integer, Figures> tables = new TreeMap<>();
      for (int fork = 0; fork < forks; fork++) {
        for (Peer peer : quick ? QUICK : PEERS) {
          // One after the other, so that a change from one hour to another is not taken for growth.
          for (int callers : quick ? List.of(16) : List.of(1, 16, 256)) {
            tables
                .computeIfAbsent(callers, unknown -> new Figures())
                .add(peer.name(), measure(service, peer, callers, warmUp, time));
          }
        }
      }
      tables.forEach((callers, figures) -> {
        System.out.println("A call for " + HOSTS + " hosts by " + callers + " callers, "
            + time.toSeconds() + " s after " + warmUp.toSeconds() + " s to warm up; median of "
            + forks + " forks:\n");
        System.out.println(
            figures.table("cpu.us/call", "median.us", "allocated.KB/call", "calls/s"));
      });
    }
  }

  private static Map<String, Double> measure(
      Service service, Peer peer, int callers, Duration warmUp, Duration time)
      throws IOException, InterruptedException {
    return Fork.run(
        peer.flags(),
        CallFork.class,
        peer.className(),
        service.address().toString(),
        service.token(),
        Integer.toString(callers),
        warmUp.toString(),
        time.toString());
  }
}
