// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.CallDetails;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostsUpdate;
import io.parsec4j.api.Operation;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.spi.Timer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists the hosts again and again, from the first subscription until the last one is cancelled, the client is closed or
 * the service refuses; then it is over for good.
 *
 * <p>The lock guards the few fields below and is never held while foreign code runs.
 */
final class HostPolling implements CallEngine.InFlight {
  private static final Logger LOG = System.getLogger("io.parsec4j.api");
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  /** A date in Retry-After may be any. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  /** From the shortest interval, a second, that many doublings pass the longest back-off. */
  private static final int MAX_DOUBLINGS = 9;

  private static final double SPREAD = 0.1;

  private final CallEngine engine;
  private final CallSpec<HostPage> spec;
  private final CallLimits limits;
  private final Duration interval;

  // Guarded by this.
  private final Set<HostSubscription> subscriptions = new LinkedHashSet<>();
  private @Nullable HostSnapshot newest;
  private @Nullable CompletableFuture<HostPage> poll;
  private Timer.@Nullable Task wait;
  private int failures;
  private boolean ended;

  HostPolling(CallEngine engine, CallSpec<HostPage> spec, CallLimits limits, Duration interval) {
    this.engine = engine;
    this.spec = spec;
    this.limits = limits;
    this.interval = interval;
  }

  /** Takes a subscriber, unless this is over; the first one begins it. */
  boolean add(Flow.Subscriber<? super HostsUpdate> subscriber) {
    HostSubscription subscription = new HostSubscription(engine, this, subscriber);
    boolean first;
    synchronized (this) {
      if (ended) {
        return false;
      }
      first = subscriptions.isEmpty();
      subscriptions.add(subscription);
    }
    if (first) {
      register();
    }
    subscription.wake();
    if (first) {
      poll();
    }
    return true;
  }

  /** Forgets a subscription that is over, and ends with the last one. */
  void remove(HostSubscription subscription) {
    // In one step: whoever subscribed in between would begin a second row of polls.
    endIf(
        () -> subscriptions.remove(subscription) && subscriptions.isEmpty(),
        HostSubscription.SILENCE);
  }

  synchronized @Nullable HostSnapshot newest() {
    return newest;
  }

  synchronized boolean isOver() {
    return ended;
  }

  @Override
  public void failClosed() {
    end(Flow.Subscriber::onComplete);
  }

  private void register() {
    try {
      engine.began(this);
    } catch (IllegalStateException e) {
      failClosed();
    }
  }

  private void poll() {
    guarded(() -> {
      synchronized (this) {
        if (ended) {
          return;
        }
      }
      CompletableFuture<HostPage> call;
      try {
        call = engine.start(spec, limits);
      } catch (IllegalStateException e) {
        failClosed();
        return;
      }
      boolean late;
      synchronized (this) {
        late = ended;
        poll = late ? null : call;
      }
      if (late) {
        call.cancel(true);
      }
      CompletionStage<HostPage> outcome = call;
      outcome.whenComplete((page, failure) -> guarded(() -> polled(page, failure)));
    });
  }

  private void polled(@Nullable HostPage page, @Nullable Throwable failure) {
    Optional<ParsecApiException> refusal = Optional.ofNullable(failure)
        .filter(ParsecApiException.class::isInstance)
        .map(ParsecApiException.class::cast);
    if (refusal.filter(HostPolling::isFinal).isPresent()) {
      end(subscriber -> subscriber.onError(refusal.get()));
      return;
    }
    List<HostSubscription> told;
    int doublings;
    synchronized (this) {
      if (ended) {
        return;
      }
      if (page != null) {
        newest = new HostSnapshot(page, newest);
      }
      failures = page != null ? 0 : Math.min(failures + 1, MAX_DOUBLINGS);
      doublings = failures;
      told = List.copyOf(subscriptions);
    }
    Duration asked = refusal.flatMap(ParsecApiException::retryAfter).orElse(Duration.ZERO);
    pollAfter(pause(doublings, asked));
    if (page != null) {
      told.forEach(HostSubscription::wake);
    }
  }

  /** Returns whether it makes no sense to ask again what the service refused. */
  private static boolean isFinal(ParsecApiException refusal) {
    int status = refusal.status();
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }

  private Duration pause(int doublings, Duration asked) {
    double random = engine.timer().random();
    Duration backoff =
        longer(interval, shorter(interval.multipliedBy(1L << doublings), LONGEST_BACKOFF));
    Duration spread = times(backoff, 1 - SPREAD + 2 * SPREAD * random);
    return longer(spread, shorter(asked, LONGEST_WAIT).plus(times(interval, SPREAD * random)));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void pollAfter(Duration pause) {
    // An executor that drops the step must not end the polling without a word.
    Timer.Task task = engine.timer().schedule(pause, () -> engine.runLast(this::poll));
    synchronized (this) {
      if (!ended) {
        wait = task;
        return;
      }
    }
    task.cancel();
  }

  private void end(Consumer<Flow.Subscriber<?>> signal) {
    endIf(() -> true, signal);
  }

  /** Ends the polling, unless it has ended, and gives a last signal to those who are subscribed. */
  private void endIf(BooleanSupplier wanted, Consumer<Flow.Subscriber<?>> signal) {
    List<HostSubscription> told;
    Timer.@Nullable Task task;
    @Nullable CompletableFuture<HostPage> call;
    synchronized (this) {
      if (ended || !wanted.getAsBoolean()) {
        return;
      }
      ended = true;
      told = List.copyOf(subscriptions);
      task = wait;
      call = poll;
      subscriptions.clear();
      newest = null;
      wait = null;
      poll = null;
    }
    if (task != null) {
      task.cancel();
    }
    if (call != null) {
      call.cancel(true);
    }
    engine.ended(this);
    told.forEach(subscription -> subscription.end(signal));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      String problem =
          Operation.HOSTS + " cannot be watched any more: " + e.getClass().getName();
      LOG.log(Level.WARNING, problem);
      ParsecException failure =
          new ParsecException(problem, CallDetails.of(Operation.HOSTS, 0, Duration.ZERO));
      failure.setStackTrace(e.getStackTrace());
      end(subscriber -> subscriber.onError(failure));
    }
  }
}
