// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.fixture.VirtualTimer;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private final Bench bench = new Bench();

  @Nested
  class Attempts {
    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void ofAGetAreThreeAfterThisStatus(int status) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "");
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(status, "");
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(3).answer(status, "");

      ParsecApiException failure = failureOf(call, ParsecApiException.class);
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.getSuppressed()).hasSize(2).hasOnlyElementsOfType(failure.getClass());
      assertThat(bench.exchanges()).isEqualTo(3);
      assertThat(bench.timer().pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 501, 505, 599})
    void ofAGetAreOneAfterThisStatus(int status) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "");

      assertThat(failureOf(call, ParsecApiException.class).attempts()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "EXCHANGE", "TIMEOUT"})
    void ofAGetAreThreeAfterThisStage(FailureStage stage) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).fail(stage);
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).fail(stage);
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(3).fail(stage);

      ParsecTransportException failure = failureOf(call, ParsecTransportException.class);
      assertThat(failure.stage()).isEqualTo(stage);
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure).hasMessageStartingWith("hosts failed: scripted failure; ");
      assertThat(failure).hasCauseInstanceOf(TransportException.class);
      assertThat(failure.getSuppressed()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "TOO_LARGE"})
    void ofAGetAreOneAfterThisStage(FailureStage stage) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).fail(stage);

      assertThat(failureOf(call, ParsecTransportException.class).stage()).isEqualTo(stage);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void endWithTheFirstSuccess() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).fail(FailureStage.CONNECT);
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(200, "hosts a");

      assertThat(call.join().hosts()).extracting(Host::peerId).containsExactly("a");
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.exchanges()).isEqualTo(2);
    }

    @Test
    void areNotRepeatedAfterAnAnswerThatCannotBeUnderstood() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(200, "<html>");

      assertThat(failureOf(call)).isInstanceOf(ParsecDecodeException.class);
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void followThePolicyOfTheClient() {
      ParsecClient client =
          bench.builder().retryPolicy(RetryPolicy.standard().withMaxAttempts(2)).build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(500, "");
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(500, "");

      assertThat(failureOf(call, ServerErrorException.class).attempts()).isEqualTo(2);
    }

    @Test
    void followThePolicyOfAView() {
      ParsecClient view = bench
          .client()
          .with(CallOptions.builder().retryPolicy(RetryPolicy.none()).build());
      CompletableFuture<HostPage> call = Bench.hosts(view);

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call, ServerErrorException.class).attempts()).isEqualTo(1);
    }

    @Test
    void sendTheSameRequestAgain() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(500, "");
      assertThat(bench.timer().runNext()).isTrue();

      assertThat(call).isNotDone();
      assertThat(bench.exchange(2).request().uri())
          .isEqualTo(bench.exchange(1).request().uri());
      assertThat(bench.exchange(2).request().headers().first("Authorization"))
          .isEqualTo(bench.exchange(1).request().headers().first("Authorization"))
          .isPresent();
    }
  }

  @Nested
  class TimeLimits {
    @Test
    void areTenSecondsForAnAttemptAndThirtyForACall() {
      bench.timer().random(() -> 0);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      assertThat(bench.exchange(1).request().timeout()).isEqualTo(Duration.ofSeconds(10));

      bench.timer().advance(Duration.ofMillis(9_999));
      assertThat(bench.exchange(1).timesCancelled()).isZero();
      bench.timer().advance(Duration.ofMillis(1));
      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(bench.exchange(1).cancelledWithTrue()).isTrue();
      assertThat(bench.exchanges()).isEqualTo(2);
      bench.timer().advance(Duration.ofSeconds(10));
      assertThat(bench.exchanges()).isEqualTo(3);
      bench.timer().advance(Duration.ofMillis(9_999));
      assertThat(call).isNotDone();
      bench.timer().advance(Duration.ofMillis(1));

      ParsecTimeoutException failure = failureOf(call, ParsecTimeoutException.class);
      assertThat(failure.limit()).isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(failure).hasMessage("hosts failed: it took longer than 30000 ms");
      assertThat(failure.elapsed()).isEqualTo(Duration.ofSeconds(30));
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.getSuppressed())
          .hasSize(2)
          .allSatisfy(earlier -> assertThat(((ParsecTimeoutException) earlier).limit())
              .isEqualTo(ParsecTimeoutException.Limit.ATTEMPT));
      assertThat(failure.getSuppressed()[1])
          .hasMessage("hosts failed: attempt 2 took longer than 10000 ms");
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void ofTheLastAttemptIsWhatTheCallLimitLeaves() {
      bench.timer().random(() -> 0.5);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.timer().advance(Duration.ofSeconds(10));
      bench.timer().advance(Duration.ofMillis(100));
      bench.timer().advance(Duration.ofSeconds(10));
      bench.timer().advance(Duration.ofMillis(200));

      assertThat(bench.exchange(3).request().timeout()).isEqualTo(Duration.ofMillis(9_700));
      bench.timer().advance(Duration.ofMillis(9_700));
      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(bench.exchange(3).timesCancelled()).isEqualTo(1);
    }

    @Test
    void coverTheWaitsBetweenAttempts() {
      ParsecClient client = bench.builder().timeout(Duration.ofMillis(150)).build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(500, "");
      bench.timer().advance(Duration.ofMillis(100));
      assertThat(bench.exchanges()).isEqualTo(2);
      assertThat(bench.exchange(2).request().timeout()).isEqualTo(Duration.ofMillis(50));
      bench.timer().advance(Duration.ofMillis(50));

      assertThat(failureOf(call, ParsecTimeoutException.class))
          .hasMessage("hosts failed: it took longer than 150 ms");
    }

    @Test
    void letACallFailAtOnceIfTheWaitDoesNotFit() {
      ParsecClient client = bench.builder().timeout(Duration.ofMillis(100)).build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call, ServerErrorException.class).elapsed()).isZero();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void comeFromTheBuilder() {
      ParsecClient client = bench
          .builder()
          .timeout(Duration.ofSeconds(8))
          .attemptTimeout(Duration.ofSeconds(3))
          .retryPolicy(RetryPolicy.none())
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);

      assertThat(bench.exchange(1).request().timeout()).isEqualTo(Duration.ofSeconds(3));
      bench.timer().advance(Duration.ofSeconds(3));

      ParsecTimeoutException failure = failureOf(call, ParsecTimeoutException.class);
      assertThat(failure.limit()).isEqualTo(ParsecTimeoutException.Limit.ATTEMPT);
      assertThat(failure)
          .hasMessage("hosts failed: attempt 1 took longer than 3000 ms")
          .hasNoCause();
    }

    @Test
    void comeFromTheOptionsOfAView() {
      ParsecClient client = bench.client();
      ParsecClient view = client.with(CallOptions.timeout(Duration.ofSeconds(2)));
      CompletableFuture<HostPage> quick = Bench.hosts(view);
      CompletableFuture<HostPage> usual = Bench.hosts(client);

      bench.timer().advance(Duration.ofSeconds(2));

      assertThat(failureOf(quick, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.TOTAL);
      assertThat(usual).isNotDone();
    }

    @Test
    void ofAViewAddUp() {
      ParsecClient view = bench
          .client()
          .with(CallOptions.timeout(Duration.ofSeconds(2)))
          .with(CallOptions.builder().attemptTimeout(Duration.ofSeconds(1)).build())
          .with(CallOptions.builder().retryPolicy(RetryPolicy.none()).build());
      CompletableFuture<HostPage> call = Bench.hosts(view);

      bench.timer().advance(Duration.ofSeconds(1));

      assertThat(failureOf(call, ParsecTimeoutException.class).limit())
          .isEqualTo(ParsecTimeoutException.Limit.ATTEMPT);
      assertThat(view)
          .hasToString("ParsecClient[https://api.parsecgaming.com/v1/auth,"
              + " https://kessel-api.parsecgaming.com/v2/hosts, timeout 2000 ms]");
    }

    @Test
    void countFromTheBeginningOfTheCallEvenIfTheClockOverflows() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.timer().advance(Duration.ofSeconds(4));
      bench.exchange(1).answer(404, "");

      assertThat(failureOf(call, ParsecApiException.class).elapsed())
          .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void makeALateAnswerOfAnAbandonedAttemptWorthless() {
      CompletableFuture<TransportResponse> deaf = new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
          return false;
        }
      };
      bench.transport().thenReturn(exchange -> deaf);
      List<Class<?>> decoded = new ArrayList<>();
      ParsecClient client = bench
          .builder()
          .codec(new StubCodec() {
            @Override
            public <T> T decode(byte[] json, Class<T> type) {
              decoded.add(type);
              return super.decode(json, type);
            }
          })
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client);
      bench.timer().advance(Duration.ofMillis(10_100));
      assertThat(bench.exchanges()).isEqualTo(2);

      deaf.complete(TransportResponse.of(404, Headers.of(), new byte[0]));

      assertThat(call).isNotDone();
      bench.exchange(2).answer(200, "hosts right");
      assertThat(call.join().hosts()).extracting(Host::peerId).containsExactly("right");
      assertThat(decoded).containsExactly(HostPage.class);
    }
  }

  @Nested
  class BackOff {
    @ParameterizedTest
    @CsvSource({
      "500, 0, 0, 0",
      "500, 0.5, 100, 200",
      "500, 0.25, 50, 100",
      "429, 0.5, 500, 1000",
      "503, 0.75, 750, 1500",
      "408, 0.5, 100, 200"
    })
    void isDrawnForEachWait(int status, double random, long first, long second) {
      bench.timer().random(() -> random);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "");
      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofMillis(first));
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(status, "");
      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofMillis(second));

      assertThat(call).isNotDone();
    }

    @Test
    void leavesOnlyTheDeadlineAndTheWaitInTheTimer() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      assertThat(bench.timer().pending()).as("only the limit of the attempt").isEqualTo(1);

      bench.exchange(1).answer(500, "");

      assertThat(bench.timer().pending()).isEqualTo(2);
      assertThat(call).isNotDone();
    }
  }

  @Nested
  class RetryAfterHeader {
    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500, 408})
    void isKeptTo(int status) {
      bench.timer().random(() -> 0.5);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "", "retry-after", "2");

      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofMillis(2_125));
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
          "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
          "EEE MMM ppd HH:mm:ss yyyy"
        })
    void mayBeADate(String pattern) {
      bench.timer().random(() -> 0);
      String date = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
          .withZone(ZoneOffset.UTC)
          .format(VirtualTimer.BEGIN.plusSeconds(7));
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(503, "", "Retry-After", date);

      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofSeconds(7));
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0",
          "-1",
          "",
          " ",
          "soon",
          "1.5",
          "100000",
          "9223372036854775808",
          "+3",
          "٣",
          "Thu, 01 Jan 2026 00:00:00 GMT",
          "Wed, 31 Dec 2025 23:59:59 GMT",
          "Fri, 02 Jan 1976 00:00:00 GMT"
        })
    void countsAsAbsentIfItMakesNoSense(String value) {
      bench.timer().random(() -> 0.5);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(503, "", "Retry-After", value);

      assertThat(bench.timer().untilNext()).isEqualTo(Duration.ofMillis(500));
      assertThat(bench.listener().attempts().get(0).retryAfter()).isEmpty();
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({"31", "86400", "99999"})
    void beyondHalfAMinuteLetsTheCallFailNow(int seconds) {
      CompletableFuture<HostPage> call =
          Bench.hosts(bench.builder().timeout(Duration.ofDays(1)).build());

      bench.exchange(1).answer(429, "", "Retry-After", Integer.toString(seconds));

      RateLimitedException failure = failureOf(call, RateLimitedException.class);
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(seconds));
      assertThat(failure.elapsed()).isZero();
      assertThat(failure)
          .hasMessage("hosts failed: the service was called too often (status 429);" + " wait for "
              + seconds + " s");
    }

    @Test
    void beyondTheTimeLeftLetsTheCallFailNow() {
      bench.timer().random(() -> 0);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      bench.timer().advance(Duration.ofSeconds(5));

      bench.exchange(1).answer(503, "", "Retry-After", "25");

      ServerErrorException failure = failureOf(call, ServerErrorException.class);
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(25));
      assertThat(failure.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void thatFitsIntoTheTimeLeftIsKeptTo() {
      bench.timer().random(() -> 0);
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      bench.timer().advance(Duration.ofSeconds(5));

      bench.exchange(1).answer(503, "", "Retry-After", "24");
      bench.timer().advance(Duration.ofSeconds(24));
      bench.exchange(2).answer(200, "hosts");

      assertThat(call.join().hosts()).isEmpty();
    }

    @Test
    void isToldInTheEvents() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(503, "", "Retry-After", "2");

      assertThat(bench.listener().attempts()).singleElement().satisfies(event -> {
        assertThat(event.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(event.retryIn()).contains(Duration.ofMillis(2_125));
      });
      assertThat(call).isNotDone();
    }
  }

  @Nested
  class Budget {
    private final ParsecClient client = bench.client();

    @Test
    void isFourOrdinaryRepetitions() {
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(3);
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(3);
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isTwoRepetitionsForAnOverloadedService(int status) {
      assertThat(attemptsOfAFailingCall(status)).isEqualTo(3);
      assertThat(attemptsOfAFailingCall(status)).isEqualTo(1);
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(1);
    }

    @Test
    void growsByOneWithEachSuccess() {
      assertThat(attemptsOfAFailingCall(503)).isEqualTo(3);
      for (int i = 0; i < 4; i++) {
        succeed();
      }
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(1);
      succeed();

      assertThat(attemptsOfAFailingCall(500)).isEqualTo(2);
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(1);
    }

    @Test
    void neverExceedsItsCapacity() {
      for (int i = 0; i < 100; i++) {
        succeed();
      }

      assertThat(attemptsOfAFailingCall(503)).isEqualTo(3);
      assertThat(attemptsOfAFailingCall(500)).isEqualTo(1);
    }

    @Test
    void isSharedByTheViewsOfAClient() {
      assertThat(attemptsOfAFailingCall(503)).isEqualTo(3);
      ParsecClient view = client.with(CallOptions.timeout(Duration.ofSeconds(20)));

      CompletableFuture<HostPage> call = Bench.hosts(view);
      bench.transport().last().answer(500, "");

      assertThat(failureOf(call, ServerErrorException.class).attempts()).isEqualTo(1);
    }

    @Test
    void isEachClientsOwn() {
      assertThat(attemptsOfAFailingCall(503)).isEqualTo(3);

      CompletableFuture<HostPage> call = Bench.hosts(bench.client());
      bench.transport().last().answer(500, "");

      assertThat(call).isNotDone();
    }

    @Test
    void isNotTouchedByWhatThePolicyDoesNotRepeat() {
      for (int i = 0; i < 10; i++) {
        assertThat(attemptsOfAFailingCall(404)).isEqualTo(1);
      }

      assertThat(attemptsOfAFailingCall(500)).isEqualTo(3);
    }

    private int attemptsOfAFailingCall(int status) {
      CompletableFuture<HostPage> call = Bench.hosts(client);
      bench.transport().last().answer(status, "");
      while (!call.isDone() && bench.timer().runNext()) {
        bench.transport().last().answer(status, "");
      }
      return failureOf(call, ParsecApiException.class).attempts();
    }

    private void succeed() {
      CompletableFuture<HostPage> call = Bench.hosts(client);
      bench.transport().last().answer(200, "hosts");
      assertThat(call).isCompleted();
    }
  }

  @Nested
  class Policies {
    @Test
    void thatThrowLetTheCallFailWithItsOwnError() {
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> {
            throw new AssertionError("policy");
          })
          .build());

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call)).isInstanceOf(ServerErrorException.class).hasNoCause();
      assertThat(bench.timer().pending()).isZero();
    }

    @Test
    void thatReturnNullLetTheCallFailWithItsOwnError() {
      CompletableFuture<HostPage> call =
          Bench.hosts(bench.builder().retryPolicy((failed, random) -> null).build());

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call)).isInstanceOf(ServerErrorException.class).hasNoCause();
      assertThat(bench.listener().calls()).hasSize(1);
    }

    @Test
    void thatWantANegativeWaitGetNone() {
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> Optional.of(Duration.ofSeconds(-5)))
          .build());

      bench.exchange(1).answer(400, "");

      assertThat(bench.timer().untilNext()).isZero();
      assertThat(bench.listener().attempts().get(0).retryIn()).contains(Duration.ZERO);
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30S", "PT31S", "PT2562047788015215H"})
    void thatWantToWaitBeyondTheDeadlineGetNoRepetition(String wait) {
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> Optional.of(Duration.parse(wait)))
          .build());

      bench.exchange(1).answer(500, "");

      assertThat(failureOf(call)).isInstanceOf(ServerErrorException.class);
    }

    @Test
    void thatNeverGiveUpEndWithTheBudget() {
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> Optional.of(Duration.ZERO))
          .build());

      bench.exchange(1).answer(500, "");
      while (bench.timer().elapsed().isZero() && !call.isDone() && bench.timer().runNext()) {
        bench.transport().last().answer(500, "");
      }

      assertThat(failureOf(call, ServerErrorException.class).attempts()).isEqualTo(5);
    }

    @Test
    void areToldWhatFailedAndARandomNumber() {
      Deque<AttemptEvent> asked = new ArrayDeque<>();
      bench.timer().random(() -> 0.125);
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> {
            asked.add(failed);
            assertThat(random).isEqualTo(0.125);
            return Optional.empty();
          })
          .build());
      bench.timer().advance(Duration.ofMillis(70));

      bench.exchange(1).answer(418, "", "Retry-After", "3");

      assertThat(asked)
          .containsExactly(AttemptEvent.builder(Operation.HOSTS, 1, Duration.ofMillis(70))
              .status(418)
              .retryAfter(Duration.ofSeconds(3))
              .build());
      assertThat(failureOf(call)).isInstanceOf(ParsecApiException.class);
    }

    @Test
    void mayRepeatWhatTheStandardOneDoesNot() {
      CompletableFuture<HostPage> call = Bench.hosts(bench
          .builder()
          .retryPolicy((failed, random) -> Optional.of(Duration.ofSeconds(1)))
          .build());

      bench.exchange(1).answer(200, "<html>");
      bench.timer().advance(Duration.ofSeconds(1));
      bench.exchange(2).answer(200, "hosts");

      assertThat(call.join()).isEqualTo(HostPage.of(List.of(), false));
      assertThat(bench.listener().attempts())
          .extracting(AttemptEvent::isSuccess)
          .containsExactly(false, true);
    }
  }
}
