// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.growth;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.Service;
import io.parsec4j.benchmarks.stack.Peer;
import java.io.IOException;
import java.util.List;

/** What is left after many calls. How calls and pages grow stands in the tables of {@code call} and {@code decode}. */
public final class GrowthReport {
  private static final int CALLS = 1_000_000;
  private static final int QUICK_CALLS = 20_000;

  private GrowthReport() {}

  /** Makes a million calls with each transport, or fewer. */
  public static void print(boolean quick) throws IOException, InterruptedException {
    int calls = quick ? QUICK_CALLS : CALLS;
    Figures figures = new Figures();
    try (Service service = Service.start(1)) {
      for (Peer peer :
          quick ? List.of(Peer.PARSEC_JDK) : List.of(Peer.PARSEC_JDK, Peer.PARSEC_APACHE)) {
        figures.add(
            peer.name(),
            Fork.run(
                peer.flags(),
                RetainedFork.class,
                peer.className(),
                service.address().toString(),
                service.token(),
                Integer.toString(calls)));
      }
    }
    System.out.println("Live heap after a tenth of " + calls + " calls and after all of them:\n");
    System.out.println(figures.table("heap.KB.after.tenth", "heap.KB.after.all", "threads"));
  }
}
