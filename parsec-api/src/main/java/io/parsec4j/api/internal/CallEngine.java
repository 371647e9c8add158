// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.CallDetails;
import io.parsec4j.api.CallListener;
import io.parsec4j.api.ParsecInterruptedException;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of one client over one transport: an asynchronous call is a {@link Call}, a synchronous one is that and
 * a wait.
 */
public final class CallEngine {
  private final Transport transport;
  private final Timer timer;
  private final Executor executor;
  private final @Nullable CallListener listener;
  private final TokenBucket retryBudget = new TokenBucket();
  private final Set<InFlight> inFlight = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Uses a transport that the caller closes. */
  public CallEngine(
      Transport transport, Timer timer, Executor executor, @Nullable CallListener listener) {
    this.transport = transport;
    this.timer = timer;
    this.executor = executor;
    this.listener = listener;
  }

  /** Begins a call. */
  public <T> CompletableFuture<T> start(CallSpec<T> spec, CallLimits limits) {
    return begin(spec, limits, executor).future();
  }

  /** Makes a call on this thread. */
  public <T> T run(CallSpec<T> spec, CallLimits limits) {
    if (Thread.currentThread().isInterrupted()) {
      throw new ParsecInterruptedException(
          spec.operation() + " was not begun because the calling thread is interrupted",
          CallDetails.of(spec.operation(), 0, Duration.ZERO));
    }
    CallerThread caller = new CallerThread();
    Call<T> call = begin(spec, limits, caller);
    try {
      while (!call.future().isDone()) {
        if (!caller.runNext(call.remaining())) {
          call.checkDeadline();
        }
      }
    } catch (InterruptedException e) {
      call.giveUp();
      caller.runUntil(call::isSettled);
      Thread.currentThread().interrupt();
      ParsecInterruptedException interrupted = new ParsecInterruptedException(
          spec.operation() + " was given up because the calling thread was interrupted",
          call.details());
      call.failedAttempts().forEach(interrupted::addSuppressed);
      throw interrupted;
    }
    return call.result();
  }

  /**
   * Lets this thread wait for a time, or until the client is closed if that is sooner.
   *
   * @return whether the client is open
   * @throws InterruptedException if this thread is interrupted
   */
  public boolean pause(Duration time) throws InterruptedException {
    long begin = timer.nanoTime();
    CallerThread caller = new CallerThread();
    Runnable wake = () -> caller.execute(() -> {});
    InFlight wait = wake::run;
    Timer.Task task = timer.schedule(time, wake);
    inFlight.add(wait);
    try {
      // Read after the wait is known, so that no close is missed; the clock too, in case somebody's
      // code blocks the timer.
      boolean woken = false;
      while (!closed && !woken && timer.nanoTime() - begin < time.toNanos()) {
        woken = caller.runNext(time);
      }
    } finally {
      task.cancel();
      inFlight.remove(wait);
    }
    return !closed;
  }

  /** Runs a step that must run, on the executor if that comes to it. */
  public void runLast(Runnable step) {
    Handover.runLast(executor, timer, step);
  }

  /** Returns where the asynchronous results are handed out. */
  public Executor executor() {
    return executor;
  }

  /** Lets the calls in flight fail, and every later one. */
  public void close() {
    closed = true;
    inFlight.forEach(InFlight::failClosed);
  }

  /** Returns whether this is closed. */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Refuses to begin anything when this is closed.
   *
   * @throws IllegalStateException if this is closed
   */
  public void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed; build a new one");
    }
  }

  private <T> Call<T> begin(CallSpec<T> spec, CallLimits limits, Executor steps) {
    Call<T> call = new Call<>(this, spec, limits, steps);
    began(call);
    call.begin();
    return call;
  }

  /**
   * Lets something fail when this is closed.
   *
   * @throws IllegalStateException if this is closed
   */
  public void began(InFlight call) {
    inFlight.add(call);
    // Checked after the call is known, so that either close() sees the call or the call sees the
    // close.
    if (closed) {
      inFlight.remove(call);
      checkOpen();
    }
  }

  Transport transport() {
    return transport;
  }

  /** Returns where time comes from. */
  public Timer timer() {
    return timer;
  }

  @Nullable
  CallListener listener() {
    return listener;
  }

  TokenBucket retryBudget() {
    return retryBudget;
  }

  /** Forgets what has ended. */
  public void ended(InFlight call) {
    inFlight.remove(call);
  }

  /** What a client that closes does not leave behind. */
  @FunctionalInterface
  public interface InFlight {
    /** Fails because the client is being closed. */
    void failClosed();
  }
}
