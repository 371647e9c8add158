// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofMillis(100);

  private static List<Duration> times(Latency latency, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, 10_000)
        .mapToObj(i -> latency.next(random))
        .sorted()
        .collect(Collectors.toList());
  }

  @Test
  void isTheSameEachTimeIfFixed() {
    assertThat(times(Latency.none(), 1)).containsOnly(Duration.ZERO);
    assertThat(times(Latency.fixed(SHORT), 1)).containsOnly(SHORT);
  }

  @Test
  void staysBetweenItsEndsIfUniform() {
    List<Duration> times = times(Latency.uniform(SHORT, LONG), 1);

    assertThat(times.get(0)).isBetween(SHORT, SHORT.plusMillis(1));
    assertThat(times.get(4_999)).isBetween(Duration.ofMillis(53), Duration.ofMillis(57));
    assertThat(times.get(9_999)).isBetween(LONG.minusMillis(1), LONG);
    assertThat(times(Latency.uniform(SHORT, SHORT), 1)).containsOnly(SHORT);
    assertThat(times(Latency.uniform(SHORT, SHORT.plusNanos(1)), 1))
        .contains(SHORT, SHORT.plusNanos(1));
  }

  @Test
  void hasItsMedianAndItsTailIfLongTailed() {
    List<Duration> times = times(Latency.longTailed(SHORT, LONG), 1);

    assertThat(times.get(4_999)).isBetween(Duration.ofMillis(9), Duration.ofMillis(11));
    assertThat(times.get(9_899)).isBetween(Duration.ofMillis(80), Duration.ofMillis(125));
    assertThat(times.get(9_999)).isBetween(LONG, LONG.multipliedBy(10));
    assertThat(times.get(0)).isPositive().isLessThan(SHORT);
  }

  @Test
  void isCutOffAtTenTimesTheTail() {
    Random far = new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public synchronized double nextGaussian() {
        return 1_000;
      }
    };

    assertThat(Latency.longTailed(SHORT, LONG).next(far)).isEqualTo(LONG.multipliedBy(10));
  }

  @Test
  void followsFromTheSeed() {
    for (Latency latency : List.of(Latency.uniform(SHORT, LONG), Latency.longTailed(SHORT, LONG))) {
      assertThat(times(latency, 7)).isEqualTo(times(latency, 7)).isNotEqualTo(times(latency, 8));
    }
  }

  @Test
  void isAValueThatPrintsLikeItsCall() {
    List<Latency> all = List.of(
        Latency.none(),
        Latency.fixed(SHORT),
        Latency.fixed(LONG),
        Latency.uniform(SHORT, SHORT),
        Latency.uniform(SHORT, LONG),
        Latency.longTailed(SHORT, LONG));

    assertThat(all).doesNotHaveDuplicates();
    assertThat(Latency.uniform(SHORT, LONG))
        .isEqualTo(Latency.uniform(SHORT, LONG))
        .hasSameHashCodeAs(Latency.uniform(SHORT, LONG))
        .isNotEqualTo("uniform");
    assertThat(all.toString())
        .isEqualTo("[none(), fixed(PT0.01S), fixed(PT0.1S), uniform(PT0.01S, PT0.01S), "
            + "uniform(PT0.01S, PT0.1S), longTailed(PT0.01S, PT0.1S)]");
  }

  @Test
  void refusesTimesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.fixed(Duration.ZERO))
        .withMessage("time must be positive and at most PT24H, was PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.fixed(Duration.ofDays(1).plusNanos(1)))
        .withMessageStartingWith("time must be positive and at most PT24H, was ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.uniform(SHORT, Duration.ofMillis(-1)))
        .withMessage("most must be positive and at most PT24H, was PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.uniform(LONG, SHORT))
        .withMessage("least must not be more than most, was PT0.1S and PT0.01S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.longTailed(LONG, SHORT))
        .withMessage("median must not be more than p99, was PT0.1S and PT0.01S");
    assertThatNullPointerException().isThrownBy(() -> Latency.fixed(null)).withMessage("time");
  }
}
