// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInOnceTest {
  private static final RetryPolicy ALWAYS = (failed, random) -> Optional.of(Duration.ZERO);
  private static final String BODY = Bench.EMAIL + " " + Bench.PASSWORD + " -";

  private final Bench bench = new Bench();

  @ParameterizedTest
  @EnumSource(names = {"CONNECT", "EXCHANGE", "TIMEOUT"})
  void isRepeatedOnceIfItsBodyWasNeverAskedFor(FailureStage stage) {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    bench.exchange(1).fail(stage);
    assertThat(bench.timer().runNext()).isTrue();
    assertThat(bench.exchange(2).openBody()).isEqualTo(BODY);
    bench.exchange(2).answer(201, "session abc");

    assertThat(call.join().id().reveal()).isEqualTo("abc");
  }

  @ParameterizedTest
  @EnumSource
  void isNotRepeatedIfItsBodyWasAskedFor(FailureStage stage) {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().retryPolicy(ALWAYS).build());

    assertThat(bench.exchange(1).openBody()).isEqualTo(BODY);
    bench.exchange(1).fail(stage);

    assertThat(failureOf(call, ParsecTransportException.class).attempts()).isEqualTo(1);
    assertThat(bench.timer().pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void isNotRepeatedAfterAnyStatus(int status) {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().retryPolicy(ALWAYS).build());

    assertThat(bench.exchange(1).openBody()).isEqualTo(BODY);
    bench.exchange(1).answer(status, "");

    assertThat(failureOf(call, ParsecApiException.class).status()).isEqualTo(status);
    assertThat(bench.exchanges()).isEqualTo(1);
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void isNotRepeatedTwiceWhateverThePolicySays() {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().retryPolicy(ALWAYS).build());

    bench.exchange(1).fail(FailureStage.CONNECT);
    assertThat(bench.timer().runNext()).isTrue();
    bench.exchange(2).fail(FailureStage.CONNECT);

    ParsecTransportException failure = failureOf(call, ParsecTransportException.class);
    assertThat(failure.attempts()).isEqualTo(2);
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void isNotRepeatedIfThePolicyDoesNotWantIt() {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().retryPolicy(RetryPolicy.none()).build());

    bench.exchange(1).fail(FailureStage.CONNECT);

    assertThat(failureOf(call, ParsecTransportException.class).attempts()).isEqualTo(1);
  }

  @Test
  void isNotRepeatedAfterATlsFailure() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    bench.exchange(1).fail(FailureStage.TLS);

    assertThat(failureOf(call, ParsecTransportException.class).attempts()).isEqualTo(1);
  }

  @Test
  void isRepeatedAfterAnAttemptThatTimedOutBeforeItsBodyWasAskedFor() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    bench.timer().advance(Duration.ofSeconds(10));
    assertThat(bench.exchange(1).cancelledWithTrue()).isTrue();
    assertThat(bench.timer().runNext()).isTrue();

    assertThat(bench.exchanges()).isEqualTo(2);
    assertThatThrownBy(() -> bench.exchange(1).openBody())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the exchange was given up; send nothing");
    assertThat(bench.exchange(2).openBody()).isEqualTo(BODY);
    assertThat(call).isNotDone();
  }

  @Test
  void isNotRepeatedAfterAnAttemptThatTimedOutLater() {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().retryPolicy(ALWAYS).build());

    assertThat(bench.exchange(1).openBody()).isEqualTo(BODY);
    bench.timer().advance(Duration.ofSeconds(10));

    assertThat(failureOf(call, ParsecTimeoutException.class).limit())
        .isEqualTo(ParsecTimeoutException.Limit.ATTEMPT);
    assertThat(bench.exchanges()).isEqualTo(1);
  }

  @Test
  void refusesItsBodyToATransportThatAsksAfterAFailure() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    bench.exchange(1).fail(FailureStage.CONNECT);

    assertThatThrownBy(() -> bench.exchange(1).openBody())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the exchange was given up; send nothing");
    assertThat(call).isNotDone();
  }

  @Test
  void refusesItsBodyAfterTheDeadline() {
    CompletableFuture<Session> call =
        Bench.signIn(bench.builder().attemptTimeout(Duration.ofDays(1)).build());

    bench.timer().advance(Duration.ofSeconds(30));

    assertThat(failureOf(call)).isInstanceOf(ParsecTimeoutException.class);
    assertThatThrownBy(() -> bench.exchange(1).openBody())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the exchange was given up; send nothing");
  }

  @Test
  void refusesItsBodyAfterACancel() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    call.cancel(true);

    assertThatThrownBy(() -> bench.exchange(1).openBody())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the exchange was given up; send nothing");
  }

  @Test
  void refusesItsBodyASecondTime() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());
    assertThat(bench.exchange(1).openBody()).isEqualTo(BODY);

    assertThatThrownBy(() -> bench.exchange(1).openBody())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the body was opened before");
    assertThat(call).isNotDone();
  }

  @Test
  void overwritesItsBodyWhenItHasEnded() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());
    byte[] body = bench.exchange(1).request().openBody();

    bench.exchange(1).answer(200, "session abc");

    assertThat(call).isCompleted();
    assertThat(body).containsOnly(0);
  }

  @Test
  void keepsItsBodyUntilTheRepetition() {
    CompletableFuture<Session> call = Bench.signIn(bench.client());

    bench.exchange(1).fail(FailureStage.CONNECT);
    assertThat(bench.timer().runNext()).isTrue();

    assertThat(bench.exchange(2).openBody()).isEqualTo(BODY);
    assertThat(call).isNotDone();
  }

  @Test
  void countsAgainstTheBudgetOfTheClient() {
    ParsecClient client = bench.client();
    for (int i = 0; i < 4; i++) {
      CompletableFuture<Session> call = Bench.signIn(client);
      bench.transport().last().fail(FailureStage.CONNECT);
      assertThat(bench.timer().runNext()).isTrue();
      bench.transport().last().fail(FailureStage.CONNECT);
      assertThat(failureOf(call, ParsecTransportException.class).attempts()).isEqualTo(2);
    }

    CompletableFuture<Session> call = Bench.signIn(client);
    bench.transport().last().fail(FailureStage.CONNECT);

    assertThat(failureOf(call, ParsecTransportException.class).attempts()).isEqualTo(1);
  }
}
