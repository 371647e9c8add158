// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.ScriptedTransport.Exchange;
import io.parsec4j.api.fixture.VirtualTimer;
import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A wait for approval asks when a small model says, whatever the service answers, and ends as the model says. */
class ApprovalProperties {
  private static final Duration CALL_LIMIT = Duration.ofHours(12);
  private static final Duration ATTEMPT_LIMIT = Duration.ofHours(6);
  /** Longer than a code lives, and shorter than what is left of any limit. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  @Property(tries = 300)
  void anAsynchronousWaitDoesAsTheModel(@ForAll("scenarios") Scenario scenario) {
    Bench bench = new Bench();
    VirtualTimer timer = bench.timer();
    Record seen = new Record(timer);
    seen.play(bench, scenario, (latency, answer) -> {
      Timer.Task unused = timer.schedule(latency, answer);
    });
    CompletableFuture<Session> call =
        client(bench, timer).async().awaitApproval(scenario.code, seen::told);

    while (!call.isDone()) {
      assertThat(timer.runNext()).isTrue();
    }

    seen.end(call);
    assertThat(seen.lines).isEqualTo(model(scenario));
    assertThat(timer.pending()).isZero();
  }

  @Property(tries = 300)
  void aSynchronousWaitDoesAsTheModel(@ForAll("scenarios") Scenario scenario) {
    Bench bench = new Bench();
    VirtualTimer timer = bench.timer();
    Record seen = new Record(timer);
    seen.play(bench, scenario, (latency, answer) -> {
      timer.advance(latency);
      answer.run();
    });
    ParsecClient client = client(bench, new PassingTimer(timer));

    CompletableFuture<Session> result = new CompletableFuture<>();
    try {
      result.complete(client.awaitApproval(scenario.code, seen::told));
    } catch (ParsecException e) {
      result.completeExceptionally(e);
    }

    seen.end(result);
    assertThat(seen.lines).isEqualTo(model(scenario));
    assertThat(timer.pending()).isZero();
  }

  private static ParsecClient client(Bench bench, Timer timer) {
    return bench
        .builder()
        .timer(timer)
        .timeout(CALL_LIMIT)
        .attemptTimeout(ATTEMPT_LIMIT)
        .listener(new CallListener() {})
        .build();
  }

  /** What is to be seen from outside, in seconds and milliseconds since the beginning. */
  private static List<String> model(Scenario scenario) {
    List<String> lines = new ArrayList<>();
    long interval = Math.max(1_000, scenario.code.interval().toMillis());
    long life = Math.min(
        30 * 60_000L,
        Duration.between(VirtualTimer.BEGIN, scenario.code.expiresAt()).toMillis());
    int survived = 0;
    long time = interval;
    for (int number = 1; ; number++) {
      Answer answer = scenario.answer(number);
      lines.add("asked at " + time);
      time += answer.latency;
      boolean over = time >= life;
      switch (answer.kind) {
        case SESSION:
          lines.add("session");
          return lines;
        case REFUSAL:
          lines.add("ParsecApiException after " + survived);
          return lines;
        case DENIAL:
          lines.add((over ? "AuthCodeExpiredException" : "AuthCodeDeniedException") + " after "
              + survived);
          return lines;
        case PENDING:
          break;
        default:
          survived = Math.min(10, survived + 1);
      }
      if (over || answer.retryAfter > life - time) {
        lines.add("AuthCodeExpiredException after " + survived);
        return lines;
      }
      long wait = Math.max(interval, answer.retryAfter);
      lines.add("told of " + number + ": " + (answer.kind == Kind.PENDING ? "pending" : "failure")
          + ", next in " + wait + ", left " + (life - time));
      time += wait;
    }
  }

  /** What was seen from outside. */
  private static final class Record {
    private final List<String> lines = new ArrayList<>();
    private final VirtualTimer timer;

    Record(VirtualTimer timer) {
      this.timer = timer;
    }

    /** Lets each exchange, as it comes, be answered as the scenario says. */
    void play(Bench bench, Scenario scenario, Delay delay) {
      for (int number = 1; number <= scenario.longest(); number++) {
        Answer answer = scenario.answer(number);
        bench.transport().then(exchange -> {
          lines.add("asked at " + timer.elapsed().toMillis());
          assertThat(exchange.openBody()).endsWith(scenario.code.revealHash());
          delay.then(Duration.ofMillis(answer.latency), () -> answer.give(exchange));
        });
      }
    }

    void told(ApprovalPoll poll) {
      lines.add("told of " + poll.number() + ": "
          + (poll.failure().isEmpty() ? "pending" : "failure") + ", next in "
          + poll.nextIn().toMillis() + ", left " + poll.timeLeft().toMillis());
    }

    void end(CompletableFuture<Session> call) {
      if (call.isCompletedExceptionally()) {
        Throwable failure = failureOf(call);
        lines.add(failure.getClass().getSimpleName() + " after " + failure.getSuppressed().length);
      } else {
        lines.add("session");
      }
    }
  }

  @FunctionalInterface
  private interface Delay {
    void then(Duration latency, Runnable answer);
  }

  /** Lets a wait between two questions pass at once; the limits of a call are never reached. */
  private static final class PassingTimer implements Timer {
    private final VirtualTimer timer;

    PassingTimer(VirtualTimer timer) {
      this.timer = timer;
    }

    @Override
    public long nanoTime() {
      return timer.nanoTime();
    }

    @Override
    public Instant now() {
      return timer.now();
    }

    @Override
    public double random() {
      return timer.random();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
      Task scheduled = timer.schedule(delay, task);
      if (delay.compareTo(LONGEST_WAIT) < 0) {
        timer.advance(delay);
      }
      return scheduled;
    }
  }

  enum Kind {
    PENDING,
    SESSION,
    DENIAL,
    REFUSAL,
    NO_ANSWER,
    NO_JSON,
    BUSY
  }

  /** One answer of the service; times in milliseconds. */
  static final class Answer {
    private final Kind kind;
    private final long latency;
    private final long retryAfter;

    Answer(Kind kind, long latency, long retryAfter) {
      this.kind = kind;
      this.latency = latency;
      this.retryAfter = retryAfter;
    }

    void give(Exchange exchange) {
      switch (kind) {
        case PENDING:
          exchange.answer(202, "");
          break;
        case SESSION:
          exchange.answer(201, "session abc");
          break;
        case DENIAL:
          exchange.answer(401, "");
          break;
        case REFUSAL:
          exchange.answer(404, "");
          break;
        case NO_ANSWER:
          exchange.fail(FailureStage.EXCHANGE);
          break;
        case NO_JSON:
          exchange.answer(200, "<html>");
          break;
        default:
          exchange.answer(
              retryAfter % 2_000 == 0 ? 429 : 503,
              "",
              "Retry-After",
              Long.toString(retryAfter / 1_000));
      }
    }

    @Override
    public String toString() {
      return kind + " " + latency + " " + retryAfter;
    }
  }

  /** A code, and what the service answers about it; after the last answer, that it is not approved yet. */
  static final class Scenario {
    private final AuthCode code;
    private final List<Answer> answers;

    Scenario(AuthCode code, List<Answer> answers) {
      this.code = code;
      this.answers = answers;
    }

    Answer answer(int number) {
      return number <= answers.size() ? answers.get(number - 1) : new Answer(Kind.PENDING, 0, 0);
    }

    /** Returns more than how many answers a wait can need: one a second for half an hour. */
    int longest() {
      return 1_802 + answers.size();
    }

    @Override
    public String toString() {
      return code + " " + answers;
    }
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    Arbitrary<AuthCode> codes = Combinators.combine(
            Arbitraries.integers().between(0, 20_000), Arbitraries.integers().between(-5, 2_000))
        .as((interval, life) -> AuthCode.builder()
            .verificationUri(Bench.authCode().verificationUri())
            .userCode(Bench.USER_CODE)
            .hash(Bench.HASH)
            .interval(Duration.ofMillis(interval))
            .expiresAt(VirtualTimer.BEGIN.plusSeconds(life))
            .build());
    return Combinators.combine(codes, answers().list().ofMaxSize(30)).as(Scenario::new);
  }

  private static Arbitrary<Answer> answers() {
    Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.of(Kind.PENDING)),
        Tuple.of(20, Arbitraries.of(Kind.NO_ANSWER, Kind.NO_JSON, Kind.BUSY)),
        Tuple.of(1, Arbitraries.of(Kind.SESSION, Kind.DENIAL, Kind.REFUSAL)));
    Arbitrary<Integer> latencies =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(0, 20_000));
    Arbitrary<Integer> waits = Arbitraries.oneOf(
        Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 99_999));
    return Combinators.combine(kinds, latencies, waits)
        .as((kind, latency, wait) ->
            new Answer(kind, latency, kind == Kind.BUSY ? wait * 1_000L : 0));
  }
}
