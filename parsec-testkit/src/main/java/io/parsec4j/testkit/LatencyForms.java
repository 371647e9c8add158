// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.JsonMembers;
import java.time.Duration;
import java.util.List;

/** The latencies that the control API knows: a form for each factory method of {@link Latency}. */
final class LatencyForms {
  static final List<Form<Latency>> ALL = List.of(
      new Form<>("none", List.of(), List.of(), json -> Latency.none()),
      new Form<>(
          "fixed",
          List.of("timeMillis"),
          List.of(),
          json -> Latency.fixed(millis(json, "timeMillis", 1))),
      new Form<>("uniform", List.of("leastMillis", "mostMillis"), List.of(), json -> {
        Duration least = millis(json, "leastMillis", 1);
        return Latency.uniform(least, millis(json, "mostMillis", least.toMillis()));
      }),
      new Form<>("longTailed", List.of("medianMillis", "p99Millis"), List.of(), json -> {
        Duration median = millis(json, "medianMillis", 1);
        return Latency.longTailed(median, millis(json, "p99Millis", median.toMillis()));
      }));

  private LatencyForms() {}

  private static Duration millis(JsonMembers json, String name, long least) {
    return Duration.ofMillis(json.requiredNumber(name, least, Duration.ofDays(1).toMillis()));
  }
}
