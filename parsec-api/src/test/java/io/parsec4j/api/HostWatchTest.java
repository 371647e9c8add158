// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.ScriptedTransport.Exchange;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.fixture.Watcher;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportResponse;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostWatchTest {
  private static final Duration INTERVAL = ofSeconds(10);

  private final Bench bench = new Bench();
  private final ParsecClient client = bench.client();
  private final Flow.Publisher<HostsUpdate> watch = watch(client);
  private final Watcher watcher = Watcher.greedy();

  @Test
  void tellsOfEveryHostFirst() {
    watch.subscribe(watcher);
    answer("hosts a b");

    assertThat(watcher.told()).containsExactly("+a +b");
    assertThat(watcher.updates().get(0).page()).extracting(Host::peerId).containsExactly("a", "b");
  }

  @Test
  void tellsThatThereIsNoHost() {
    watch.subscribe(watcher);
    answer("hosts");

    assertThat(watcher.told()).containsExactly("");
  }

  @Test
  void tellsWhatAppearedChangedAndIsGone() {
    watch.subscribe(watcher);
    answer("hosts a b c=old");
    poll("hosts d c=new b");

    assertThat(watcher.told()).containsExactly("+a +b +c", "+d *c -a");
    HostChange change = watcher.updates().get(1).changes().get(1);
    assertThat(change.fields()).containsExactly(HostField.NAME);
    assertThat(change.before()).map(Host::name).contains("old");
    assertThat(change.host().name()).isEqualTo("new");
  }

  @Test
  void keepsSilentAndTheDemandWhileNothingChanges() {
    Watcher patient = Watcher.patient();
    watch.subscribe(patient);
    patient.request(2);
    answer("hosts a b");
    poll("hosts a b");
    poll("hosts b a");
    poll("hosts b");

    assertThat(patient.told()).containsExactly("+a +b", "-a");
  }

  @Test
  void makesOneUpdateOfAllThatHappenedWithoutDemand() {
    Watcher patient = Watcher.patient();
    watch.subscribe(patient);
    answer("hosts a=1 b c");
    patient.request(1);
    poll("hosts a=2 c d");
    poll("hosts a=3 d e");
    assertThat(patient.told()).containsExactly("+a +b +c");

    patient.request(1);

    assertThat(patient.told()).containsExactly("+a +b +c", "*a +d +e -b -c");
    assertThat(patient.updates().get(1).page())
        .extracting(Host::peerId)
        .containsExactly("a", "d", "e");
  }

  @Test
  void doesNotTellOfWhatCameAndWentUnasked() {
    Watcher patient = Watcher.patient();
    watch.subscribe(patient);
    patient.request(1);
    answer("hosts a=1");
    poll("hosts a=2 b");
    poll("hosts a=1");
    patient.request(1);
    assertThat(patient.told()).containsExactly("+a");

    poll("hosts a=2");

    assertThat(patient.told()).containsExactly("+a", "*a");
  }

  @Test
  void keepsHostsThatACutListLeavesOut() {
    watch.subscribe(watcher);
    answer("hosts a b=old c");
    poll("hosts a ...");
    assertThat(watcher.told()).containsExactly("+a +b +c");
    poll("hosts b=new ...");
    poll("hosts b=new");

    assertThat(watcher.told()).containsExactly("+a +b +c", "*b", "-a -c");
  }

  @Test
  void takesTheFirstOfHostsWithOnePeerId() {
    watch.subscribe(watcher);
    answer("hosts a=1 a=2");
    poll("hosts a=1 a=3");

    assertThat(watcher.told()).containsExactly("+a");
    assertThat(watcher.updates().get(0).changes().get(0).host().name()).isEqualTo("1");
  }

  @Test
  void pollsOnlyWhileSomebodyIsSubscribed() {
    bench.timer().advance(ofMinutes(1));
    assertThat(bench.exchanges()).isZero();

    watch.subscribe(watcher);
    assertThat(bench.exchanges()).isEqualTo(1);
    answer("hosts a");
    watcher.cancel();
    bench.timer().advance(ofMinutes(1));

    assertThat(bench.exchanges()).isEqualTo(1);
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void sharesOnePollAndGivesThoseWhoComeLateWhatIsThere() {
    Watcher late = Watcher.greedy();
    watch.subscribe(watcher);
    answer("hosts a");
    poll("hosts a b c");
    poll("hosts a b ...");

    watch.subscribe(late);
    assertThat(late.told()).containsExactly("+a +b +c");
    poll("hosts b c");

    assertThat(late.told()).containsExactly("+a +b +c", "-a");
    assertThat(watcher.told()).containsExactly("+a", "+b +c", "-a");
    assertThat(bench.exchanges()).isEqualTo(4);
  }

  @Test
  void leavesNothingInTheClientAfterTheLastSubscriber() {
    // A transport that, unlike the scripted one, keeps no request.
    ParsecClient kept =
        bench.builder().transport(request -> new CompletableFuture<>()).build();
    WeakReference<RetryPolicy> policy = cancelledWatch(kept);

    Threads.await(() -> {
      System.gc();
      return policy.get() == null;
    });
    kept.close();
  }

  /** Returns a policy that nobody holds but the view and its watch. */
  private static WeakReference<RetryPolicy> cancelledWatch(ParsecClient kept) {
    Watcher once = Watcher.greedy();
    Optional<Duration> wait = Optional.of(ofSeconds(1));
    RetryPolicy policy = (failed, random) -> wait;
    watch(kept.with(CallOptions.builder().retryPolicy(policy).build())).subscribe(once);
    once.cancel();
    return new WeakReference<>(policy);
  }

  @Test
  void pollsForEachPublisherByItself() {
    watch.subscribe(watcher);
    watch(client).subscribe(Watcher.greedy());

    assertThat(bench.exchanges()).isEqualTo(2);
  }

  @Test
  void waitsFromTheEndOfAPoll() {
    watch.subscribe(watcher);
    bench.timer().advance(ofSeconds(7));
    answer("hosts a");
    bench.timer().advance(ofMillis(9_999));
    assertThat(bench.exchanges()).isEqualTo(1);
    bench.timer().advance(ofMillis(1));
    assertThat(bench.exchanges()).isEqualTo(2);
  }

  @Test
  void spreadsTheIntervalByATenth() {
    watch.subscribe(watcher);
    bench.timer().random(() -> 0);
    answer("hosts a");
    assertThat(bench.timer().untilNext()).isEqualTo(ofSeconds(9));
    bench.timer().advance(ofSeconds(9));
    bench.timer().random(() -> 1);
    answer("hosts a");

    assertThat(bench.timer().untilNext()).isEqualTo(ofSeconds(11));
  }

  @Test
  void slowsDownWithEachFailureAndRecoversAtOnce() {
    watch.subscribe(watcher);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      bench.transport().last().answer(501, "");
      pauses.add(bench.timer().untilNext());
      bench.timer().advance(pauses.get(i));
    }
    answer("hosts a");

    assertThat(pauses)
        .containsExactly(
            ofSeconds(20),
            ofSeconds(40),
            ofSeconds(80),
            ofSeconds(160),
            ofMinutes(5),
            ofMinutes(5),
            ofMinutes(5));
    assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);
    assertThat(watcher.told()).containsExactly("+a");
  }

  @Test
  void reachesTheLongestPauseFromTheShortestIntervalToo() {
    client.watchHosts(Bench.session(), HostQuery.any(), ofSeconds(1)).subscribe(watcher);
    Duration pause = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      bench.transport().last().answer(501, "");
      pause = bench.timer().untilNext();
      bench.timer().advance(pause);
    }

    assertThat(pause).isEqualTo(ofMinutes(5));
  }

  @Test
  void doesNotSlowDownAnIntervalThatIsLongerThanTheLongestPause() {
    client.watchHosts(Bench.session(), HostQuery.any(), ofDays(1)).subscribe(watcher);
    bench.transport().last().answer(501, "");

    assertThat(bench.timer().untilNext()).isEqualTo(ofDays(1));
  }

  @Test
  void waitsAsLongAsTheServiceAsks() {
    ParsecClient once =
        bench.builder().retryPolicy(RetryPolicy.standard().withMaxAttempts(1)).build();
    watch(once).subscribe(watcher);
    bench.transport().last().answer(429, "", "Retry-After", "600");
    Duration asked = bench.timer().untilNext();
    bench.timer().advance(asked);
    bench.transport().last().answer(503, "", "Retry-After", "1");

    assertThat(asked).isEqualTo(ofMinutes(10).plus(ofMillis(500)));
    assertThat(bench.timer().untilNext()).isEqualTo(ofSeconds(40));
  }

  @Test
  void survivesADateThatNobodyWaitsFor() {
    ParsecClient once =
        bench.builder().retryPolicy(RetryPolicy.standard().withMaxAttempts(1)).build();
    watch(once).subscribe(watcher);
    bench.transport().last().answer(503, "", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");

    assertThat(watcher.told()).isEmpty();
    assertThat(bench.timer().untilNext()).isEqualTo(ofDays(1).plus(ofMillis(500)));
  }

  static Stream<Named<Consumer<Exchange>>> passingFailures() {
    return Stream.of(
        Named.of("redirect", e -> e.answer(302, "")),
        Named.of("408", e -> e.answer(408, "")),
        Named.of("429", e -> e.answer(429, "")),
        Named.of("500", e -> e.answer(500, "")),
        Named.of("undecodable", e -> e.answer(200, "<html>")),
        Named.of("no connection", e -> e.fail(FailureStage.CONNECT)),
        Named.of("TLS", e -> e.fail(FailureStage.TLS)),
        Named.of("no answer", e -> {}));
  }

  @ParameterizedTest
  @MethodSource("passingFailures")
  void survivesWhatMayPass(Consumer<Exchange> failure) {
    watch.subscribe(watcher);
    answer("hosts a b");
    bench.timer().advance(INTERVAL);
    int calls = bench.listener().calls().size();
    while (bench.listener().calls().size() == calls) {
      failure.accept(bench.transport().last());
      assertThat(bench.timer().runNext()).isTrue();
    }
    while (bench.transport().last().isDone()) {
      assertThat(bench.timer().runNext()).isTrue();
    }
    answer("hosts b");

    assertThat(bench.listener().calls())
        .extracting(event -> event.outcome() == CallEvent.Outcome.SUCCESS)
        .containsExactly(true, false, true);
    assertThat(watcher.told()).containsExactly("+a +b", "-a");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 499})
  void endsWithWhatPollingAgainCannotMend(int status) {
    Watcher other = Watcher.patient();
    watch.subscribe(watcher);
    watch.subscribe(other);
    answer("hosts a");
    bench.timer().advance(INTERVAL);
    bench.transport().last().answer(status, "error: no " + Bench.TOKEN);

    assertThat(watcher.told()).containsExactly("+a", "error");
    assertThat(other.told()).containsExactly("error");
    assertThat(watcher.failure())
        .isInstanceOf(
            status == 401 || status == 403
                ? InvalidSessionException.class
                : ParsecApiException.class)
        .hasMessageNotContaining("C4NARY");
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void beginsAnewForWhoeverSubscribesAfterAnError() {
    watch.subscribe(watcher);
    answer("hosts a");
    bench.timer().advance(INTERVAL);
    bench.transport().last().answer(401, "");
    Watcher next = Watcher.greedy();

    watch.subscribe(next);
    answer("hosts b");

    assertThat(next.told()).containsExactly("+b");
    assertThat(watcher.told()).containsExactly("+a", "error");
  }

  @Test
  void abortsThePollWhenTheLastSubscriberCancels() {
    Watcher other = Watcher.greedy();
    watch.subscribe(watcher);
    watch.subscribe(other);

    watcher.cancel();
    assertThat(bench.exchange(1).isCancelled()).isFalse();
    other.cancel();

    assertThat(bench.exchange(1).cancelledWithTrue()).isTrue();
    assertThat(bench.timer().pending()).isZero();
    assertThat(other.told()).isEmpty();
  }

  @Test
  void goesOnForOthersWhenOneCancels() {
    Watcher other = Watcher.greedy();
    watch.subscribe(watcher);
    watch.subscribe(other);
    answer("hosts a");
    watcher.cancel();
    watcher.cancel();
    watcher.request(1);
    poll("hosts b");

    assertThat(watcher.told()).containsExactly("+a");
    assertThat(other.told()).containsExactly("+a", "+b -a");
  }

  @Test
  void beginsAnewAfterTheLastSubscriberCancelled() {
    watch.subscribe(watcher);
    answer("hosts a");
    watcher.cancel();
    Watcher next = Watcher.greedy();

    watch.subscribe(next);

    assertThat(next.told()).isEmpty();
    answer("hosts b");
    assertThat(next.told()).containsExactly("+b");
  }

  @Test
  void losesNoSubscriberWhoComesWhileTheLastOneCancels() throws Exception {
    int rounds = 100_000;
    ParsecClient answered = bench
        .builder()
        .transport(request -> CompletableFuture.completedFuture(
            TransportResponse.of(200, Headers.of(), "hosts a".getBytes(StandardCharsets.UTF_8))))
        .build();
    Flow.Publisher<HostsUpdate> shared = watch(answered);
    AtomicBoolean over = new AtomicBoolean();
    Threads.Running<Boolean> others = Threads.start(() -> {
      while (!over.get()) {
        Watcher brief = Watcher.patient();
        shared.subscribe(brief);
        // The thread that tells of a poll may be the one to introduce it.
        Threads.await(brief::isSubscribed);
        brief.cancel();
      }
      return true;
    });

    try {
      for (int i = 0; i < rounds; i++) {
        Watcher stays = Watcher.greedy();
        shared.subscribe(stays);
        Threads.await(() -> !stays.told().isEmpty());
        stays.cancel();
      }
    } finally {
      over.set(true);
    }

    assertThat(others.await()).isCompletedWithValue(true);
    assertThat(bench.timer().pending()).as("waits of polls that nobody ends").isZero();
  }

  @Test
  void pollsNotAtAllIfCancelledAtOnce() {
    watch.subscribe(new Watcher(0) {
      @Override
      public void onSubscribe(Flow.Subscription s) {
        s.cancel();
      }
    });

    assertThat(bench.exchanges()).isZero();
    assertThat(bench.timer().pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void completesWhenTheClientIsClosed(boolean between) {
    Watcher patient = Watcher.patient();
    watch.subscribe(watcher);
    watch.subscribe(patient);
    if (between) {
      answer("hosts");
    }

    client.close();

    assertThat(watcher.told()).endsWith("complete");
    assertThat(patient.told()).containsExactly("complete");
    assertThat(bench.timer().pending()).isZero();
    assertThat(bench.transport().last()).isDone();
  }

  @Test
  void completesAtOnceIfTheClientIsClosed() {
    client.close();

    watch.subscribe(watcher);

    assertThat(watcher.isSubscribed()).isTrue();
    assertThat(watcher.told()).containsExactly("complete");
    assertThat(bench.exchanges()).isZero();
  }

  @Test
  void pollsWithTheLimitsOfTheView() {
    watch(client.with(CallOptions.timeout(ofSeconds(3)))).subscribe(watcher);
    bench.timer().advance(ofSeconds(3));

    assertThat(bench.exchange(1)).isCancelled();
    assertThat(bench.timer().untilNext()).isEqualTo(ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refusesARequestForNothing(long n) {
    Watcher patient = Watcher.patient();
    watch.subscribe(patient);
    patient.request(n);

    assertThat(patient.told()).containsExactly("error");
    assertThat(patient.failure())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n must be positive, was " + n + "; see §3.9 of Reactive Streams");
    assertThat(bench.exchange(1)).isCancelled();
  }

  @Test
  void refusesNoSubscriber() {
    assertThatNullPointerException()
        .isThrownBy(() -> watch.subscribe(null))
        .withMessage("subscriber");
  }

  @Test
  void tellsASubscriberThatThrowsNothingMoreAndOthersAll() {
    Watcher throwing = new Watcher(Long.MAX_VALUE) {
      @Override
      public void onNext(HostsUpdate update) {
        super.onNext(update);
        throw new IllegalStateException("broken");
      }
    };
    watch.subscribe(throwing);
    watch.subscribe(watcher);
    answer("hosts a");
    poll("hosts b");

    assertThat(throwing.told()).containsExactly("+a");
    assertThat(watcher.told()).containsExactly("+a", "+b -a");
  }

  @Test
  void stopsWhenItsOnlySubscriberThrows() {
    watch.subscribe(new Watcher(1) {
      @Override
      public void onSubscribe(Flow.Subscription s) {
        throw new StackOverflowError("broken");
      }
    });

    assertThat(bench.exchanges()).isZero();
  }

  @Test
  void signalsOnTheExecutorAlone() {
    List<Runnable> steps = new ArrayList<>();
    watch(bench.builder().executor(steps::add).build()).subscribe(watcher);
    assertThat(watcher.isSubscribed()).isFalse();
    runAll(steps);
    answer("hosts a");
    assertThat(watcher.told()).isEmpty();
    runAll(steps);
    assertThat(watcher.told()).containsExactly("+a");

    watcher.cancel();
  }

  @Test
  void completesOnCloseWhateverTheExecutorDoes() {
    ParsecClient dropping = bench.builder().executor(step -> {}).build();
    watch(dropping).subscribe(watcher);

    dropping.close();
    bench.timer().advance(ofSeconds(1));

    Threads.await(() -> watcher.told().contains("complete"));
    assertThat(watcher.isSubscribed()).isTrue();
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void pollsOnAfterTheExecutorHasDroppedAStep() {
    AtomicBoolean drops = new AtomicBoolean();
    ParsecClient lossy = bench
        .builder()
        .executor(step -> {
          if (!drops.get()) {
            step.run();
          }
        })
        .build();
    watch(lossy).subscribe(watcher);
    answer("hosts a");
    drops.set(true);
    bench.timer().advance(INTERVAL.plusSeconds(1));
    Threads.await(() -> bench.exchanges() == 2);
    drops.set(false);
    answer("hosts b");

    // The answer may be told on the thread of the poll, if it comes before that has begun to wait.
    Threads.await(() -> watcher.told().size() == 2);
    assertThat(watcher.told()).containsExactly("+a", "+b -a");
  }

  @Test
  void endsWithAnErrorIfTheTimerThrows() {
    Timer broken = new Timer() {
      @Override
      public long nanoTime() {
        return bench.timer().nanoTime();
      }

      @Override
      public Instant now() {
        return bench.timer().now();
      }

      @Override
      public double random() {
        throw new IllegalStateException("broken");
      }

      @Override
      public Task schedule(Duration delay, Runnable task) {
        return bench.timer().schedule(delay, task);
      }
    };
    watch(bench.builder().timer(broken).build()).subscribe(watcher);
    answer("hosts a");

    assertThat(watcher.told()).endsWith("error");
    assertThat(watcher.failure())
        .isInstanceOf(ParsecException.class)
        .hasMessage("hosts cannot be watched any more: java.lang.IllegalStateException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "PT24H0.001S"})
  void refusesAnIntervalOutOfRange(String interval) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> client.watchHosts(Bench.session(), HostQuery.any(), Duration.parse(interval)))
        .withMessage("interval must be from PT1S to PT24H, was " + Duration.parse(interval)
            + "; the service limits how often it is called");
  }

  private static Flow.Publisher<HostsUpdate> watch(ParsecClient client) {
    return client.watchHosts(Bench.session(), HostQuery.any(), INTERVAL);
  }

  private void answer(String hosts) {
    bench.transport().last().answer(200, hosts);
  }

  /** Lets an interval pass and answers the next poll. */
  private void poll(String hosts) {
    int before = bench.exchanges();
    bench.timer().advance(INTERVAL);
    assertThat(bench.exchanges()).isEqualTo(before + 1);
    answer(hosts);
  }

  private static void runAll(List<Runnable> steps) {
    while (!steps.isEmpty()) {
      steps.remove(0).run();
    }
  }
}
