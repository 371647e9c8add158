// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.TransportResponse;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The future of one exchange: however it is given up, the JDK's own future is cancelled, which closes the connection. */
final class ExchangeFuture extends CompletableFuture<TransportResponse> {
  private volatile @Nullable CompletableFuture<?> exchange;

  void begin(
      CompletableFuture<HttpResponse<TransportResponse>> started,
      BiConsumer<HttpResponse<TransportResponse>, @Nullable Throwable> outcome) {
    exchange = started;
    if (isDone()) {
      abort();
    }
    CompletionStage<HttpResponse<TransportResponse>> ended = started;
    ended.whenComplete(outcome);
  }

  void succeed(TransportResponse answer) {
    exchange = null;
    super.complete(answer);
  }

  void fail(Throwable failure) {
    super.completeExceptionally(failure);
  }

  /** Closes the exchange on the wire. */
  void abort() {
    CompletableFuture<?> started = exchange;
    if (started != null) {
      // Measured: only true closes the connection; false leaves it running.
      started.cancel(true);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      abort();
    }
    return cancelled;
  }
}
