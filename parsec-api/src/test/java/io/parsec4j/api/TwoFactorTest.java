// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoFactorTest {
  private static final String WANTED = "error: code\ntfa: totp";

  private final Bench bench = new Bench();
  private final ParsecClient client = bench.client();
  private final List<TwoFactorChallenge> challenges = new ArrayList<>();

  /** Returns the codes that went over the wire, {@code -} for none. */
  private List<String> sentCodes(Deque<String> bodies) {
    return bodies.stream()
        .map(body -> body.substring(body.lastIndexOf(' ') + 1))
        .collect(Collectors.toList());
  }

  @Nested
  class Synchronous {
    private final Deque<String> bodies = new ArrayDeque<>();

    private void answers(int status, String body) {
      bench.transport().then(exchange -> {
        bodies.add(exchange.openBody());
        exchange.answer(status, body);
      });
    }

    private Session signIn(String... codes) {
      Deque<String> left = new ArrayDeque<>(List.of(codes));
      return client.signIn(Bench.credentials(), challenge -> {
        challenges.add(challenge);
        return left.remove();
      });
    }

    @Test
    void doesNotAskIfNoCodeIsWanted() {
      answers(200, "session abc");

      assertThat(signIn().id().reveal()).isEqualTo("abc");
      assertThat(challenges).isEmpty();
    }

    @Test
    void asksForTheCodeAndSendsIt() {
      answers(403, WANTED);
      answers(201, "session abc");

      assertThat(signIn("111111").id().reveal()).isEqualTo("abc");

      assertThat(sentCodes(bodies)).containsExactly("-", "111111");
      assertThat(challenges).singleElement().satisfies(challenge -> {
        assertThat(challenge.number()).isEqualTo(1);
        assertThat(challenge.tfaType()).contains("totp");
        assertThat(challenge.codeRejected()).isFalse();
        assertThat(challenge).hasToString("TwoFactorChallenge[1, totp]");
      });
    }

    @Test
    void asksAgainIfTheCodeWasWrong() {
      answers(403, WANTED);
      answers(403, "tfa");
      answers(200, "session abc");

      assertThat(signIn("111111", "222222")).isNotNull();

      assertThat(sentCodes(bodies)).containsExactly("-", "111111", "222222");
      assertThat(challenges.get(1).number()).isEqualTo(2);
      assertThat(challenges.get(1).codeRejected()).isTrue();
      assertThat(challenges.get(1).tfaType()).isEmpty();
      assertThat(challenges.get(1)).hasToString("TwoFactorChallenge[2, ?, code rejected]");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void takesAPlainRefusalAfterAChallengeForAWrongCode(int status) {
      answers(403, WANTED);
      answers(status, "error: no");
      answers(200, "session abc");

      assertThat(signIn("111111", "222222")).isNotNull();

      assertThat(challenges.get(1).codeRejected()).isTrue();
      assertThat(challenges.get(1).tfaType()).contains("totp");
    }

    @Test
    void asksThreeTimesAtMost() {
      for (int i = 0; i < 4; i++) {
        answers(403, WANTED);
      }

      assertThatThrownBy(() -> signIn("1", "2", "3", "4"))
          .isInstanceOf(TwoFactorRequiredException.class)
          .satisfies(
              e -> assertThat(((TwoFactorRequiredException) e).codeRejected()).isTrue());
      assertThat(challenges).extracting(TwoFactorChallenge::number).containsExactly(1, 2, 3);
      assertThat(sentCodes(bodies)).containsExactly("-", "1", "2", "3");
    }

    @Test
    void asksThreeTimesAtMostIfTheRefusalsArePlain() {
      answers(403, WANTED);
      for (int i = 0; i < 3; i++) {
        answers(403, "");
      }

      assertThatThrownBy(() -> signIn("1", "2", "3", "4"))
          .isInstanceOf(InvalidCredentialsException.class);
      assertThat(challenges).hasSize(3);
    }

    @Test
    void doesNotAskAfterAPlainRefusal() {
      answers(403, "");

      assertThatThrownBy(() -> signIn()).isInstanceOf(InvalidCredentialsException.class);
      assertThat(challenges).isEmpty();
    }

    @Test
    void doesNotAskAfterAnotherFailureInBetween() {
      answers(403, WANTED);
      answers(400, "");

      assertThatThrownBy(() -> signIn("1")).isExactlyInstanceOf(ParsecApiException.class);
      assertThat(challenges).hasSize(1);
    }

    @Test
    void tellsThatACodeGivenBeforehandWasRejected() {
      answers(403, WANTED);
      answers(200, "session abc");

      Session session = client.signIn(Bench.credentials().withTfaCode("000000"), challenge -> {
        challenges.add(challenge);
        return "111111";
      });

      assertThat(session.id().reveal()).isEqualTo("abc");
      assertThat(challenges)
          .singleElement()
          .satisfies(challenge -> assertThat(challenge.codeRejected()).isTrue());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void endsIfTheUserGivesUp(String code) {
      answers(403, WANTED);

      assertThatThrownBy(() -> client.signIn(Bench.credentials(), challenge -> code))
          .isInstanceOf(TwoFactorRequiredException.class);
      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void passesOnWhatThePromptThrows() {
      IllegalStateException problem = new IllegalStateException("window closed");
      answers(403, WANTED);

      assertThatThrownBy(() -> client.signIn(Bench.credentials(), challenge -> {
            throw problem;
          }))
          .isSameAs(problem);
      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void refusesACodeThatCannotBeSent() {
      answers(403, WANTED);

      assertThatThrownBy(() -> client.signIn(Bench.credentials(), challenge -> "C4NARYü"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("code must be visible ASCII and not blank");
    }

    @Test
    void asksOnTheCallingThread() {
      List<Thread> threads = new ArrayList<>();
      answers(403, WANTED);
      answers(200, "session abc");

      Session session = client.signIn(Bench.credentials(), challenge -> {
        threads.add(Thread.currentThread());
        return "1";
      });

      assertThat(session).isNotNull();
      assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void givesEachSignInATimeLimitOfItsOwn() {
      answers(403, WANTED);
      answers(200, "session abc");

      Session session = client.signIn(Bench.credentials(), challenge -> {
        bench.timer().advance(Duration.ofHours(1));
        return "1";
      });

      assertThat(session).isNotNull();
    }

    @Test
    void failsIfTheCredentialsWereClosedMeanwhile() {
      Credentials credentials = Bench.credentials();
      answers(403, WANTED);

      assertThatThrownBy(() -> client.signIn(credentials, challenge -> {
            credentials.close();
            return "1";
          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the credentials were closed");
    }
  }

  @Nested
  class Asynchronous {
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private CompletableFuture<Session> signIn() {
      return client.async().signIn(Bench.credentials(), challenge -> {
        challenges.add(challenge);
        return answer;
      });
    }

    @Test
    void doesNotAskIfNoCodeIsWanted() {
      CompletableFuture<Session> call = signIn();

      bench.exchange(1).answer(200, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
      assertThat(challenges).isEmpty();
    }

    @Test
    void asksForTheCodeAndSendsIt() {
      CompletableFuture<Session> call = signIn();

      bench.exchange(1).answer(403, WANTED);
      assertThat(call).isNotDone();
      answer.complete("111111");
      assertThat(bench.exchange(2).openBody()).endsWith(" 111111");
      bench.exchange(2).answer(201, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
      assertThat(challenges)
          .singleElement()
          .satisfies(challenge -> assertThat(challenge.tfaType()).contains("totp"));
    }

    @Test
    void asksThreeTimesAtMost() {
      CompletableFuture<Session> call = client.async().signIn(Bench.credentials(), challenge -> {
        challenges.add(challenge);
        return CompletableFuture.completedFuture("code" + challenge.number());
      });

      Deque<String> bodies = new ArrayDeque<>();
      for (int i = 1; i <= 4; i++) {
        bodies.add(bench.exchange(i).openBody());
        bench.exchange(i).answer(403, i == 3 ? "" : WANTED);
      }

      assertThat(failureOf(call, TwoFactorRequiredException.class).codeRejected())
          .isTrue();
      assertThat(challenges).extracting(TwoFactorChallenge::number).containsExactly(1, 2, 3);
      assertThat(challenges)
          .extracting(TwoFactorChallenge::codeRejected)
          .containsExactly(false, true, true);
      assertThat(sentCodes(bodies)).containsExactly("-", "code1", "code2", "code3");
      assertThat(bench.exchanges()).isEqualTo(4);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void endsIfTheUserGivesUp(String code) {
      CompletableFuture<Session> call = signIn();
      bench.exchange(1).answer(403, WANTED);

      answer.complete(code);

      assertThat(failureOf(call)).isInstanceOf(TwoFactorRequiredException.class);
      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void failsWithWhatThePromptThrows() {
      IllegalStateException problem = new IllegalStateException("window closed");
      CompletableFuture<Session> call = client.async().signIn(Bench.credentials(), challenge -> {
        throw problem;
      });

      bench.exchange(1).answer(403, WANTED);

      assertThat(failureOf(call)).isSameAs(problem);
    }

    @Test
    void failsWithWhatTheStageFailsWith() {
      IllegalStateException problem = new IllegalStateException("window closed");
      List<Throwable> seen = new ArrayList<>();
      CompletableFuture<Session> call =
          client.async().signIn(Bench.credentials(), challenge -> answer.thenApply(code -> code));
      CompletableFuture<Session> watched =
          call.whenComplete((session, failure) -> seen.add(failure));
      bench.exchange(1).answer(403, WANTED);

      answer.completeExceptionally(problem);

      assertThat(watched).isCompletedExceptionally();
      assertThat(seen).containsExactly(problem);
    }

    @Test
    void failsIfThereIsNoStage() {
      CompletableFuture<Session> call =
          client.async().signIn(Bench.credentials(), challenge -> null);

      bench.exchange(1).answer(403, WANTED);

      assertThat(failureOf(call))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("the prompt returned null");
    }

    @Test
    void failsWithAnyOtherFailureOfASignIn() {
      CompletableFuture<Session> call = signIn();

      bench.exchange(1).answer(400, "");

      assertThat(failureOf(call)).isExactlyInstanceOf(ParsecApiException.class);
    }

    @Test
    void failsIfTheCodeCannotBeSent() {
      CompletableFuture<Session> call = signIn();
      bench.exchange(1).answer(403, WANTED);

      answer.complete("ü");

      assertThat(failureOf(call))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("code must be visible ASCII and not blank");
    }

    @Test
    void failsIfTheClientIsClosedWhileThePromptIsPending() {
      CompletableFuture<Session> call = signIn();
      bench.exchange(1).answer(403, WANTED);

      client.close();

      assertThat(failureOf(call))
          .isExactlyInstanceOf(ParsecException.class)
          .hasMessage("sign-in was given up because the client was closed");
      assertThat(answer).isCancelled();
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void failsIfTheClientIsClosedWhileASignInIsInFlight() {
      CompletableFuture<Session> call = signIn();

      client.close();

      assertThat(failureOf(call)).isExactlyInstanceOf(ParsecException.class);
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
    }

    @Test
    void throwsAtOnceIfTheClientIsClosed() {
      client.close();

      assertThatThrownBy(this::signIn).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancelsTheExchangeThatIsPending() {
      CompletableFuture<Session> call = signIn();

      call.cancel(true);

      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
      assertThat(challenges).isEmpty();
    }

    @Test
    void cancelsThePromptThatIsPending() {
      CompletableFuture<Session> call = signIn();
      bench.exchange(1).answer(403, WANTED);

      call.cancel(true);

      assertThat(answer).isCancelled();
      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void cancelsTheSecondExchange() {
      CompletableFuture<Session> call = signIn();
      bench.exchange(1).answer(403, WANTED);
      answer.complete("1");

      call.thenApply(Session::id).cancel(true);

      assertThat(bench.exchange(2).timesCancelled()).isEqualTo(1);
      assertThat(call).isCancelled();
    }

    @Test
    void startsNothingMoreIfAPromptYieldsACodeAfterTheCancel() {
      CompletableFuture<Session> call =
          client.async().signIn(Bench.credentials(), challenge -> answer.minimalCompletionStage());
      bench.exchange(1).answer(403, WANTED);

      call.thenApply(Session::id).cancel(true);
      answer.complete("1");

      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(call).isCancelled();
    }

    @Test
    void survivesAStageThatIsNoFuture() {
      CompletableFuture<String> stubborn = new CompletableFuture<>() {
        @Override
        public CompletableFuture<String> toCompletableFuture() {
          throw new UnsupportedOperationException();
        }
      };
      CompletionStage<String> stage = stubborn;
      CompletableFuture<Session> call =
          client.async().signIn(Bench.credentials(), challenge -> stage);
      bench.exchange(1).answer(403, WANTED);

      assertThat(call.cancel(true)).isTrue();
      stubborn.complete("1");

      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void cancelsAPromptThatWasGivenUpWhileItBegan() {
      List<CompletableFuture<Session>> calls = new ArrayList<>();
      calls.add(client.async().signIn(Bench.credentials(), challenge -> {
        calls.get(0).cancel(true);
        return answer;
      }));

      bench.exchange(1).answer(403, WANTED);

      assertThat(answer).isCancelled();
      assertThat(failureOf(calls.get(0))).isInstanceOf(CancellationException.class);
    }

    @Test
    void asksOnTheExecutorEvenIfTheAnswerWasThereAtOnce() throws Exception {
      ExecutorService pool =
          Executors.newSingleThreadExecutor(work -> new Thread(work, "of the client"));
      try {
        List<String> names = new ArrayList<>();
        bench.transport().then(exchange -> exchange.answer(403, WANTED));
        bench.transport().then(exchange -> exchange.answer(200, "session abc"));
        // Each step has run when it has been handed over, so that the first call is done at once.
        ParsecClient eager = bench
            .builder()
            .executor(task -> {
              if (Thread.currentThread().getName().equals("of the client")) {
                task.run();
              } else {
                CompletableFuture.runAsync(task, pool).join();
              }
            })
            .build();

        CompletableFuture<Session> call = eager.async().signIn(Bench.credentials(), challenge -> {
          names.add(Thread.currentThread().getName());
          return CompletableFuture.completedFuture("1");
        });

        assertThat(call.get(1, TimeUnit.MINUTES).id().reveal()).isEqualTo("abc");
        assertThat(names).containsExactly("of the client");
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    void goesOnIfTheExecutorRefuses() throws Exception {
      ParsecClient refused = bench
          .builder()
          .executor(task -> {
            throw new RejectedExecutionException();
          })
          .build();
      CompletableFuture<Session> call =
          refused.async().signIn(Bench.credentials(), challenge -> answer);
      bench.exchange(1).answer(403, WANTED);

      answer.complete("1");
      Threads.await(() -> bench.exchanges() == 2);
      bench.exchange(2).answer(200, "session abc");

      assertThat(call.get(1, TimeUnit.MINUTES).id().reveal()).isEqualTo("abc");
    }

    @Test
    void asksNowhereElseWhileTheExecutorIsBusy() {
      List<Runnable> queue = new ArrayList<>();
      List<Thread> asked = new ArrayList<>();
      CompletableFuture<Session> call = whileBusy(queue, asked);

      bench.timer().advance(Duration.ofSeconds(29));
      assertThat(queue).hasSize(1);
      assertThat(asked).isEmpty();
      queue.remove(0).run();

      assertThat(asked).containsExactly(Thread.currentThread());
      assertThat(bench.timer().pending()).isZero();
      assertThat(call).isNotDone();
    }

    @Test
    void failsIfTheExecutorDoesNotComeToThePromptInTime() throws Exception {
      List<Runnable> queue = new ArrayList<>();
      List<Thread> asked = new ArrayList<>();
      CompletableFuture<Session> call = whileBusy(queue, asked);

      bench.timer().advance(Duration.ofSeconds(30));
      // The failure is for the executor, too, at first.
      bench.timer().advance(Duration.ofMillis(250));

      assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
          .cause()
          .isInstanceOf(ParsecTimeoutException.class)
          .hasMessage("sign-in failed: the client's executor did not come to its next step within"
              + " 30000 ms");
      queue.forEach(Runnable::run);
      assertThat(asked).isEmpty();
    }

    @Test
    void leavesNothingInTheTimerIfItIsCancelledBeforeTheExecutorComesToThePrompt() {
      List<Runnable> queue = new ArrayList<>();
      List<Thread> asked = new ArrayList<>();
      CompletableFuture<Session> call = whileBusy(queue, asked);

      assertThat(call.cancel(true)).isTrue();
      queue.forEach(Runnable::run);

      assertThat(asked).isEmpty();
      assertThat(bench.timer().pending()).isZero();
    }

    /** Begins a sign-in for which a code is wanted when the executor has become busy. */
    private CompletableFuture<Session> whileBusy(List<Runnable> queue, List<Thread> asked) {
      ParsecClient busy = bench.builder().executor(queue::add).build();
      CompletableFuture<Session> call = busy.async().signIn(Bench.credentials(), challenge -> {
        asked.add(Thread.currentThread());
        return answer;
      });
      bench.exchange(1).answer(403, WANTED);
      queue.remove(0).run();
      return call;
    }

    @Test
    void usesTheOptionsOfTheView() {
      ParsecClient view = client.with(CallOptions.timeout(Duration.ofSeconds(2)));
      CompletableFuture<Session> call =
          view.async().signIn(Bench.credentials(), challenge -> answer);

      bench.timer().advance(Duration.ofSeconds(2));

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
    }
  }
}
