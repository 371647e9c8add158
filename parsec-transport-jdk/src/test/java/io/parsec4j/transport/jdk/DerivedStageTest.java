// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportResponse;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DerivedStageTest {
  @Test
  void endsItsExchangeWhenItIsGivenUp() {
    ExchangeFuture exchange = ExchangeFuture.create();
    CompletableFuture<Integer> stage =
        exchange.thenApply(TransportResponse::status).thenApply(status -> status + 1);

    assertThat(stage.cancel(false)).isTrue();

    assertThat(exchange).isCancelled();
  }

  @Test
  void leavesItsExchangeAloneWhenItCompletesByItself() {
    ExchangeFuture exchange = ExchangeFuture.create();
    CompletableFuture<Integer> stage = exchange.thenApply(TransportResponse::status);

    exchange.complete(TransportResponse.of(204, Headers.of(), new byte[0]));

    assertThat(stage).isCompletedWithValue(204);
    assertThat(stage.cancel(true)).isFalse();
    assertThat(exchange).isCompleted();
  }

  @Test
  void doesNotKeepTheAnswer() throws Exception {
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

  private static CompletableFuture<Integer> statusOf(TransportResponse answer) {
    ExchangeFuture exchange = ExchangeFuture.create();
    CompletableFuture<Integer> stage = exchange.thenApply(TransportResponse::status);
    exchange.complete(answer);
    return stage;
  }
}
