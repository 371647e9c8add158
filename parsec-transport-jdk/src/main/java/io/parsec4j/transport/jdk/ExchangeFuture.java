// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.AnswerFuture;
import io.parsec4j.api.spi.TransportResponse;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of one exchange: however it or a stage derived from it is given up, the JDK's own future is cancelled, which
 * closes the connection.
 */
final class ExchangeFuture extends AnswerFuture {
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile @Nullable Runnable jdkTelling;
  private volatile boolean bodyOpened;

  private ExchangeFuture() {}

  static ExchangeFuture create() {
    ExchangeFuture future = new ExchangeFuture();
    CompletionStage<TransportResponse> ended = future;
    ended.whenComplete((answer, failure) -> future.abort());
    return future;
  }

  void begin(
      CompletableFuture<HttpResponse<TransportResponse>> started,
      BiConsumer<HttpResponse<TransportResponse>, @Nullable Throwable> outcome) {
    exchange = started;
    CompletionStage<HttpResponse<TransportResponse>> ended = started;
    ended.whenComplete(outcome);
    relieve();
    if (isDone()) {
      abort();
    }
  }

  /**
   * Takes the whole answer, and relieves the JDK's own future of telling of it: it would do that on the common pool, and
   * where there is but one processor for it, on a new thread each time.
   *
   * @param telling completes that future, which must not happen before it is relieved
   */
  void answered(TransportResponse answer, Runnable telling) {
    jdkTelling = telling;
    relieve();
    if (!complete(answer)) {
      // Given up just before, so that the JDK's future is done, but not yet what leads to it.
      telling.run();
    }
  }

  private void relieve() {
    CompletableFuture<?> started = exchange;
    Runnable telling = jdkTelling;
    if (started != null && telling != null) {
      exchange = null;
      started.complete(null);
      telling.run();
    }
  }

  boolean isAnswered() {
    return jdkTelling != null;
  }

  /** Takes note that the JDK has asked for the bytes of the request. */
  void bodyOpened() {
    bodyOpened = true;
  }

  boolean isBodyOpened() {
    return bodyOpened;
  }

  /** Closes the exchange on the wire; what has ended by itself stays as it is. */
  private void abort() {
    if (isAnswered()) {
      return;
    }
    CompletableFuture<?> started = exchange;
    exchange = null;
    if (started != null) {
      // Measured: only true closes the connection; false leaves it running.
      started.cancel(true);
    }
  }
}
