// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.ScriptedTransport.Exchange;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.fixture.Threads.Running;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GiveUpTest {
  private final Bench bench = new Bench();

  static Stream<Named<Consumer<CompletableFuture<HostPage>>>> ways() {
    return Stream.of(
        Named.of("cancel(true)", f -> f.cancel(true)),
        Named.of("cancel(false)", f -> f.cancel(false)),
        Named.of("complete", f -> f.complete(HostPage.of(List.of(), true))),
        Named.of("completeExceptionally", f -> f.completeExceptionally(new TimeoutException())),
        Named.of("completeAsync", f -> f.completeAsync(() -> HostPage.of(List.of(), true))),
        Named.of(
            "failing completeAsync",
            f -> f.completeAsync(() -> {
              throw new IllegalStateException();
            })),
        Named.of("cancel of thenApply", f -> f.thenApply(HostPage::hosts).cancel(true)),
        Named.of(
            "cancel of thenApplyAsync", f -> f.thenApplyAsync(HostPage::hosts).cancel(true)),
        Named.of("cancel of whenComplete", f -> f.whenComplete((v, e) -> {}).cancel(true)),
        Named.of(
            "cancel of thenCompose",
            f -> f.thenCompose(CompletableFuture::completedFuture).cancel(true)),
        Named.of("cancel of copy", f -> f.copy().cancel(true)),
        Named.of(
            "cancel of a chain",
            f -> f.thenApply(p -> p).exceptionally(e -> null).cancel(true)),
        Named.of("complete of thenApply", f -> f.thenApply(p -> 1).complete(2)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void duringAnExchangeCancelsItOnce(Consumer<CompletableFuture<HostPage>> way) {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());

    way.accept(call);
    way.accept(call);

    Exchange exchange = bench.exchange(1);
    assertThat(exchange.timesCancelled()).isEqualTo(1);
    assertThat(exchange.cancelledWithTrue()).isTrue();
    assertNothingFollows();
    assertThat(call).isDone();
    assertThat(bench.listener().calls()).singleElement().satisfies(event -> {
      assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.CANCELLED);
      assertThat(event.attempts()).isEqualTo(1);
    });
    assertThat(bench.listener().attempts()).singleElement().satisfies(event -> {
      assertThat(event.isSuccess()).isFalse();
      assertThat(event.stage()).isEmpty();
      assertThat(event.status()).isEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void duringTheBackOffStartsNothingMore(Consumer<CompletableFuture<HostPage>> way) {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());
    bench.exchange(1).answer(500, "");

    way.accept(call);

    assertNothingFollows();
    assertThat(bench.exchange(1).timesCancelled()).isZero();
    assertThat(bench.listener().attempts()).hasSize(1);
    assertThat(bench.listener().calls()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void duringTheSecondAttemptCancelsThatOne(Consumer<CompletableFuture<HostPage>> way) {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());
    bench.timer().advance(Duration.ofMillis(10_100));

    way.accept(call);

    assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
    assertThat(bench.exchange(2).timesCancelled()).isEqualTo(1);
    assertThat(bench.exchanges()).isEqualTo(2);
    assertThat(bench.timer().pending()).isZero();
    assertThat(bench.listener().attempts()).hasSize(2);
  }

  @Test
  void afterTheEndDoesNothing() {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());
    CompletableFuture<List<Host>> derived = call.thenApply(HostPage::hosts);
    bench.exchange(1).answer(200, "hosts");

    assertThat(call.cancel(true)).isFalse();
    assertThat(derived.cancel(true)).isFalse();

    assertThat(bench.exchange(1).timesCancelled()).isZero();
    assertThat(bench.listener().calls())
        .singleElement()
        .satisfies(event -> assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.SUCCESS));
  }

  @Test
  void ofADerivedStageLetsNobodyWaitForTheCall() {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());

    call.thenApply(HostPage::hosts).cancel(true);

    assertThat(call).isCancelled();
  }

  @Test
  void byOrTimeoutFailsWithATimeoutException() throws Exception {
    CompletableFuture<HostPage> call =
        Bench.hosts(bench.client()).orTimeout(1, TimeUnit.MILLISECONDS);

    assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(TimeoutException.class);
    Threads.await(() -> bench.exchange(1).timesCancelled() == 1);
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void byOrTimeoutRunsWhatIsAttachedOnTheExecutor() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor(work -> new Thread(work, "users"));
    try {
      ParsecClient client = bench.builder().executor(pool).build();

      CompletableFuture<HostPage> failing = Bench.hosts(client);
      CompletableFuture<HostPage> yielding = Bench.hosts(client);
      // Attached first: to a future that is complete already, it would run on this thread.
      CompletableFuture<String> fallback =
          failing.handle((page, failure) -> Thread.currentThread().getName());
      CompletableFuture<String> other =
          yielding.thenApply(page -> Thread.currentThread().getName());
      assertThat(failing.orTimeout(1, TimeUnit.MILLISECONDS)).isSameAs(failing);
      assertThat(
              yielding.completeOnTimeout(HostPage.of(List.of(), false), 1, TimeUnit.MILLISECONDS))
          .isSameAs(yielding);

      assertThat(fallback.get(1, TimeUnit.MINUTES)).isEqualTo("users");
      assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo("users");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void byOrTimeoutHappensEvenIfTheExecutorDropsItsTasks() {
    ParsecClient client = bench.builder().executor(dropped -> {}).build();

    CompletableFuture<HostPage> call = Bench.hosts(client).orTimeout(1, TimeUnit.MILLISECONDS);

    assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void doesNotHangOnATimerThatThrows() {
    FailingTimer timer = new FailingTimer();
    CompletableFuture<HostPage> call = Bench.hosts(bench.builder().timer(timer).build());
    timer.broken = true;

    assertThat(call.cancel(true)).isTrue();

    Threads.await(() -> bench.listener().calls().size() == 1);
    assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
  }

  @Test
  void isNotNeededOnThePoolThatCompletesTheExchanges() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      bench.transport().then(exchange -> pool.execute(() -> exchange.answer(200, "hosts a")));
      ParsecClient client = bench.client();

      HostPage page = pool.submit(() -> client.hosts(Bench.session(), HostQuery.any()))
          .get(1, TimeUnit.MINUTES);

      assertThat(page.hosts()).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void byOrTimeoutInVainLeavesTheValue() {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client()).orTimeout(1, TimeUnit.HOURS);
    bench.exchange(1).answer(200, "hosts a");

    assertThat(call.orTimeout(0, TimeUnit.SECONDS).join().hosts()).hasSize(1);
  }

  @Test
  void byOrTimeoutOfADerivedStageCancelsTheExchange() throws Exception {
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());

    CompletableFuture<Integer> derived =
        call.thenApply(page -> 1).orTimeout(1, TimeUnit.MILLISECONDS);

    assertThatThrownBy(() -> derived.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(TimeoutException.class);
    Threads.await(call::isCancelled);
    assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
  }

  @Test
  void byCompleteOnTimeoutYieldsTheValue() throws Exception {
    HostPage nobody = HostPage.of(List.of(), true);

    CompletableFuture<HostPage> call =
        Bench.hosts(bench.client()).completeOnTimeout(nobody, 1, TimeUnit.MILLISECONDS);

    assertThat(call.get(1, TimeUnit.MINUTES)).isSameAs(nobody);
    Threads.await(() -> bench.exchange(1).timesCancelled() == 1);
  }

  @Test
  void doesNotCrossThenCompose() {
    ParsecClient client = bench.client();
    CompletableFuture<HostPage> both =
        Bench.signIn(client).thenCompose(session -> client.async().hosts(session, HostQuery.any()));
    bench.exchange(1).answer(200, "session abc");

    both.cancel(true);

    assertThat(bench.exchange(2).timesCancelled()).isZero();
  }

  @Test
  void whileTheTransportIsStillStartingCancelsWhatItReturns() {
    List<CompletableFuture<HostPage>> calls = new ArrayList<>();
    bench.transport().then(exchange -> exchange.fail(FailureStage.CONNECT));
    bench.transport().then(exchange -> {
      // Runs within send(), when the future of the call is known but not that of the exchange.
      calls.get(0).cancel(true);
    });
    calls.add(Bench.hosts(bench.client()));

    assertThat(bench.timer().runNext()).isTrue();

    assertThat(bench.exchange(2).timesCancelled()).isEqualTo(1);
    assertNothingMoreThan(2);
  }

  @Test
  void survivesATransportThatCannotBeCancelled() {
    bench.transport().thenReturn(exchange -> new CompletableFuture<TransportResponse>() {
      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        throw new UnsupportedOperationException();
      }
    });
    CompletableFuture<HostPage> call = Bench.hosts(bench.client());

    assertThat(call.cancel(true)).isTrue();

    assertThat(bench.listener().calls()).hasSize(1);
    assertThat(bench.timer().pending()).isZero();
  }

  @Nested
  class ByClosing {
    @Test
    void failsWhatIsInFlight() {
      ParsecClient client = bench.client();
      CompletableFuture<HostPage> exchanging = Bench.hosts(client);
      CompletableFuture<HostPage> waiting = Bench.hosts(client);
      bench.exchange(2).answer(500, "");

      client.close();

      ParsecException failure = failureOf(exchanging, ParsecException.class);
      assertThat(failure.getClass()).isSameAs(ParsecException.class);
      assertThat(failure).hasMessage("hosts was given up because the client was closed");
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(failureOf(waiting))
          .hasMessage("hosts was given up because the client was closed")
          .hasSuppressedException(failureOf(waiting).getSuppressed()[0]);
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(bench.exchange(1).cancelledWithTrue()).isTrue();
      assertThat(bench.exchange(2).timesCancelled()).isZero();
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().calls())
          .extracting(CallEvent::outcome)
          .containsExactly(CallEvent.Outcome.CANCELLED, CallEvent.Outcome.CANCELLED);
      assertThat(bench.listener().attempts()).hasSize(2);
    }

    @Test
    void failsASynchronousCall() throws Exception {
      ParsecClient client = bench.client();
      Running<HostPage> call = Threads.start(() -> client.hosts(Bench.session(), HostQuery.any()));
      bench.transport().awaitFirst();

      client.close();

      assertThat(failureOf(call.await()))
          .hasMessage("hosts was given up because the client was closed");
    }

    @Test
    void refusesLaterCalls() {
      ParsecClient client = bench.client();
      ParsecClient view = client.with(CallOptions.timeout(Duration.ofSeconds(1)));
      client.close();

      for (ParsecClient closed : List.of(client, view)) {
        assertThatThrownBy(() -> closed.hosts(Bench.session(), HostQuery.any()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the client is closed; build a new one");
        assertThatThrownBy(() -> Bench.hosts(closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.signIn(Bench.credentials()))
            .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Bench.signIn(closed)).isInstanceOf(IllegalStateException.class);
      }
      assertThat(bench.exchanges()).isZero();
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().events()).isEmpty();
    }

    @Test
    void leavesATransportThatWasHandedInOpen() {
      ParsecClient client = bench.client();

      client.close();
      client.close();

      assertThat(bench.transport().timesClosed()).isZero();
    }

    @Test
    void aViewDoesNothing() {
      ParsecClient client = bench.client();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      client.with(CallOptions.timeout(Duration.ofSeconds(1))).close();

      assertThat(call).isNotDone();
      assertThat(Bench.hosts(client)).isNotDone();
    }

    @Test
    void duringTheBeginningOfACallFailsIt() {
      ParsecClient client = bench.client();
      bench.transport().then(exchange -> client.close());

      CompletableFuture<HostPage> call = Bench.hosts(client);

      assertThat(failureOf(call)).hasMessage("hosts was given up because the client was closed");
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
    }
  }

  @Nested
  class ByInterrupt {
    private final ParsecClient client = bench.client();

    @Test
    void duringAnExchangeCancelsItAndKeepsTheFlag() throws Exception {
      Running<HostPage> call = Threads.start(() -> client.hosts(Bench.session(), HostQuery.any()));
      bench.transport().awaitFirst();
      Exchange exchange = bench.exchange(1);
      Threads.awaitWaiting(call.thread());

      call.thread().interrupt();

      ParsecInterruptedException failure =
          failureOf(call.await(), ParsecInterruptedException.class);
      assertThat(failure)
          .hasMessage("hosts was given up because the calling thread was interrupted");
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(call.interruptedAtEnd()).isTrue();
      assertThat(exchange.timesCancelled()).isEqualTo(1);
      assertThat(exchange.cancelledWithTrue()).isTrue();
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().calls())
          .singleElement()
          .satisfies(event -> assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.CANCELLED));
      assertThat(bench.listener().attempts()).hasSize(1);
    }

    @Test
    void duringTheBackOffEndsTheCall() throws Exception {
      bench.transport().then(exchange -> exchange.answer(503, ""));
      Running<HostPage> call = Threads.start(() -> client.hosts(Bench.session(), HostQuery.any()));
      Threads.await(() -> bench.listener().attempts().size() == 1);
      Threads.awaitWaiting(call.thread());

      call.thread().interrupt();

      ParsecInterruptedException failure =
          failureOf(call.await(), ParsecInterruptedException.class);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(failure.getSuppressed()).singleElement().isInstanceOf(ServerErrorException.class);
      assertNothingFollows();
    }

    @Test
    void beforeTheCallBeginsNone() throws Exception {
      Running<Session> call = Threads.start(() -> {
        Thread.currentThread().interrupt();
        return client.signIn(Bench.credentials());
      });

      ParsecInterruptedException failure =
          failureOf(call.await(), ParsecInterruptedException.class);
      assertThat(failure)
          .hasMessage("sign-in was not begun because the calling thread is interrupted");
      assertThat(failure.attempts()).isZero();
      assertThat(call.interruptedAtEnd()).isTrue();
      assertThat(bench.exchanges()).isZero();
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().events()).isEmpty();
    }

    @Test
    void duringTheBeginningOfTheCallCancelsTheExchange() throws Exception {
      bench.transport().then(exchange -> Thread.currentThread().interrupt());
      Running<Session> call = Threads.start(() -> client.signIn(Bench.credentials()));

      assertThat(failureOf(call.await()))
          .isInstanceOf(ParsecInterruptedException.class)
          .hasMessage("sign-in was given up because the calling thread was interrupted");
      assertThat(call.interruptedAtEnd()).isTrue();
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThatThrownBy(() -> bench.exchange(1).openBody())
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whileAnotherThreadEndsTheCallLosesNoEvent() throws Exception {
      List<Running<HostPage>> calls = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(1);
      bench.transport().thenReturn(exchange -> new CompletableFuture<TransportResponse>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
          // The call has ended, and its last step is not yet posted.
          Thread caller = calls.get(0).thread();
          caller.interrupt();
          Threads.await(() -> !caller.isAlive()
              || (!caller.isInterrupted() && caller.getState() == Thread.State.WAITING));
          return super.cancel(mayInterruptIfRunning);
        }
      });
      calls.add(Threads.start(() -> {
        started.countDown();
        return client.hosts(Bench.session(), HostQuery.any());
      }));
      started.await();
      bench.transport().awaitFirst();
      Threads.awaitWaiting(calls.get(0).thread());

      client.close();

      assertThat(failureOf(calls.get(0).await())).isInstanceOf(ParsecInterruptedException.class);
      assertThat(calls.get(0).interruptedAtEnd()).isTrue();
      assertThat(bench.listener().calls()).hasSize(1);
    }

    @Test
    void againWhileTheLastStepIsAwaitedChangesNothing() throws Exception {
      List<Running<HostPage>> calls = new ArrayList<>();
      bench.transport().thenReturn(exchange -> new CompletableFuture<TransportResponse>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
          Thread caller = calls.get(0).thread();
          for (int i = 0; i < 2; i++) {
            caller.interrupt();
            Threads.await(() -> !caller.isAlive()
                || (!caller.isInterrupted() && caller.getState() == Thread.State.WAITING));
          }
          return super.cancel(mayInterruptIfRunning);
        }
      });
      calls.add(Threads.start(() -> client.hosts(Bench.session(), HostQuery.any())));
      bench.transport().awaitFirst();
      Threads.awaitWaiting(calls.get(0).thread());

      client.close();

      assertThat(failureOf(calls.get(0).await())).isInstanceOf(ParsecInterruptedException.class);
      assertThat(calls.get(0).interruptedAtEnd()).isTrue();
      assertThat(bench.listener().calls()).hasSize(1);
    }
  }

  @Test
  void byTheDeadlineEndsASynchronousCall() throws Exception {
    ParsecClient client = bench.client().with(CallOptions.timeout(Duration.ofSeconds(2)));
    Running<Session> call = Threads.start(() -> client.signIn(Bench.credentials()));
    bench.transport().awaitFirst();
    Threads.awaitWaiting(call.thread());

    bench.timer().advance(Duration.ofSeconds(2));

    ParsecTimeoutException failure = failureOf(call.await(), ParsecTimeoutException.class);
    assertThat(failure).hasMessage("sign-in failed: it took longer than 2000 ms");
    assertThat(call.interruptedAtEnd()).isFalse();
    assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
    assertThat(bench.listener().attempts())
        .singleElement()
        .satisfies(event -> assertThat(event.stage()).contains(FailureStage.TIMEOUT));
  }

  @Test
  void byTheDeadlineNeedsNoTimerThreadThatIsFree() throws Exception {
    long begin = System.nanoTime();
    ParsecClient client = bench
        .builder()
        .timeout(Duration.ofMillis(20))
        .timer(new StuckTimer(() -> System.nanoTime() - begin))
        .build();

    Running<HostPage> call = Threads.start(() -> client.hosts(Bench.session(), HostQuery.any()));

    assertThat(failureOf(call.await(), ParsecTimeoutException.class).limit())
        .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
    assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void completesTheFutureEvenIfTheExecutorDropsItsTasks(Consumer<Ending> ending) {
    ParsecClient client = bench.builder().executor(dropped -> {}).build();
    CompletableFuture<HostPage> call = Bench.hosts(client);

    ending.accept(new Ending(client, call, bench));
    bench.timer().advance(Duration.ofMillis(250));

    assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES)).isInstanceOf(Exception.class);
    Threads.await(() -> bench.listener().calls().size() == 1);
    assertThat(bench.timer().pending()).isZero();
  }

  static Stream<Named<Consumer<Ending>>> endings() {
    return Stream.of(
        Named.of("close", ending -> ending.client.close()),
        Named.of("deadline", ending -> ending.bench.timer().advance(Duration.ofSeconds(30))),
        Named.of("cancel", ending -> ending.call.cancel(true)));
  }

  @Nested
  class ALimitOfAnAttempt {
    @Test
    void doesNotCountTheWaitInTheTransport() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      TransportRequest request = bench.exchange(1).request();

      assertThat(request.queued()).isTrue();
      bench.timer().advance(Duration.ofSeconds(15));
      request.dequeued();
      bench.timer().advance(Duration.ofMillis(9_999));

      assertThat(bench.exchange(1).isDone()).isFalse();
      bench.timer().advance(Duration.ofMillis(1));
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(bench.listener().attempts())
          .singleElement()
          .satisfies(event -> assertThat(event.stage()).contains(FailureStage.TIMEOUT));
      assertThat(call).isNotDone();
    }

    @Test
    void endsTheWaitWithTheCall() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      TransportRequest request = bench.exchange(1).request();
      assertThat(request.queued()).isTrue();

      bench.timer().advance(Duration.ofSeconds(30));

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      request.dequeued();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void isTheDeadlineIfThatIsNearerAfterTheWait() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      TransportRequest request = bench.exchange(1).request();
      assertThat(request.queued()).isTrue();
      bench.timer().advance(Duration.ofSeconds(25));

      request.dequeued();

      assertThat(bench.timer().pending()).isEqualTo(1);
      bench.timer().advance(Duration.ofSeconds(5));
      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
    }
  }

  private void assertNothingFollows() {
    assertNothingMoreThan(1);
  }

  private void assertNothingMoreThan(int exchanges) {
    assertThat(bench.timer().pending()).isZero();
    assertThat(bench.exchanges()).isEqualTo(exchanges);
  }

  /** A way to end a call. */
  static final class Ending {
    private final ParsecClient client;
    private final CompletableFuture<?> call;
    private final Bench bench;

    Ending(ParsecClient client, CompletableFuture<?> call, Bench bench) {
      this.client = client;
      this.call = call;
      this.bench = bench;
    }
  }

  /** Breaks when the test says so. */
  private static final class FailingTimer implements Timer {
    private volatile boolean broken;

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
      if (broken) {
        throw new UnsupportedOperationException();
      }
      return () -> {};
    }
  }

  /** Its one thread is held by somebody else's code, so that no task is ever run. */
  private static final class StuckTimer implements Timer {
    private final LongSupplier clock;

    StuckTimer(LongSupplier clock) {
      this.clock = clock;
    }

    @Override
    public long nanoTime() {
      return clock.getAsLong();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
      return () -> {};
    }
  }
}
