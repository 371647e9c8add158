// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service in trouble sees of many calls. */
class LoadTest {
  private final Bench bench = new Bench();

  @Test
  void aThousandClientsThatWereRefusedAtOneInstantDoNotComeBackAtOnce() {
    Random random = new Random(42);
    bench.timer().random(random::nextDouble);
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      bench.transport().last().answer(503, "");
      assertThat(call.isDone()).isFalse();
    }

    Map<Long, Long> inTenthsOfASecond = bench.listener().attempts().stream()
        .collect(Collectors.groupingBy(
            event -> event.retryIn().orElseThrow().toMillis() / 100, Collectors.counting()));

    assertThat(inTenthsOfASecond.values()).hasSize(10).allMatch(count -> count <= 150);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void oneClientRepeatsAFifthOfItsSuccessesAndFourMoreAtMost(int failureOutOf) {
    ParsecClient client = bench.client();
    int successes = 0;

    for (int i = 0; i < 1_000; i++) {
      boolean failing = i % failureOutOf == 0;
      CompletableFuture<HostPage> call = Bench.hosts(client);
      do {
        bench.transport().last().answer(failing ? 500 : 200, "hosts");
      } while (!call.isDone() && bench.timer().runNext());
      successes += failing ? 0 : 1;
    }

    assertThat(bench.exchanges()).isBetween(1_004, 1_004 + successes / 5);
  }
}
