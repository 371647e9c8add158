// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFutureTest {
  @Test
  void isCancelledWithAStageThatIsDerivedFromIt() {
    AnswerFuture answer = new AnswerFuture();
    CompletableFuture<Integer> stage =
        answer.thenApply(TransportResponse::status).thenApply(status -> status + 1);

    assertThat(stage.cancel(false)).isTrue();

    assertThat(answer).isCancelled();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isCancelledWhenSuchAStageIsCompletedLater(boolean succeeds) {
    AnswerFuture answer = new AnswerFuture();
    CompletableFuture<Integer> stage = answer
        .thenApply(TransportResponse::status)
        .completeAsync(
            () -> {
              if (succeeds) {
                return 7;
              }
              throw new IllegalStateException("no number");
            },
            Runnable::run);

    assertThat(stage.isCompletedExceptionally()).isEqualTo(!succeeds);
    assertThat(answer).isCancelled();
  }

  @Test
  void staysAsItIsWhenItsStagesCompleteByThemselves() {
    AnswerFuture answer = new AnswerFuture();
    CompletableFuture<Integer> stage = answer.thenApply(TransportResponse::status);

    answer.complete(TransportResponse.of(204, Headers.of(), new byte[0]));

    assertThat(stage).isCompletedWithValue(204);
    assertThat(stage.cancel(true)).isFalse();
    assertThat(answer).isCompleted();
  }

  @Test
  void doesNotKeepTheAnswerForAStageThatIsKept() throws Exception {
    WeakReference<TransportResponse> answer =
        new WeakReference<>(TransportResponse.of(200, Headers.of(), new byte[1_000]));
    List<CompletableFuture<Integer>> kept = List.of(statusOf(answer.get()));

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (answer.get() != null && System.nanoTime() < until) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(answer.get()).isNull();
    assertThat(kept.get(0)).isCompletedWithValue(200);
  }

  private static CompletableFuture<Integer> statusOf(TransportResponse response) {
    AnswerFuture answer = new AnswerFuture();
    CompletableFuture<Integer> stage = answer.thenApply(TransportResponse::status);
    answer.complete(response);
    return stage;
  }
}
