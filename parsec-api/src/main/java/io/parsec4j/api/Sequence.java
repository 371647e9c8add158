// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import io.parsec4j.api.internal.CallEngine;
import io.parsec4j.api.internal.CallFuture;
import io.parsec4j.api.internal.Handover;
import io.parsec4j.api.spi.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Several stages, one after the other, that one future stands for; the one that is pending, whether a call, a question or
 * a pause, is cancelled with it.
 *
 * @param <T> what the future yields
 */
abstract class Sequence<T> implements CallEngine.InFlight {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

  private final CallEngine engine;
  private final Duration patience;
  private final CallFuture<T> result;

  // Guarded by this.
  private @Nullable CompletionStage<?> pending;
  private boolean givenUp;

  /**
   * Takes what every sequence needs.
   *
   * @param patience how long the client's executor may take to come to a step
   */
  Sequence(CallEngine engine, Duration patience) {
    this.engine = engine;
    this.patience = patience;
    this.result = new CallFuture<>(engine.executor());
  }

  /** Begins the first stage, on the thread of the user. */
  abstract void first();

  /** Returns which call this is, as its failures tell it. */
  abstract CallDetails details();

  final CompletableFuture<T> begin() {
    engine.began(this);
    result.onGiveUp(this::giveUp);
    try {
      first();
    } catch (RuntimeException e) {
      engine.ended(this);
      throw e;
    }
    CompletionStage<T> outcome = result;
    outcome.whenComplete((value, failure) -> engine.ended(this));
    return result;
  }

  /**
   * Goes on after a stage, unless all was given up: on the client's executor, whose turn may come late or never, and
   * elsewhere only if that refuses.
   */
  final <V> void follow(
      CompletionStage<V> stage, BiConsumer<? super V, ? super @Nullable Throwable> step) {
    await(stage);
    stage.whenComplete((value, failure) ->
        guarded(() -> takeTurn(() -> guarded(() -> step.accept(value, failure)))));
  }

  private void takeTurn(Runnable step) {
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    Timer.Task alarm = engine.timer().schedule(patience, () -> end(late()));
    CompletionStage<Boolean> decided = turn;
    decided.whenComplete((come, cancelled) -> alarm.cancel());
    await(turn);
    Handover.run(engine.executor(), () -> {
      if (turn.complete(true)) {
        step.run();
      }
    });
  }

  private void guarded(Runnable step) {
    if (isGivenUp()) {
      return;
    }
    try {
      step.run();
    } catch (Throwable e) {
      // Wiped credentials or a user's code that throws must not leave the future waiting for ever.
      result.fail(e instanceof IllegalStateException && engine.isClosed() ? closed() : e);
    }
  }

  private ParsecException closed() {
    CallDetails call = details();
    return new ParsecException(
        call.operation() + " was given up because the client was closed", call);
  }

  private ParsecException late() {
    CallDetails call = details();
    return new ParsecTimeoutException(
        call.operation() + " failed: the client's executor did not come to its next step within "
            + patience.toMillis() + " ms",
        call,
        ParsecTimeoutException.Limit.TOTAL);
  }

  final void succeed(T value) {
    result.succeed(value);
  }

  final void fail(Throwable failure) {
    result.fail(failure);
  }

  private void await(CompletionStage<?> stage) {
    synchronized (this) {
      if (!givenUp) {
        pending = stage;
        return;
      }
    }
    cancel(stage);
  }

  private synchronized boolean isGivenUp() {
    return givenUp;
  }

  private void giveUp() {
    // If it was a derived stage that was cancelled, whoever waits for the future itself waits no
    // longer.
    end(new CancellationException());
  }

  @Override
  public void failClosed() {
    end(closed());
  }

  private void end(RuntimeException reason) {
    @Nullable CompletionStage<?> stage;
    synchronized (this) {
      if (givenUp) {
        return;
      }
      givenUp = true;
      stage = pending;
    }
    if (stage != null) {
      cancel(stage);
    }
    engine.runLast(() -> result.fail(reason));
  }

  private static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // A stage need not be convertible; what it yields later is not listened to.
      LOG.log(Level.DEBUG, "the stage of a prompt cannot be cancelled");
    }
  }
}
