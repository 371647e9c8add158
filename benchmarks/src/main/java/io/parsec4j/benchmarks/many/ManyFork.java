// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.many;

import io.parsec4j.api.CallOptions;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.benchmarks.Fork;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes many calls at once and looks at the heap and the threads while they are in flight. */
final class ManyFork {
  private ManyFork() {}

  /** Takes the address, the number of calls, and how long to wait before it looks. */
  public static void main(String... args) throws Exception {
    int calls = Integer.parseInt(args[1]);
    Duration untilAllInFlight = Duration.parse(args[2]);
    Session session = Session.of(SessionId.of("token"));
    ParsecClient client = ParsecClient.builder().baseUri(URI.create(args[0])).build();
    HostPage unused = client.hosts(session, HostQuery.any());
    ParsecClient patient = client.with(CallOptions.builder()
        .timeout(Duration.ofMinutes(2))
        .attemptTimeout(Duration.ofMinutes(2))
        .build());
    long before = liveHeap();
    ManagementFactory.getThreadMXBean().resetPeakThreadCount();
    int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
    long begin = System.nanoTime();
    List<CompletableFuture<Integer>> pages = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      pages.add(patient
          .async()
          .hosts(session, HostQuery.any())
          .thenApply(page -> page.hosts().size()));
    }
    Thread.sleep(untilAllInFlight.toMillis());
    long pending = pages.stream().filter(page -> !page.isDone()).count();
    if (pending == calls) {
      Fork.tell("KB/call", (liveHeap() - before) / 1024.0 / calls);
    }
    int answered = 0;
    for (CompletableFuture<Integer> page : pages) {
      answered += page.join() == 20 ? 1 : 0;
    }
    Fork.tell("wall.s", (System.nanoTime() - begin) / 1e9);
    Fork.tell("cpu.s", Fork.ownCpu().toNanos() / 1e9);
    Fork.tell("answered", answered);
    int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
    Fork.tell("threads", threads);
    Fork.tell("threads.more", threads - threadsBefore);
    Fork.tell("in.flight", (double) pending);
    System.exit(0);
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
