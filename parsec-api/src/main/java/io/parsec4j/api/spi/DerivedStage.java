// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage derived from the future of an exchange: whoever gives it up ends the exchange, as decorators return such stages.
 *
 * @param <T> what the stage yields
 */
final class DerivedStage<T extends @Nullable Object> extends CompletableFuture<T> {
  /** Weak, so that a kept stage does not keep the answer; an exchange in flight is held by its transport. */
  private final WeakReference<AnswerFuture> source;

  DerivedStage(WeakReference<AnswerFuture> source) {
    this.source = source;
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new DerivedStage<>(source);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return endingIf(super.cancel(mayInterruptIfRunning));
  }

  @Override
  public boolean complete(T value) {
    return endingIf(super.complete(value));
  }

  /** Also what {@code orTimeout} calls. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    return endingIf(super.completeExceptionally(failure));
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    requireNonNull(supplier, "supplier");
    executor.execute(() -> {
      try {
        boolean unused = complete(supplier.get());
      } catch (Throwable e) {
        boolean unused = completeExceptionally(e);
      }
    });
    return this;
  }

  private boolean endingIf(boolean givenUp) {
    AnswerFuture answer = source.get();
    if (givenUp && answer != null) {
      answer.cancel(true);
    }
    return givenUp;
  }
}
