// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.ScriptedTransport.Exchange;
import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Generated schedules of what happens to attempts, run by the engine and by a model that knows only what the
 * documentation promises.
 */
class EngineProperties {
  private static final List<Integer> RETRIED = List.of(408, 429, 500, 502, 503, 504);

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(onFailureOnly = true)
  void theEngineDoesWhatTheModelSays(@ForAll("schedules") Schedule schedule) {
    Bench bench = new Bench();
    int[] draws = {0};
    bench.timer().random(() -> schedule.random(draws[0]++));
    ParsecClient.Builder builder =
        bench.builder().timeout(schedule.timeout).attemptTimeout(schedule.attemptTimeout);
    if (schedule.stubborn) {
      builder = builder.retryPolicy((failed, random) -> Optional.of(Duration.ZERO));
    }
    ParsecClient client = builder.build();
    Model model = new Model(schedule);

    CompletableFuture<?> call = schedule.signIn ? Bench.signIn(client) : Bench.hosts(client);
    List<Boolean> outcomes = new ArrayList<>();
    CompletableFuture<Boolean> ends =
        call.handle((value, failure) -> outcomes.add(failure == null));
    List<Integer> opened = new ArrayList<>();
    List<Timer.Task> plays = new ArrayList<>();
    do {
      while (plays.size() < bench.exchanges()) {
        int number = plays.size() + 1;
        plays.add(play(bench, schedule.happening(number), opened, number));
      }
    } while (!call.isDone() && bench.timer().runNext());
    plays.forEach(Timer.Task::cancel);

    assertThat(ends).isDone();
    assertThat(outcomes).containsExactly(model.success);
    assertThat(bench.timer().elapsed())
        .isEqualTo(model.elapsed)
        .isLessThanOrEqualTo(schedule.timeout);
    assertThat(bench.exchanges()).isEqualTo(model.attempts);
    assertThat(bench.timer().pending()).isZero();
    assertThat(bench.listener().calls()).singleElement().satisfies(event -> {
      assertThat(event.attempts()).isEqualTo(model.attempts);
      assertThat(event.elapsed()).isEqualTo(model.elapsed);
    });
    assertThat(bench.listener().attempts())
        .extracting(AttemptEvent::attempt)
        .containsExactlyElementsOf(model.numbers());
    assertThat(bench.listener().attempts())
        .extracting(event -> event.retryIn().orElse(Duration.ofNanos(-1)))
        .containsExactlyElementsOf(model.waits);
    if (schedule.signIn) {
      assertThat(opened).hasSizeLessThanOrEqualTo(1);
      assertThat(bench.exchanges()).isLessThanOrEqualTo(2);
    }
    for (Exchange exchange : bench.transport().exchanges()) {
      assertThat(exchange.timesCancelled()).isLessThanOrEqualTo(1);
      assertThat(exchange).isDone();
    }
    Statistics.collect(schedule.signIn, model.attempts, model.success);
    Statistics.coverage(coverage -> {
      for (int attempts = 1; attempts <= 5; attempts++) {
        coverage.check(false, attempts, false).count(times -> times > 0);
      }
      for (int attempts = 1; attempts <= 3; attempts++) {
        coverage.check(false, attempts, true).count(times -> times > 0);
      }
      for (int attempts = 1; attempts <= 2; attempts++) {
        coverage.check(true, attempts, false).count(times -> times > 0);
        coverage.check(true, attempts, true).count(times -> times > 0);
      }
    });
  }

  /** Lets an attempt begin and puts down its end for later. */
  private static Timer.Task play(
      Bench bench, Happening happening, List<Integer> opened, int number) {
    Exchange exchange = bench.exchange(number);
    if (happening.opens && exchange.request().bodyLength().isPresent()) {
      assertThat(exchange.openBody()).contains(Bench.PASSWORD);
      opened.add(number);
    }
    return bench.timer().schedule(happening.delay, () -> {
      if (happening.stage != null) {
        exchange.fail(happening.stage);
      } else if (happening.retryAfter > 0) {
        exchange.answer(
            happening.status, "", "Retry-After", Integer.toString(happening.retryAfter));
      } else {
        exchange.answer(happening.status, happening.status == 200 ? happening.success : "");
      }
    });
  }

  /** What the documentation promises, in one loop without callbacks. */
  private static final class Model {
    private final List<Duration> waits = new ArrayList<>();
    private final int attempts;
    private final boolean success;
    private final Duration elapsed;

    Model(Schedule schedule) {
      long deadline = schedule.timeout.toNanos();
      long now = 0;
      int number = 0;
      int tokens = 20;
      int draws = 0;
      boolean done = false;
      while (true) {
        number++;
        Happening happening = schedule.happening(number);
        long limit = Math.min(schedule.attemptTimeout.toNanos(), deadline - now);
        boolean late = happening.delay.toNanos() >= limit;
        now += late ? limit : happening.delay.toNanos();
        if (now >= deadline) {
          waits.add(Duration.ofNanos(-1));
          break;
        }
        FailureStage stage = late ? FailureStage.TIMEOUT : happening.stage;
        int status = late || happening.stage != null ? 0 : happening.status;
        if (status == 200) {
          waits.add(Duration.ofNanos(-1));
          done = true;
          break;
        }
        long wait = -1;
        boolean sayable = !schedule.signIn || (!happening.opens && number == 1);
        if (sayable) {
          double random = schedule.random(draws++);
          wait = schedule.stubborn ? 0 : standardWait(happening, status, stage, number, random);
        }
        int cost = status == 429 || status == 503 ? 10 : 5;
        if (wait < 0 || wait >= deadline - now || tokens < cost) {
          waits.add(Duration.ofNanos(-1));
          break;
        }
        tokens -= cost;
        waits.add(Duration.ofNanos(wait));
        now += wait;
      }
      this.attempts = number;
      this.success = done;
      this.elapsed = Duration.ofNanos(now);
    }

    private static long standardWait(
        Happening happening, int status, FailureStage stage, int number, double random) {
      boolean again = status != 0
          ? RETRIED.contains(status)
          : stage != FailureStage.TLS && stage != FailureStage.TOO_LARGE;
      if (!again || number >= 3) {
        return -1;
      }
      long base = status == 429 || status == 503 ? 1_000_000_000L : 200_000_000L;
      long backoff = (long) (random * (base << (number - 1)));
      assertThat(backoff).isBetween(0L, base << (number - 1));
      if (status == 0 || happening.retryAfter == 0) {
        return backoff;
      }
      if (happening.retryAfter > 30) {
        return -1;
      }
      return Math.max(
          backoff, happening.retryAfter * 1_000_000_000L + (long) (random * 250_000_000L));
    }

    List<Integer> numbers() {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 1; i <= attempts; i++) {
        numbers.add(i);
      }
      return numbers;
    }
  }

  /** What happens to one attempt. */
  static final class Happening {
    private final boolean opens;
    private final Duration delay;
    private final FailureStage stage;
    private final int status;
    private final int retryAfter;
    private final String success;

    Happening(
        boolean opens,
        Duration delay,
        FailureStage stage,
        int status,
        int retryAfter,
        String success) {
      this.opens = opens;
      this.delay = delay;
      this.stage = stage;
      this.status = status;
      this.retryAfter = retryAfter;
      this.success = success;
    }

    @Override
    public String toString() {
      return "{" + (opens ? "opened, " : "") + delay + ", " + (stage != null ? stage : status)
          + (retryAfter > 0 ? ", Retry-After " + retryAfter : "") + "}";
    }
  }

  static final class Schedule {
    private final boolean signIn;
    private final boolean stubborn;
    private final Duration timeout;
    private final Duration attemptTimeout;
    private final List<Happening> happenings;
    private final List<Double> randoms;

    Schedule(
        boolean signIn,
        boolean stubborn,
        Duration timeout,
        Duration attemptTimeout,
        List<Happening> happenings,
        List<Double> randoms) {
      this.signIn = signIn;
      this.stubborn = stubborn;
      this.timeout = timeout;
      this.attemptTimeout = attemptTimeout;
      this.happenings = happenings;
      this.randoms = randoms;
    }

    Happening happening(int number) {
      return happenings.get(Math.min(number, happenings.size()) - 1);
    }

    double random(int draw) {
      return randoms.get(draw % randoms.size());
    }

    @Override
    public String toString() {
      return (signIn ? "sign-in" : "hosts") + (stubborn ? " again and again" : "") + " within "
          + timeout + "/" + attemptTimeout + " " + happenings + " " + randoms;
    }
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    Arbitrary<Boolean> stubborn = Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true)));
    return Arbitraries.of(true, false)
        .flatMap(signIn -> Combinators.combine(
                stubborn,
                Arbitraries.of("PT30S", "PT12S", "PT2S", "PT0.2S").map(Duration::parse),
                Arbitraries.of("PT10S", "PT3S", "PT30S", "PT0.1S").map(Duration::parse),
                happenings(signIn).list().ofMinSize(1).ofMaxSize(6),
                Arbitraries.doubles()
                    .between(0, true, 1, false)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(6))
            .as((again, timeout, attemptTimeout, happenings, randoms) ->
                new Schedule(signIn, again, timeout, attemptTimeout, happenings, randoms)));
  }

  private static Arbitrary<Happening> happenings(boolean signIn) {
    Arbitrary<Boolean> opens = Arbitraries.of(true, false);
    Arbitrary<Duration> delay = Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 100L, 199L, 200L, 2_999L, 3_000L, 10_000L, 40_000L),
            Arbitraries.longs().between(0, 5_000))
        .map(Duration::ofMillis);
    Arbitrary<FailureStage> stage = Arbitraries.of(FailureStage.class).injectNull(0.6);
    Arbitrary<Integer> status = Arbitraries.of(
        200, 200, 200, 200, 200, 301, 400, 401, 404, 408, 429, 500, 501, 502, 503, 504);
    Arbitrary<Integer> retryAfter = Arbitraries.of(0, 0, 0, 1, 2, 9, 29, 30, 31, 99_999);
    String success = signIn ? "session abc" : "hosts a";
    return Combinators.combine(opens, delay, stage, status, retryAfter)
        .as((o, d, g, s, r) -> new Happening(o, d, g, s, s == 200 ? 0 : r, success));
  }
}
