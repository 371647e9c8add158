// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures of several peers and several forks; prints medians and their ratio to the first peer. */
public final class Figures {
  private final Map<String, Map<String, List<Double>>> byPeer = new LinkedHashMap<>();

  /** Adds the figures of one fork. */
  public void add(String peer, Map<String, Double> figures) {
    Map<String, List<Double>> known = byPeer.computeIfAbsent(peer, p -> new LinkedHashMap<>());
    figures.forEach(
        (name, figure) -> known.computeIfAbsent(name, n -> new ArrayList<>()).add(figure));
  }

  /** Returns the middle one; of an even number the mean of the two in the middle. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns a Markdown table: a row for each peer, and for each figure its median and its ratio to the first row. */
  public String table(String... names) {
    StringBuilder text = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("|---|");
    for (String name : names) {
      text.append(' ').append(name).append(" | x |");
      rule.append("---:|---:|");
    }
    text.append('\n').append(rule).append('\n');
    Map<String, List<Double>> first = byPeer.values().iterator().next();
    byPeer.forEach((peer, figures) -> {
      text.append("| ").append(peer).append(" |");
      for (String name : names) {
        double value = median(figures.getOrDefault(name, List.of(Double.NaN)));
        double base = median(first.getOrDefault(name, List.of(Double.NaN)));
        text.append(String.format(Locale.ROOT, " %s | %.2f |", number(value), value / base));
      }
      text.append('\n');
    });
    return text.toString();
  }

  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
