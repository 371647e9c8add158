// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.AttemptEvent;
import io.parsec4j.api.CallDetails;
import io.parsec4j.api.CallEvent;
import io.parsec4j.api.CallListener;
import io.parsec4j.api.FailureStage;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.ParsecTimeoutException;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call: its attempts, the waits between them, and its single end.
 *
 * <p>What comes from a transport or a timer only posts a step to the executor; steps read answers, decide and hand out.
 * The lock guards the few fields below and is never held while foreign code runs.
 */
final class Call<T> implements CallEngine.InFlight {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");
  private static final int RETRY_COST = 5;
  private static final int RETRY_COST_WHEN_OVERLOADED = 10;
  private static final int MAX_ATTEMPTS_OF_POST = 2;
  static final int NO_ANSWER = Integer.MIN_VALUE;

  private final CallEngine engine;
  private final CallSpec<T> spec;
  private final CallLimits limits;
  private final Executor executor;
  private final CallFuture<T> future;
  private final long beginNanos;
  private volatile boolean givenUp;

  // Guarded by this.
  private int attempts;
  private boolean attemptRunning;
  private boolean attemptUntold;
  private long attemptBeginNanos;
  private Duration attemptLimit = Duration.ZERO;
  private boolean ended;
  private @Nullable OneShotBody body;
  private @Nullable CompletableFuture<TransportResponse> exchange;
  private Timer.@Nullable Task attemptOrWait;
  private Timer.@Nullable Task deadline;
  private List<ParsecException> failedAttempts = List.of();

  Call(CallEngine engine, CallSpec<T> spec, CallLimits limits, Executor executor) {
    this.engine = engine;
    this.spec = spec;
    this.limits = limits;
    this.executor = executor;
    this.future = new CallFuture<>(executor);
    this.beginNanos = engine.timer().nanoTime();
  }

  CallFuture<T> future() {
    return future;
  }

  CallDetails details() {
    int count;
    synchronized (this) {
      count = attempts;
    }
    return CallDetails.of(spec.operation(), count, elapsed());
  }

  /** Returns the value or throws the failure of a call that has ended. */
  T result() {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ParsecException) {
        throw (ParsecException) e.getCause();
      }
      throw e;
    }
  }

  void begin() {
    future.onGiveUp(this::giveUp);
    // A timer or a transport that throws must not leave the call among those in flight.
    guarded(this::attempt).run();
  }

  /** Sets the timer of the whole call, which most calls never need: that of their only attempt is the earlier one. */
  private void setDeadline() {
    synchronized (this) {
      if (ended || deadline != null) {
        return;
      }
    }
    Timer.Task task = engine.timer().schedule(remaining(), this::timeIsUp);
    boolean late;
    synchronized (this) {
      late = ended || deadline != null;
      deadline = late ? deadline : task;
    }
    if (late) {
      task.cancel();
    }
  }

  private void attempt() {
    int number;
    OneShotBody newBody = spec.newBody();
    Duration remaining = remaining();
    boolean limited = limits.attemptTimeout().compareTo(remaining) < 0;
    Duration limit = limited ? limits.attemptTimeout() : remaining;
    synchronized (this) {
      if (ended) {
        return;
      }
      number = ++attempts;
      attemptRunning = true;
      attemptUntold = true;
      attemptBeginNanos = engine.timer().nanoTime();
      attemptLimit = limit;
      body = newBody;
    }
    if (limited) {
      schedule(limit, () -> attemptTimedOut(number), () -> isRunning(number));
    } else {
      setDeadline();
    }
    CompletableFuture<TransportResponse> sent = send(
        spec.request(newBody, limit, () -> attemptQueued(number), () -> attemptDequeued(number)));
    boolean obsolete;
    synchronized (this) {
      obsolete = !isRunning(number);
      exchange = obsolete ? exchange : sent;
    }
    if (obsolete) {
      close(sent);
    }
    CompletionStage<TransportResponse> outcome = sent;
    outcome.whenComplete((answer, failure) -> step(() -> attemptEnded(number, answer, failure)));
  }

  /** The attempt waits in the transport, which says little about the service and so does not count for the attempt. */
  private void attemptQueued(int number) {
    Timer.@Nullable Task task;
    synchronized (this) {
      if (!isRunning(number)) {
        return;
      }
      task = attemptOrWait;
      attemptOrWait = null;
    }
    setDeadline();
    if (task != null) {
      task.cancel();
    }
  }

  private void attemptDequeued(int number) {
    Duration remaining = remaining();
    boolean limited = limits.attemptTimeout().compareTo(remaining) < 0;
    synchronized (this) {
      if (!isRunning(number)) {
        return;
      }
      attemptBeginNanos = engine.timer().nanoTime();
      attemptLimit = limited ? limits.attemptTimeout() : remaining;
    }
    if (limited) {
      schedule(limits.attemptTimeout(), () -> attemptTimedOut(number), () -> isRunning(number));
    }
  }

  private CompletableFuture<TransportResponse> send(TransportRequest request) {
    try {
      CompletableFuture<TransportResponse> sent = engine.transport().send(request);
      return sent != null ? sent : CompletableFuture.failedFuture(new NullPointerException("send"));
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(TransportFailures.closed());
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void attemptEnded(
      int number, @Nullable TransportResponse answer, @Nullable Throwable failure) {
    synchronized (this) {
      if (!isRunning(number)) {
        return;
      }
    }
    CallDetails call = details();
    T value = null;
    ParsecException problem = null;
    int status = NO_ANSWER;
    if (answer == null) {
      problem = TransportFailures.translate(
          failure, spec.reader(), call, limitReached(), engine.timer().now());
    } else {
      status = answer.status();
      try {
        value = spec.reader().read(answer, call, engine.timer().now());
      } catch (ParsecException e) {
        problem = e;
      }
    }
    // The attempt's time limit covers the decoding, so it may have ended meanwhile.
    if (!endAttempt(number)) {
      return;
    }
    if (value != null) {
      succeed(number, status, value);
    } else if (problem != null) {
      attemptFailed(number, status, problem);
    }
  }

  /** Which limit it was if the transport says that the attempt took too long: it has only two of them. */
  private ParsecTimeoutException.Limit limitReached() {
    long beginning;
    Duration limit;
    synchronized (this) {
      beginning = attemptBeginNanos;
      limit = attemptLimit;
    }
    if (engine.timer().nanoTime() - beginning < limit.toNanos()) {
      return ParsecTimeoutException.Limit.CONNECT;
    }
    return limit.equals(limits.attemptTimeout())
        ? ParsecTimeoutException.Limit.ATTEMPT
        : ParsecTimeoutException.Limit.TOTAL;
  }

  private void attemptTimedOut(int number) {
    if (!endAttempt(number)) {
      return;
    }
    // Before the step, which a blocked executor may hold up.
    setDeadline();
    step(() -> attemptFailed(
        number,
        NO_ANSWER,
        new ParsecTimeoutException(
            spec.operation() + " failed: attempt " + number + " took longer than "
                + text(limits.attemptTimeout()),
            details(),
            ParsecTimeoutException.Limit.ATTEMPT)));
  }

  private void succeed(int number, int status, T value) {
    engine.retryBudget().giveBack();
    if (!end()) {
      return;
    }
    tell(listener -> listener.onAttempt(AttemptEvent.builder(spec.operation(), number, elapsed())
        .success(true)
        .status(status)
        .build()));
    tellEnd(CallEvent.Outcome.SUCCESS);
    future.succeed(value);
  }

  private void attemptFailed(int number, int status, ParsecException problem) {
    // The policy may take its time, too.
    setDeadline();
    AttemptEvent event = TransportFailures.event(number, status, problem, elapsed());
    Optional<Duration> wait = waitBeforeRetry(event);
    AttemptEvent told = wait.isPresent() ? event.toBuilder().retryIn(wait.get()).build() : event;
    LOG.log(Level.DEBUG, () -> told + " " + problem.getClass().getSimpleName());
    if (wait.isEmpty()) {
      fail(problem, told);
      return;
    }
    synchronized (this) {
      if (ended) {
        return;
      }
      List<ParsecException> all = new ArrayList<>(failedAttempts);
      all.add(problem);
      failedAttempts = all;
      attemptUntold = false;
    }
    tell(listener -> listener.onAttempt(told));
    schedule(wait.get(), () -> step(this::attempt), () -> !ended && attempts == number);
  }

  /** Asks the policy, and has the last word: nothing is sent twice that must not be, nothing waits past the deadline. */
  private Optional<Duration> waitBeforeRetry(AttemptEvent failed) {
    @Nullable OneShotBody sentBody;
    synchronized (this) {
      sentBody = body;
    }
    boolean mayRepeat =
        sentBody == null || (sentBody.withdraw() && failed.attempt() < MAX_ATTEMPTS_OF_POST);
    if (!mayRepeat) {
      return Optional.empty();
    }
    Optional<Duration> wait;
    try {
      wait = requireNonNull(limits.retryPolicy().delay(failed, engine.timer().random()), "delay");
    } catch (Throwable e) {
      LOG.log(
          Level.WARNING,
          "a RetryPolicy threw " + e.getClass().getName() + "; the call is not repeated");
      return Optional.empty();
    }
    int status = failed.status().orElse(0);
    int cost = status == 429 || status == 503 ? RETRY_COST_WHEN_OVERLOADED : RETRY_COST;
    return wait.map(w -> w.isNegative() ? Duration.ZERO : w)
        .filter(w -> w.compareTo(remaining()) < 0)
        .filter(w -> engine.retryBudget().take(cost));
  }

  /** Ends the call if its time is over and the timer has not done it, because somebody's code blocks the timer. */
  void checkDeadline() {
    if (elapsed().compareTo(limits.timeout()) >= 0) {
      timeIsUp();
    }
  }

  List<ParsecException> failedAttempts() {
    synchronized (this) {
      return failedAttempts;
    }
  }

  private void timeIsUp() {
    if (!end()) {
      return;
    }
    lastStep(() -> {
      ParsecTimeoutException timeout = new ParsecTimeoutException(
          spec.operation() + " failed: it took longer than " + text(limits.timeout()),
          details(),
          ParsecTimeoutException.Limit.TOTAL);
      tellAbandonedAttempt(builder -> builder.stage(FailureStage.TIMEOUT));
      handOutFailure(timeout, CallEvent.Outcome.FAILED);
    });
  }

  /** Gives the call up because its user does not want it any more. */
  void giveUp() {
    if (!end()) {
      return;
    }
    givenUp = true;
    lastStep(() -> {
      tellAbandonedAttempt(builder -> builder);
      tellEnd(CallEvent.Outcome.CANCELLED);
      // If it was a derived stage that was cancelled, whoever waits for the future itself waits no
      // longer.
      future.fail(new CancellationException());
    });
  }

  /** Returns whether nothing more is to come: the future is done, or the call was given up. */
  boolean isSettled() {
    return givenUp || future.isDone();
  }

  @Override
  public void failClosed() {
    if (end()) {
      lastStep(() -> {
        tellAbandonedAttempt(builder -> builder);
        handOutFailure(
            new ParsecException(
                spec.operation() + " was given up because the client was closed", details()),
            CallEvent.Outcome.CANCELLED);
      });
    }
  }

  private void fail(ParsecException problem, AttemptEvent last) {
    if (end()) {
      tell(listener -> listener.onAttempt(last));
      boolean refused = problem instanceof ParsecApiException;
      handOutFailure(problem, refused ? CallEvent.Outcome.REFUSED : CallEvent.Outcome.FAILED);
    }
  }

  private void handOutFailure(ParsecException problem, CallEvent.Outcome outcome) {
    synchronized (this) {
      failedAttempts.forEach(problem::addSuppressed);
    }
    tellEnd(outcome);
    future.fail(problem);
  }

  /** Ends one attempt, unless it has ended, and closes what is in flight; returns whether this did it. */
  private boolean endAttempt(int number) {
    Timer.@Nullable Task task;
    @Nullable CompletableFuture<TransportResponse> abandoned;
    synchronized (this) {
      if (!isRunning(number)) {
        return false;
      }
      attemptRunning = false;
      abandoned = exchange;
      exchange = null;
      task = attemptOrWait;
      attemptOrWait = null;
    }
    if (task != null) {
      task.cancel();
    }
    if (abandoned != null && !abandoned.isDone()) {
      close(abandoned);
    }
    return true;
  }

  /** Ends the call, unless it has ended, and closes what is in flight; returns whether this did it. */
  private boolean end() {
    Timer.@Nullable Task[] tasks;
    @Nullable CompletableFuture<TransportResponse> abandoned;
    @Nullable OneShotBody unsent;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      attemptRunning = false;
      abandoned = exchange;
      exchange = null;
      unsent = body;
      tasks = new Timer.@Nullable Task[] {attemptOrWait, deadline};
      attemptOrWait = null;
      deadline = null;
    }
    for (Timer.@Nullable Task task : tasks) {
      if (task != null) {
        task.cancel();
      }
    }
    if (unsent != null) {
      // A transport that is late must not send the overwritten bytes.
      unsent.refuse();
    }
    close(abandoned);
    spec.wipeBody();
    engine.ended(this);
    return true;
  }

  /** Schedules the end of an attempt or of a wait; a call has at most one of them at a time. */
  private void schedule(Duration delay, Runnable action, BooleanSupplier wanted) {
    Timer.Task task = engine.timer().schedule(delay, action);
    synchronized (this) {
      if (wanted.getAsBoolean()) {
        attemptOrWait = task;
        return;
      }
    }
    task.cancel();
  }

  private void close(@Nullable CompletableFuture<?> abandoned) {
    if (abandoned == null) {
      return;
    }
    try {
      abandoned.cancel(true);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the transport threw " + e.getClass().getName() + " when an exchange was cancelled");
    }
  }

  private boolean isRunning(int number) {
    return !ended && attemptRunning && attempts == number;
  }

  private void step(Runnable work) {
    Handover.run(executor, guarded(work));
  }

  /** Takes the step that completes the future, for which no timer waits any more. */
  private void lastStep(Runnable work) {
    if (executor instanceof CallerThread) {
      step(work);
    } else {
      Handover.runLast(executor, engine.timer(), guarded(work));
    }
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable e) {
        failUnexpectedly(e);
      }
    };
  }

  private void failUnexpectedly(Throwable e) {
    LOG.log(
        Level.WARNING,
        spec.operation() + " failed unexpectedly with " + e.getClass().getName());
    ParsecException problem = new ParsecException(
        spec.operation() + " failed unexpectedly with " + e.getClass().getName(), details());
    // Its text may quote an answer; where it was thrown tells enough.
    problem.setStackTrace(e.getStackTrace());
    if (end()) {
      tellAbandonedAttempt(builder -> builder);
      handOutFailure(problem, CallEvent.Outcome.FAILED);
    } else {
      future.fail(problem);
    }
  }

  /** Tells of the attempt that ended with its call, if one did. */
  private void tellAbandonedAttempt(UnaryOperator<AttemptEvent.Builder> more) {
    int number;
    synchronized (this) {
      if (!attemptUntold) {
        return;
      }
      attemptUntold = false;
      number = attempts;
    }
    AttemptEvent.Builder event = AttemptEvent.builder(spec.operation(), number, elapsed());
    tell(listener -> listener.onAttempt(more.apply(event).build()));
  }

  private void tellEnd(CallEvent.Outcome outcome) {
    tell(listener -> listener.onCall(CallEvent.of(details(), outcome)));
  }

  private void tell(Consumer<CallListener> event) {
    CallListener listener = engine.listener();
    if (listener == null) {
      return;
    }
    try {
      event.accept(listener);
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "a CallListener threw " + e.getClass().getName());
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(Math.max(0, engine.timer().nanoTime() - beginNanos));
  }

  Duration remaining() {
    Duration left = limits.timeout().minus(elapsed());
    return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
  }

  private static String text(Duration limit) {
    return limit.toMillis() + " ms";
  }
}
