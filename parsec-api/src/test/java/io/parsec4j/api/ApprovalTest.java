// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.fixture.VirtualTimer;
import io.parsec4j.api.spi.Timer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ApprovalProperties says of any wait, shown case by case, and how either form can be ended. */
class ApprovalTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final String CLOSED = "approval was given up because the client was closed";

  private final Bench bench = new Bench();
  private final ParsecClient client =
      bench.builder().retryPolicy(RetryPolicy.none()).build();
  private final List<ApprovalPoll> polls = new ArrayList<>();

  private CompletableFuture<Session> await(AuthCode code) {
    return client.async().awaitApproval(code, polls::add);
  }

  private CompletableFuture<Session> await() {
    return await(Bench.authCode());
  }

  /** Lets the next question be asked and answers it. */
  private void answer(int status, String body, String... headers) {
    assertThat(bench.timer().runNext()).isTrue();
    bench.transport().last().answer(status, body, headers);
  }

  private static AuthCode code(Duration life, Duration interval) {
    return AuthCode.builder()
        .verificationUri(Bench.authCode().verificationUri())
        .userCode(Bench.USER_CODE)
        .hash(Bench.HASH)
        .expiresAt(VirtualTimer.BEGIN.plus(life))
        .interval(interval)
        .build();
  }

  @Nested
  class Questions {
    @Test
    void beginAfterOneInterval() {
      CompletableFuture<Session> call = await();

      bench.timer().advance(INTERVAL.minusNanos(1));
      assertThat(bench.exchanges()).isZero();
      bench.timer().advance(Duration.ofNanos(1));
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(call).isNotDone();
    }

    @Test
    void followOneIntervalAfterEachAnswer() {
      CompletableFuture<Session> call = await();
      bench.timer().advance(INTERVAL);

      bench.timer().advance(Duration.ofSeconds(2));
      bench.exchange(1).answer(202, "");
      assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);
      answer(201, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
      assertThat(bench.timer().elapsed()).isEqualTo(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void endWithTheSession(int status) {
      CompletableFuture<Session> call = await();
      answer(202, "");
      answer(202, "whatever the service says meanwhile");

      answer(status, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
      assertThat(bench.timer().pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S"})
    void areASecondApartAtLeast(String interval) {
      CompletableFuture<Session> call =
          await(code(Duration.ofMinutes(1), Duration.parse(interval)));

      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofSeconds(1));
      answer(202, "");
      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofSeconds(1));
      assertThat(call).isNotDone();
    }

    @Test
    void areCallsOfWhichTheListenerHears() {
      CompletableFuture<Session> call = await();

      answer(202, "");
      answer(500, "");
      answer(201, "session abc");

      assertThat(call).isCompleted();
      assertThat(bench.listener().calls())
          .extracting(CallEvent::operation)
          .containsOnly(Operation.APPROVAL);
      assertThat(bench.listener().calls())
          .extracting(CallEvent::outcome)
          .containsExactly(
              CallEvent.Outcome.SUCCESS, CallEvent.Outcome.REFUSED, CallEvent.Outcome.SUCCESS);
    }

    @Test
    void areAskedAgainAtOnceOnlyIfNothingWasSent() {
      ParsecClient patient = bench.client();
      CompletableFuture<Session> call = patient.async().awaitApproval(Bench.authCode());
      bench.timer().advance(INTERVAL);
      bench.exchange(1).fail(FailureStage.CONNECT);
      assertThat(bench.timer().untilNext()).isLessThan(Duration.ofSeconds(1));
      bench.timer().advance(bench.timer().untilNext());

      assertThat(bench.exchange(2).openBody()).isNotEmpty();
      bench.exchange(2).answer(503, "");

      assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);
      assertThat(call).isNotDone();
    }
  }

  @Nested
  class Failures {
    @ParameterizedTest
    @EnumSource
    void ofAnExchangeAreSurvived(FailureStage stage) {
      CompletableFuture<Session> call = await();
      assertThat(bench.timer().runNext()).isTrue();

      bench.exchange(1).fail(stage);

      assertThat(polls.get(0).failure()).containsInstanceOf(ParsecTransportException.class);
      assertSurvived(call);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
    void ofTheServiceAreSurvived(int status) {
      CompletableFuture<Session> call = await();

      answer(status, "error: later");

      assertThat(polls.get(0).failure())
          .containsInstanceOf(ParsecApiException.class)
          .map(failure -> ((ParsecApiException) failure).status())
          .contains(status);
      assertSurvived(call);
    }

    @Test
    void toUnderstandAreSurvived() {
      CompletableFuture<Session> call = await();

      answer(200, "<html>");

      assertThat(polls.get(0).failure()).containsInstanceOf(ParsecDecodeException.class);
      assertSurvived(call);
    }

    @Test
    void toAnswerInTimeAreSurvived() {
      CompletableFuture<Session> call = await();
      bench.timer().advance(INTERVAL);

      bench.timer().advance(Duration.ofSeconds(10));

      assertThat(polls.get(0).failure()).containsInstanceOf(ParsecTimeoutException.class);
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertSurvived(call);
    }

    private void assertSurvived(CompletableFuture<Session> call) {
      assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);
      answer(201, "session abc");
      assertThat(call.join().id().reveal()).isEqualTo("abc");
    }

    @Test
    void letTheServiceAskForALongerWaitButNotForAShorterOne() {
      CompletableFuture<Session> call = await();

      answer(429, "", "Retry-After", "60");
      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofMinutes(1));
      answer(503, "", "Retry-After", "7");
      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofSeconds(7));
      answer(429, "", "Retry-After", "1");
      assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);

      assertThat(polls)
          .extracting(ApprovalPoll::nextIn)
          .containsExactly(Duration.ofMinutes(1), Duration.ofSeconds(7), INTERVAL);
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void byDenialEndTheWait(int status) {
      CompletableFuture<Session> call = await();
      answer(500, "");

      answer(status, "error: no");

      AuthCodeDeniedException failure = failureOf(call, AuthCodeDeniedException.class);
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(ServerErrorException.class);
      assertThat(bench.timer().pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 409, 422})
    void ofAnotherKindEndTheWait(int status) {
      CompletableFuture<Session> call = await();

      answer(status, "error: no");

      assertThat(failureOf(call)).isExactlyInstanceOf(ParsecApiException.class);
      assertThat(polls).isEmpty();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void areKeptTheLatestTen() {
      CompletableFuture<Session> call = await();
      for (int status = 500; status < 512; status++) {
        answer(status, "");
      }

      answer(404, "");

      assertThat(failureOf(call).getSuppressed())
          .extracting(failure -> ((ParsecApiException) failure).status())
          .containsExactly(502, 503, 504, 505, 506, 507, 508, 509, 510, 511);
    }

    @Test
    void tellNoSecret() {
      CompletableFuture<Session> call = await();
      answer(500, "error: " + Bench.HASH);
      answer(200, "<html>" + Bench.HASH);

      answer(401, "error: " + Bench.HASH + " " + Bench.USER_CODE);

      StringWriter trace = new StringWriter();
      failureOf(call).printStackTrace(new PrintWriter(trace));
      assertThat(trace + "" + polls + bench.listener().events()).doesNotContain("C4NARY");
    }
  }

  @Nested
  class TheLifeOfTheCode {
    @Test
    void endsTheWaitWithTheFirstAnswerAfterIt() {
      CompletableFuture<Session> call = await(code(Duration.ofSeconds(11), INTERVAL));
      answer(202, "");
      answer(500, "");
      assertThat(call).isNotDone();

      answer(202, "");

      AuthCodeExpiredException failure = failureOf(call, AuthCodeExpiredException.class);
      assertThat(failure)
          .hasMessage(
              "approval failed: the code was not approved within its life; request a new one")
          .hasNoCause();
      assertThat(failure.operation()).isEqualTo(Operation.APPROVAL);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.elapsed()).isEqualTo(Duration.ofSeconds(15));
      assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(ServerErrorException.class);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void endsTheWaitWithAFailureAfterItToo() {
      CompletableFuture<Session> call = await(code(INTERVAL, INTERVAL));

      answer(500, "");

      assertThat(failureOf(call, AuthCodeExpiredException.class).getSuppressed())
          .hasExactlyElementsOfTypes(ServerErrorException.class);
      assertThat(polls).isEmpty();
    }

    @Test
    void doesNotMatterIfTheAnswerIsASession() {
      CompletableFuture<Session> call = await(code(Duration.ofMinutes(-1), INTERVAL));

      answer(201, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
    }

    @Test
    void makesARefusalAfterItAnExpiry() {
      CompletableFuture<Session> call = await(code(INTERVAL, INTERVAL));

      answer(401, "");

      AuthCodeExpiredException failure = failureOf(call, AuthCodeExpiredException.class);
      assertThat(failure).hasCauseExactlyInstanceOf(AuthCodeDeniedException.class);
      assertThat(failure.getSuppressed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "2026-01-01T00:30:01Z"})
    void isThirtyMinutesAtMost(Instant expiresAt) {
      AuthCode code = AuthCode.builder()
          .verificationUri(Bench.authCode().verificationUri())
          .userCode(Bench.USER_CODE)
          .hash(Bench.HASH)
          .expiresAt(expiresAt)
          .interval(Duration.ofMinutes(15))
          .build();
      CompletableFuture<Session> call = await(code);

      answer(202, "");
      assertThat(call).isNotDone();
      answer(202, "");

      assertThat(failureOf(call)).isInstanceOf(AuthCodeExpiredException.class);
    }

    @Test
    void mayHaveEndedLongAgo() {
      CompletableFuture<Session> call =
          await(code(Duration.between(VirtualTimer.BEGIN, Instant.MIN), INTERVAL));

      answer(202, "");

      assertThat(failureOf(call)).isInstanceOf(AuthCodeExpiredException.class);
    }

    @Test
    void endsTheWaitAtOnceIfTheServiceWantsNoQuestionWithinIt() {
      CompletableFuture<Session> call = await(code(Duration.ofSeconds(65), INTERVAL));

      answer(429, "", "Retry-After", "60");
      assertThat(call).isNotDone();
      answer(429, "", "Retry-After", "1");

      assertThat(failureOf(call, AuthCodeExpiredException.class).getSuppressed())
          .hasExactlyElementsOfTypes(RateLimitedException.class, RateLimitedException.class);
    }

    @Test
    void isNotAskedBeyondByARetryAfter() {
      CompletableFuture<Session> call = await(code(Duration.ofSeconds(64), INTERVAL));

      answer(429, "", "Retry-After", "60");

      assertThat(failureOf(call)).isInstanceOf(AuthCodeExpiredException.class);
      assertThat(bench.timer().elapsed()).isEqualTo(INTERVAL);
    }
  }

  @Nested
  class Progress {
    @Test
    void isToldOfEachQuestionAfterWhichTheWaitGoesOn() {
      CompletableFuture<Session> call = await();
      answer(202, "");
      answer(503, "");
      answer(201, "session abc");

      assertThat(call).isCompleted();
      assertThat(polls).extracting(ApprovalPoll::number).containsExactly(1, 2);
      assertThat(polls).extracting(ApprovalPoll::nextIn).containsOnly(INTERVAL);
      assertThat(polls)
          .extracting(ApprovalPoll::timeLeft)
          .containsExactly(Duration.ofSeconds(595), Duration.ofSeconds(590));
      assertThat(polls.get(0).failure()).isEmpty();
      assertThat(polls.get(1).failure()).containsInstanceOf(ServerErrorException.class);
      assertThat(polls.get(0)).hasToString("ApprovalPoll[1, next in 5000 ms, left 595000 ms]");
      assertThat(polls.get(1))
          .hasToString("ApprovalPoll[2, next in 5000 ms, left 590000 ms, ServerErrorException]");
    }

    @Test
    void endsTheWaitIfItThrows() {
      IllegalStateException problem = new IllegalStateException("window closed");
      CompletableFuture<Session> call = client.async().awaitApproval(Bench.authCode(), poll -> {
        throw problem;
      });

      answer(202, "");

      assertThat(failureOf(call)).isSameAs(problem);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void isToldOnTheClientsExecutor() throws Exception {
      ExecutorService pool =
          Executors.newSingleThreadExecutor(work -> new Thread(work, "of the client"));
      try {
        List<String> names = new CopyOnWriteArrayList<>();
        bench.transport().then(exchange -> exchange.answer(202, ""));
        bench.transport().then(exchange -> exchange.answer(201, "session abc"));
        ParsecClient pooled = bench.builder().executor(pool).build();
        CompletableFuture<Session> call = pooled
            .async()
            .awaitApproval(
                Bench.authCode(), poll -> names.add(Thread.currentThread().getName()));

        assertThat(bench.timer().runNext()).isTrue();
        Threads.await(() -> names.size() == 1 && bench.timer().pending() == 1);
        assertThat(bench.timer().runNext()).isTrue();

        assertThat(call.get(1, TimeUnit.MINUTES).id().reveal()).isEqualTo("abc");
        assertThat(names).containsExactly("of the client");
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Nested
  class Asynchronous {
    @Test
    void isEndedByACancelDuringAPause() {
      CompletableFuture<Session> call = await();

      call.thenApply(Session::id).cancel(true);

      assertThat(bench.timer().pending()).isZero();
      assertThat(failureOf(call)).isInstanceOf(CancellationException.class);
      assertThat(bench.exchanges()).isZero();
    }

    @Test
    void isEndedByACancelDuringAQuestion() {
      CompletableFuture<Session> call = await();
      assertThat(bench.timer().runNext()).isTrue();

      call.cancel(true);

      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
      assertThat(polls).isEmpty();
    }

    @Test
    void isEndedByACancelOfItsProgress() {
      List<CompletableFuture<Session>> calls = new ArrayList<>();
      calls.add(
          client.async().awaitApproval(Bench.authCode(), poll -> calls.get(0).cancel(true)));

      answer(202, "");

      assertThat(calls.get(0)).isCancelled();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void failsIfTheClientIsClosedDuringAPause() {
      CompletableFuture<Session> call = await();
      answer(202, "");

      client.close();

      ParsecException failure = failureOf(call, ParsecException.class);
      assertThat(failure).isExactlyInstanceOf(ParsecException.class).hasMessage(CLOSED);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(failure.elapsed()).isEqualTo(INTERVAL);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void failsThatWayIfAQuestionIsDueWhileTheClientIsClosing() {
      // Some of these end before the wait is told.
      for (int i = 0; i < 64; i++) {
        CompletableFuture<Void> unused = Bench.hosts(client).handle((page, failure) -> {
          bench.timer().advance(INTERVAL);
          return null;
        });
      }
      CompletableFuture<Session> call = await();

      client.close();

      assertThat(failureOf(call)).isExactlyInstanceOf(ParsecException.class).hasMessage(CLOSED);
    }

    @Test
    void endsInTimeEvenIfTheExecutorDropsItsTasks() {
      ParsecClient lossy = bench.builder().executor(dropped -> {}).build();
      CompletableFuture<Session> call = lossy.async().awaitApproval(Bench.authCode());

      Threads.await(() -> {
        boolean unused = bench.timer().runNext();
        return call.isDone();
      });

      assertThat(failureOf(call))
          .isInstanceOf(ParsecTimeoutException.class)
          .hasMessage("approval failed: the client's executor did not come to its next step within"
              + " 30000 ms");
    }

    @Test
    void tellsNowhereElseWhileTheExecutorIsBusy() {
      List<Runnable> queue = new ArrayList<>();
      List<Thread> told = new ArrayList<>();
      ParsecClient busy = bench.builder().executor(queue::add).build();
      CompletableFuture<Session> call =
          busy.async().awaitApproval(Bench.authCode(), poll -> told.add(Thread.currentThread()));
      bench.timer().advance(INTERVAL);
      queue.remove(0).run();
      bench.exchange(1).answer(202, "");
      queue.remove(0).run();

      bench.timer().advance(Duration.ofSeconds(29));
      assertThat(told).isEmpty();
      queue.remove(0).run();

      assertThat(told).containsExactly(Thread.currentThread());
      assertThat(bench.timer().untilNext()).isEqualTo(INTERVAL);
      assertThat(call).isNotDone();
    }

    @Test
    void failsIfTheClientIsClosedDuringAQuestion() {
      CompletableFuture<Session> call = await();
      assertThat(bench.timer().runNext()).isTrue();

      client.close();

      assertThat(failureOf(call)).isExactlyInstanceOf(ParsecException.class).hasMessage(CLOSED);
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
    }

    @Test
    void isNotBegunIfTheClientIsClosed() {
      client.close();

      assertThatThrownBy(ApprovalTest.this::await).isInstanceOf(IllegalStateException.class);
      assertThat(bench.timer().pending()).isZero();
    }
  }

  @Nested
  class Synchronous {
    private Threads.Running<Session> begin() {
      Threads.Running<Session> call =
          Threads.start(() -> client.awaitApproval(Bench.authCode(), polls::add));
      awaitPause(call);
      return call;
    }

    private void awaitPause(Threads.Running<Session> call) {
      Threads.await(() -> bench.timer().pending() == 1);
      Threads.awaitWaiting(call.thread());
    }

    @Test
    void waitsAndAsksOnTheCallingThread() throws Exception {
      List<Thread> threads = new ArrayList<>();
      bench.transport().then(exchange -> exchange.answer(202, ""));
      bench.transport().then(exchange -> exchange.answer(201, "session abc"));
      Threads.Running<Session> call = Threads.start(() ->
          client.awaitApproval(Bench.authCode(), poll -> threads.add(Thread.currentThread())));

      awaitPause(call);
      bench.timer().advance(INTERVAL);
      Threads.await(() -> bench.exchanges() == 1);
      awaitPause(call);
      bench.timer().advance(INTERVAL);

      assertThat(call.await().join().id().reveal()).isEqualTo("abc");
      assertThat(threads).containsExactly(call.thread());
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void isEndedByAnInterruptDuringAPause() throws Exception {
      Threads.Running<Session> call = begin();

      call.thread().interrupt();

      assertThat(failureOf(call.await(), ParsecInterruptedException.class))
          .hasMessage("approval was given up because the calling thread was interrupted");
      assertThat(call.interruptedAtEnd()).isTrue();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void isEndedByAnInterruptDuringAQuestion() throws Exception {
      bench.transport().then(exchange -> exchange.answer(500, ""));
      Threads.Running<Session> call = begin();
      bench.timer().advance(INTERVAL);
      Threads.await(() -> bench.exchanges() == 1);
      awaitPause(call);
      bench.timer().advance(INTERVAL);
      Threads.await(() -> bench.exchanges() == 2);

      call.thread().interrupt();

      assertThat(failureOf(call.await(), ParsecInterruptedException.class).getSuppressed())
          .hasExactlyElementsOfTypes(ServerErrorException.class);
      assertThat(call.interruptedAtEnd()).isTrue();
      assertThat(bench.exchange(2).timesCancelled()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void failsAtOnceIfTheClientIsClosedDuringAPause() throws Exception {
      AuthCode slow = code(Duration.ofMinutes(30), Duration.ofMinutes(30));
      Threads.Running<Session> call = Threads.start(() -> client.awaitApproval(slow));
      awaitPause(call);

      client.close();

      assertThat(failureOf(call.await()))
          .isExactlyInstanceOf(ParsecException.class)
          .hasMessage(CLOSED);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void failsIfTheClientIsClosedByItsProgress() throws Exception {
      bench.transport().then(exchange -> exchange.answer(202, ""));
      Threads.Running<Session> call =
          Threads.start(() -> client.awaitApproval(Bench.authCode(), poll -> client.close()));
      awaitPause(call);

      bench.timer().advance(INTERVAL);

      ParsecException failure = failureOf(call.await(), ParsecException.class);
      assertThat(failure).isExactlyInstanceOf(ParsecException.class).hasMessage(CLOSED);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void isNotBegunIfTheClientIsClosed() {
      client.close();

      assertThatThrownBy(() -> client.awaitApproval(Bench.authCode()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the client is closed; build a new one");
    }

    @Test
    void passesOnWhatItsProgressThrows() throws Exception {
      IllegalStateException problem = new IllegalStateException("window closed");
      bench.transport().then(exchange -> exchange.answer(202, ""));
      Threads.Running<Session> call =
          Threads.start(() -> client.awaitApproval(Bench.authCode(), poll -> {
            throw problem;
          }));
      awaitPause(call);

      bench.timer().advance(INTERVAL);

      assertThat(failureOf(call.await())).isSameAs(problem);
    }

    @Test
    void needsNoTimerThatIsFree() {
      bench.transport().then(exchange -> exchange.answer(201, "session abc"));
      ParsecClient stuck =
          bench.builder().timer(new StuckTimer()).timeout(Duration.ofDays(1)).build();

      assertThat(stuck.awaitApproval(Bench.authCode()).id().reveal()).isEqualTo("abc");
    }
  }

  /** Runs no task, as if somebody's code blocked it; a minute passes whenever it is read. */
  private static final class StuckTimer implements Timer {
    private long nanos;

    @Override
    public synchronized long nanoTime() {
      nanos += Duration.ofMinutes(1).toNanos();
      return nanos;
    }

    @Override
    public Instant now() {
      return VirtualTimer.BEGIN;
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
