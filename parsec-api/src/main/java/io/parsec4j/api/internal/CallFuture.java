// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call: when its user cancels or completes it, or any stage derived from it, the call is given up, once.
 *
 * @param <T> what the call yields
 */
public final class CallFuture<T> extends CompletableFuture<T> {
  private static final Timer TIMER = new SystemTimer();

  /** Shared with the derived stages; emptied when the call ends, so that a kept stage does not keep the call. */
  private final AtomicReference<@Nullable Runnable> giveUp;

  private final Executor executor;

  /**
   * Creates the future of a call.
   *
   * @param executor runs what a user attaches with the {@code Async} methods
   */
  public CallFuture(Executor executor) {
    this(new AtomicReference<>(), executor);
  }

  private CallFuture(AtomicReference<@Nullable Runnable> giveUp, Executor executor) {
    this.giveUp = giveUp;
    this.executor = executor;
  }

  /** Sets what gives the call up. */
  public void onGiveUp(Runnable action) {
    giveUp.set(action);
    if (isDone()) {
      fireGiveUp();
    }
  }

  /** Completes the future as the call's own doing. */
  public void succeed(T value) {
    giveUp.set(null);
    super.complete(value);
  }

  /** Fails the future as the call's own doing. */
  public void fail(Throwable failure) {
    giveUp.set(null);
    super.completeExceptionally(failure);
  }

  @Override
  public boolean complete(T value) {
    return givingUpIf(super.complete(value));
  }

  /** Also what {@code orTimeout} calls, on this future or on a derived one. */
  @Override
  public boolean completeExceptionally(Throwable failure) {
    return givingUpIf(super.completeExceptionally(failure));
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor where) {
    requireNonNull(supplier, "supplier");
    where.execute(() -> {
      try {
        if (super.complete(supplier.get())) {
          fireGiveUp();
        }
      } catch (Throwable e) {
        if (super.completeExceptionally(e)) {
          fireGiveUp();
        }
      }
    });
    return this;
  }

  /** Completes the future on the executor: on the JVM's timer thread, a user's code could hold up every other timer. */
  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    return after(timeout, unit, () -> {
      if (super.completeExceptionally(new TimeoutException())) {
        fireGiveUp();
      }
    });
  }

  /** Completes the future on the executor, for the same reason. */
  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    return after(timeout, unit, () -> {
      if (super.complete(value)) {
        fireGiveUp();
      }
    });
  }

  private CompletableFuture<T> after(long timeout, TimeUnit unit, Runnable end) {
    Duration delay = Duration.ofNanos(unit.toNanos(timeout));
    if (!isDone()) {
      Timer.Task alarm = TIMER.schedule(delay, () -> Handover.runLast(executor, TIMER, end));
      CompletionStage<T> self = this;
      self.whenComplete((value, failure) -> alarm.cancel());
    }
    return this;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return givingUpIf(super.cancel(mayInterruptIfRunning));
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CallFuture<>(giveUp, executor);
  }

  @Override
  public Executor defaultExecutor() {
    return executor;
  }

  private boolean givingUpIf(boolean done) {
    if (done) {
      fireGiveUp();
    }
    return done;
  }

  private void fireGiveUp() {
    Runnable action = giveUp.getAndSet(null);
    if (action != null) {
      action.run();
    }
  }
}
