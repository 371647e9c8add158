// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.decode;

import io.parsec4j.benchmarks.Figures;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a page costs to decode, by JMH. */
public final class DecodeReport {
  private static final int FORKS = 5;

  private DecodeReport() {}

  /** Measures the codec and its peers, a fork of each in turn, and prints a table for each size of page. */
  public static void print(boolean quick) throws RunnerException {
    int forks = quick ? 1 : FORKS;
    for (int hosts : quick ? List.of(20) : List.of(1, 20, 1_000, 20_000)) {
      Figures figures = new Figures();
      for (int fork = 0; fork < forks; fork++) {
        for (String peer :
            quick ? List.of("parsec", "jackson") : List.of("parsec", "jackson", "moshi")) {
          figures.add(peer, measure(peer, hosts, quick));
        }
      }
      System.out.println("A page of " + hosts + " hosts, JMH, median of " + forks + " forks:\n");
      System.out.println(
          figures.table("us/page", "ns/host", "allocated.KB/page", "allocated.B/host"));
    }
  }

  private static Map<String, Double> measure(String peer, int hosts, boolean quick)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("\\b" + DecodeBenchmark.class.getSimpleName() + "\\." + peer + "$")
        .param("hosts", Integer.toString(hosts))
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .forks(1)
        .warmupIterations(quick ? 3 : 5)
        .warmupTime(TimeValue.milliseconds(quick ? 400 : 1_000))
        .measurementIterations(quick ? 3 : 5)
        .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000));
    Collection<RunResult> results = new Runner(options.build()).run();
    RunResult result = results.iterator().next();
    double micros = result.getPrimaryResult().getScore();
    double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
    return Map.of(
        "us/page", micros,
        "ns/host", micros * 1e3 / hosts,
        "allocated.KB/page", bytes / 1024,
        "allocated.B/host", bytes / hosts);
  }
}
