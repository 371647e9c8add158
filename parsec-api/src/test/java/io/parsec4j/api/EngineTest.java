// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.fixture.Threads.Running;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
  private final Bench bench = new Bench();

  @Nested
  class Listeners {
    @Test
    void areToldOfEachAttemptAndOfTheCall() {
      bench.timer().random(() -> 0.5);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      bench.exchange(1).answer(500, "");
      bench.timer().advance(Duration.ofMillis(100));
      bench.timer().advance(Duration.ofSeconds(10));
      bench.timer().advance(Duration.ofMillis(200));
      bench.exchange(3).answer(200, "hosts");

      assertThat(call).isCompleted();
      assertThat(bench.listener().events())
          .containsExactly(
              attempt(1, 0).status(500).retryIn(Duration.ofMillis(100)).build(),
              attempt(2, 10_100)
                  .stage(FailureStage.TIMEOUT)
                  .retryIn(Duration.ofMillis(200))
                  .build(),
              attempt(3, 10_300).success(true).status(200).build(),
              CallEvent.of(
                  CallDetails.of(Operation.HOSTS, 3, Duration.ofMillis(10_300)),
                  CallEvent.Outcome.SUCCESS));
    }

    @Test
    void areToldOfTheAttemptThatTheDeadlineEnds() {
      ParsecClient client = bench.client().with(CallOptions.timeout(Duration.ofSeconds(3)));
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.timer().advance(Duration.ofSeconds(3));

      assertThat(failureOf(call)).isInstanceOf(ParsecTimeoutException.class);
      assertThat(bench.listener().events())
          .containsExactly(
              attempt(1, 3_000).stage(FailureStage.TIMEOUT).build(),
              CallEvent.of(
                  CallDetails.of(Operation.HOSTS, 1, Duration.ofSeconds(3)),
                  CallEvent.Outcome.FAILED));
    }

    @Test
    void areToldBeforeTheResultIsHandedOut() {
      List<String> order = new ArrayList<>();
      ParsecClient client = bench
          .builder()
          .listener(new CallListener() {
            @Override
            public void onAttempt(AttemptEvent event) {
              order.add("attempt");
            }

            @Override
            public void onCall(CallEvent event) {
              order.add("call");
            }
          })
          .build();
      CompletableFuture<Boolean> done = Bench.hosts(client).thenApply(page -> order.add("result"));

      bench.exchange(1).answer(200, "hosts");

      assertThat(done).isCompletedWithValue(true);
      assertThat(order).containsExactly("attempt", "call", "result");
    }

    @Test
    void thatThrowHarmNoCall() {
      for (Throwable problem : List.of(new IllegalStateException(), new AssertionError())) {
        ParsecClient client = bench.builder().listener(new Throwing(problem)).build();

        CompletableFuture<HostPage> success = Bench.hosts(client);
        bench.transport().last().answer(200, "hosts");
        CompletableFuture<HostPage> refusal = Bench.hosts(client);
        bench.transport().last().answer(404, "");
        CompletableFuture<HostPage> repeated = Bench.hosts(client);
        bench.transport().last().answer(500, "");

        assertThat(success).isCompleted();
        assertThat(failureOf(refusal)).isExactlyInstanceOf(ParsecApiException.class);
        assertThat(repeated).isNotDone();
        assertThat(repeated.cancel(true)).isTrue();
        assertThat(bench.timer().pending()).isZero();
      }
    }

    @Test
    void areNotNeeded() {
      ParsecClient client = ParsecClient.builder()
          .transport(bench.transport())
          .codec(new StubCodec())
          .timer(bench.timer())
          .executor(Runnable::run)
          .build();

      CompletableFuture<HostPage> success = Bench.hosts(client);
      bench.transport().last().answer(200, "hosts");
      CompletableFuture<HostPage> cancelled = Bench.hosts(client);

      assertThat(success).isCompleted();
      assertThat(cancelled.cancel(true)).isTrue();
    }

    private AttemptEvent.Builder attempt(int number, long millis) {
      return AttemptEvent.builder(Operation.HOSTS, number, Duration.ofMillis(millis));
    }
  }

  private static final class Throwing implements CallListener {
    private final Throwable problem;

    Throwing(Throwable problem) {
      this.problem = problem;
    }

    @Override
    public void onAttempt(AttemptEvent event) {
      sneak(problem);
    }

    @Override
    public void onCall(CallEvent event) {
      sneak(problem);
    }
  }

  @Nested
  class BrokenTransports {
    @Test
    void mayThrow() {
      for (Throwable problem : List.of(
          new IllegalArgumentException("C4NARY"),
          new AssertionError("C4NARY"),
          new StackOverflowError("C4NARY"))) {
        bench.transport().then(exchange -> sneak(problem));

        assertFailsWith(problem.getClass().getName());
      }
    }

    @Test
    void mayBeClosedAndThenIsNotAskedAgain() {
      bench.transport().then(exchange -> sneak(new IllegalStateException("C4NARY")));

      assertThat(failureOf(Bench.hosts(bench.client())))
          .isExactlyInstanceOf(ParsecException.class)
          .hasMessage("hosts failed: the transport is closed;"
              + " hand an open one to ParsecClient.builder()")
          .hasNoCause();
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void mayThrowATransportException() {
      bench.transport().then(exchange -> {
        throw new TransportException(FailureStage.CONNECT, "refused");
      });

      ParsecTransportException failure =
          failureOf(Bench.hosts(noRetries()), ParsecTransportException.class);

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure).hasMessage("hosts failed: refused; check address, network and proxy");
    }

    @Test
    void mayReturnNull() {
      bench.transport().thenReturn(exchange -> null);

      assertFailsWith("java.lang.NullPointerException");
    }

    @Test
    void mayYieldNull() {
      bench.transport().then(exchange -> exchange.complete(null));

      assertFailsWith("a null answer");
    }

    @Test
    void mayFailWithAForeignException() {
      bench
          .transport()
          .then(exchange ->
              exchange.completeExceptionally(new CompletionException(new IOException("C4NARY"))));

      assertFailsWith("java.io.IOException");
    }

    @Test
    void mayFailWithAnEmptyWrapper() {
      bench
          .transport()
          .then(
              exchange -> exchange.completeExceptionally(new CompletionException("C4NARY", null)));

      assertFailsWith("java.util.concurrent.CompletionException");
    }

    @Test
    void mayCancelTheirOwnFuture() {
      bench.transport().then(exchange -> exchange.cancelItself());

      assertFailsWith("java.util.concurrent.CancellationException");
    }

    @Test
    void mayWrapTheirTransportException() {
      bench
          .transport()
          .then(exchange -> exchange.completeExceptionally(
              new CompletionException(new TransportException(FailureStage.TLS, "untrusted"))));

      ParsecTransportException failure =
          failureOf(Bench.hosts(bench.client()), ParsecTransportException.class);

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      assertThat(failure)
          .hasMessage("hosts failed: untrusted;"
              + " check the certificate, the clock and what this machine trusts");
    }

    @Test
    void mayReachTheirOwnTimeLimit() {
      bench.transport().then(exchange -> exchange.fail(FailureStage.TIMEOUT));

      ParsecTimeoutException failure =
          failureOf(Bench.hosts(noRetries()), ParsecTimeoutException.class);

      assertThat(failure.limit()).isEqualTo(ParsecTimeoutException.Limit.CONNECT);
      assertThat(failure)
          .hasMessage("hosts failed: scripted failure;"
              + " check the network, or raise the connect limit of the transport")
          .hasCauseInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @CsvSource({
      "5000, 10000, 4999, CONNECT, the connect limit of the transport",
      "5000, 10000, 5000, ATTEMPT, attemptTimeout",
      "20000, 10000, 9999, CONNECT, the connect limit of the transport",
      "20000, 10000, 10000, TOTAL, timeout"
    })
    void mayBeToldAfterALimitHasPassed(
        long attempt, long total, long passed, ParsecTimeoutException.Limit limit, String remedy) {
      ParsecClient client = bench
          .builder()
          .retryPolicy(RetryPolicy.none())
          .attemptTimeout(Duration.ofMillis(attempt))
          .timeout(Duration.ofMillis(total))
          .timer(new Overslept(bench.timer()))
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);
      bench.timer().advance(Duration.ofMillis(passed));

      bench.exchange(1).fail(FailureStage.TIMEOUT);

      ParsecTimeoutException failure = failureOf(call, ParsecTimeoutException.class);
      assertThat(failure.limit()).isEqualTo(limit);
      assertThat(failure).hasMessageStartingWith("hosts failed: ").hasMessageEndingWith(remedy);
    }

    @Test
    void ofTheTimerEndTheCall() {
      ParsecClient client = bench.builder().timer(new NeverSchedules()).build();

      CompletableFuture<HostPage> call = Bench.hosts(client);

      assertThat(failureOf(call))
          .isExactlyInstanceOf(ParsecException.class)
          .hasMessage("hosts failed unexpectedly with java.lang.UnsupportedOperationException");
      assertThatThrownBy(() -> client.hosts(Bench.session(), HostQuery.any()))
          .hasMessage("hosts failed unexpectedly with java.lang.UnsupportedOperationException");
      assertThat(bench.exchanges()).isZero();
      assertThat(bench.listener().calls())
          .extracting(CallEvent::outcome)
          .containsExactly(CallEvent.Outcome.FAILED, CallEvent.Outcome.FAILED);
      client.close();
      assertThat(bench.listener().calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "CONNECT | check address, network and proxy",
          "TLS | check the certificate, the clock and what this machine trusts",
          "TIMEOUT | check the network, or raise the connect limit of the transport",
          "TOO_LARGE | raise the limit if the answer is meant to be that large",
          "EXCHANGE | whether the service has acted is not known"
        })
    void areReportedWithWhatToDo(FailureStage stage, String remedy) {
      bench.transport().then(exchange -> exchange.fail(stage));

      assertThat(failureOf(Bench.hosts(noRetries())))
          .hasMessage("hosts failed: scripted failure; " + remedy);
    }

    @Test
    void areRepeatedLikeABrokenExchange() {
      bench.transport().thenReturn(exchange -> null);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(200, "hosts");

      assertThat(call).isCompleted();
    }

    private ParsecClient noRetries() {
      return bench.builder().retryPolicy(RetryPolicy.none()).build();
    }

    private void assertFailsWith(String kind) {
      ParsecTransportException failure =
          failureOf(Bench.hosts(noRetries()), ParsecTransportException.class);

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(failure)
          .hasMessage("hosts failed: the transport failed with " + kind)
          .hasNoCause();
      assertThat(bench.timer().pending()).isZero();
    }
  }

  @Nested
  class Executing {
    private final ExecutorService pool =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "of the client"));

    @AfterEach
    void shutDown() {
      pool.shutdownNow();
    }

    @Test
    void stagesOfTheUserStayOffTheThreadOfTheTransport() throws Exception {
      ParsecClient client = bench.builder().executor(pool).build();
      CompletableFuture<String> stage = Bench.hosts(client).thenApply(page -> threadName());
      CompletableFuture<String> asyncStage = stage.thenApplyAsync(name -> threadName());

      onAnotherThread(() -> bench.exchange(1).answer(200, "hosts"));

      assertThat(stage.get(1, TimeUnit.MINUTES)).isEqualTo("of the client");
      assertThat(asyncStage.get(1, TimeUnit.MINUTES)).isEqualTo("of the client");
    }

    @Test
    void decodingListenersAndPoliciesStayOffTheThreadOfTheTransport() throws Exception {
      List<String> names = new ArrayList<>();
      ParsecClient client = bench
          .builder()
          .executor(pool)
          .codec(new StubCodec() {
            @Override
            public <T> T decode(byte[] json, Class<T> type) {
              names.add("decode " + threadName());
              return super.decode(json, type);
            }
          })
          .retryPolicy((failed, random) -> {
            names.add("policy " + threadName());
            return Optional.empty();
          })
          .listener(new CallListener() {
            @Override
            public void onCall(CallEvent event) {
              names.add("listener " + threadName());
            }
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      onAnotherThread(() -> bench.exchange(1).answer(500, ""));

      call.handle((page, failure) -> true).get(1, TimeUnit.MINUTES);
      assertThat(names)
          .containsExactly(
              "decode of the client", "policy of the client", "listener of the client");
    }

    @Test
    void synchronousCallsRunOnTheirOwnThread() throws Exception {
      List<String> names = new ArrayList<>();
      ParsecClient client = bench
          .builder()
          .executor(task -> {
            throw new AssertionError("not to be used");
          })
          .listener(new CallListener() {
            @Override
            public void onCall(CallEvent event) {
              names.add(threadName());
            }
          })
          .build();
      Running<HostPage> call = Threads.start(() -> {
        Thread.currentThread().setName("caller");
        return client.hosts(Bench.session(), HostQuery.any());
      });

      bench.transport().awaitFirst();
      bench.exchange(1).answer(200, "hosts");

      assertThat(call.await().join().hosts()).isEmpty();
      assertThat(names).containsExactly("caller");
    }

    @Test
    void anExecutorThatRefusesIsReplaced() throws Exception {
      for (RuntimeException refusal :
          List.of(new RejectedExecutionException(), new IllegalStateException("shut down"))) {
        Executor refusing = task -> {
          throw refusal;
        };
        CompletableFuture<HostPage> call =
            Bench.hosts(bench.builder().executor(refusing).build());

        bench.transport().last().answer(200, "hosts");

        assertThat(call.get(1, TimeUnit.MINUTES).hosts()).isEmpty();
      }
    }

    @Test
    void theDefaultIsTheCommonPoolHoweverFewProcessorsThereAre() {
      ParsecClient client = ParsecClient.builder()
          .transport(bench.transport())
          .codec(new StubCodec())
          .build();

      assertThat(Bench.hosts(client).defaultExecutor()).isSameAs(ForkJoinPool.commonPool());
    }

    @Test
    void aStepThatDecodesTooLongIsOverruledByTheAttemptLimit() {
      ParsecClient client = bench
          .builder()
          .retryPolicy(RetryPolicy.none())
          .codec(new StubCodec() {
            @Override
            public <T> T decode(byte[] json, Class<T> type) {
              bench.timer().advance(Duration.ofSeconds(10));
              return super.decode(json, type);
            }
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(200, "hosts");

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.ATTEMPT);
      assertThat(bench.listener().calls()).hasSize(1);
      assertThat(bench.listener().attempts()).hasSize(1);
    }

    @Test
    void aStepThatDecodesTooLongIsOverruledByTheDeadline() {
      ParsecClient client = bench
          .builder()
          .timeout(Duration.ofSeconds(10))
          .codec(new StubCodec() {
            @Override
            public <T> T decode(byte[] json, Class<T> type) {
              bench.timer().advance(Duration.ofSeconds(10));
              return super.decode(json, type);
            }
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(200, "hosts");

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(bench.listener().calls()).hasSize(1);
      assertThat(bench.listener().attempts()).hasSize(1);
    }

    @Test
    void aListenerThatTakesTooLongIsOverruledByTheDeadline() {
      ParsecClient client = bench
          .builder()
          .listener(new CallListener() {
            @Override
            public void onAttempt(AttemptEvent event) {
              bench.listener().onAttempt(event);
              bench.timer().advance(Duration.ofSeconds(40));
            }

            @Override
            public void onCall(CallEvent event) {
              bench.listener().onCall(event);
            }
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(bench.listener().calls()).hasSize(1);
    }

    @Test
    void aPolicyThatTakesTooLongIsOverruledByTheDeadline() {
      ParsecClient client = bench
          .builder()
          .retryPolicy((failed, random) -> {
            bench.timer().advance(Duration.ofSeconds(30));
            return Optional.of(Duration.ZERO);
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call)).isInstanceOf(ParsecTimeoutException.class);
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().calls()).hasSize(1);
      assertThat(bench.listener().attempts()).hasSize(1);
    }

    private void onAnotherThread(Runnable work) throws Exception {
      Running<Boolean> running = Threads.start(() -> {
        work.run();
        return true;
      });
      assertThat(running.await()).isCompletedWithValue(true);
    }

    private String threadName() {
      return Thread.currentThread().getName();
    }
  }

  @Nested
  class SynchronousCalls {
    @Test
    void returnTheValue() {
      bench.transport().then(exchange -> exchange.answer(200, "hosts a b"));

      HostPage page = bench.client().hosts(Bench.session(), HostQuery.any());

      assertThat(page.hosts()).hasSize(2);
    }

    @Test
    void throwTheFailureItself() {
      bench.transport().then(exchange -> exchange.answer(404, "error: gone"));

      assertThatThrownBy(() -> bench.client().hosts(Bench.session(), HostQuery.any()))
          .isExactlyInstanceOf(ParsecApiException.class)
          .hasMessage("hosts failed: the service refused the call (status 404: gone)");
    }

    @Test
    void areRepeatedToo() throws Exception {
      bench.transport().then(exchange -> exchange.answer(500, ""));
      bench.transport().then(exchange -> exchange.answer(200, "hosts"));
      ParsecClient client = bench.client();
      Running<HostPage> call = Threads.start(() -> client.hosts(Bench.session(), HostQuery.any()));
      Threads.await(
          () -> bench.timer().pending() == 2 && !bench.listener().attempts().isEmpty());

      assertThat(bench.timer().runNext()).isTrue();

      assertThat(call.await().join().hosts()).isEmpty();
      assertThat(bench.exchanges()).isEqualTo(2);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable throwable) throws E {
    throw (E) throwable;
  }

  /** The core's own tasks come too late, as on a machine that was asleep. */
  private static final class Overslept implements Timer {
    private final Timer time;

    Overslept(Timer time) {
      this.time = time;
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public double random() {
      return time.random();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
      return () -> {};
    }
  }

  private static final class NeverSchedules implements Timer {
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
      throw new UnsupportedOperationException();
    }
  }
}
