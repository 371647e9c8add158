// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks;

import io.parsec4j.benchmarks.call.CallReport;
import io.parsec4j.benchmarks.decode.DecodeReport;
import io.parsec4j.benchmarks.growth.GrowthReport;
import io.parsec4j.benchmarks.many.ManyReport;
import io.parsec4j.benchmarks.server.ServerReport;
import io.parsec4j.benchmarks.start.StartReport;
import java.util.List;

/** Runs the measurements that are named, or all of them, and prints their tables. */
public final class Main {
  private static final List<String> ALL =
      List.of("call", "decode", "start", "many", "growth", "server");

  private Main() {}

  /**
   * Runs measurements one after the other.
   *
   * @param args their names; {@code quick} shortens those that follow
   */
  public static void main(String... args) throws Exception {
    boolean quick = List.of(args).contains("quick");
    List<String> named =
        List.of(args).stream().filter(name -> !name.equals("quick")).toList();
    for (String name : named.isEmpty() ? ALL : named) {
      switch (name) {
        case "call" -> CallReport.print(quick);
        case "decode" -> DecodeReport.print(quick);
        case "start" -> StartReport.print(quick);
        case "many" -> ManyReport.print(quick);
        case "growth" -> GrowthReport.print(quick);
        case "server" -> ServerReport.print(quick);
        default -> throw new IllegalArgumentException("no such measurement; there are " + ALL);
      }
    }
  }
}
