// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.HostChange;
import io.parsec4j.api.HostsUpdate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber has asked for, and what it was given last.
 *
 * <p>{@link #drain} alone gives signals, so that they come one at a time whichever threads have something to tell.
 */
final class HostSubscription implements Flow.Subscription {
  static final Consumer<Flow.Subscriber<?>> SILENCE = subscriber -> {};
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

  private final CallEngine engine;
  private final HostPolling polling;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger drains = new AtomicInteger();
  /** The signal to end with. */
  private final AtomicReference<@Nullable Consumer<Flow.Subscriber<?>>> end =
      new AtomicReference<>();

  // Used in drain alone.
  private Flow.@Nullable Subscriber<? super HostsUpdate> subscriber;
  private boolean introduced;
  private @Nullable HostSnapshot given;

  HostSubscription(
      CallEngine engine, HostPolling polling, Flow.Subscriber<? super HostsUpdate> subscriber) {
    this.engine = engine;
    this.polling = polling;
    this.subscriber = subscriber;
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      polling.remove(this);
      end(to -> to.onError(new IllegalArgumentException(
          "n must be positive, was " + n + "; see §3.9 of Reactive Streams")));
    } else if (end.get() == null && demand.getAndAccumulate(n, HostSubscription::sum) == 0) {
      wake();
    }
  }

  private static long sum(long demand, long more) {
    return demand > Long.MAX_VALUE - more ? Long.MAX_VALUE : demand + more;
  }

  @Override
  public void cancel() {
    end.set(SILENCE);
    polling.remove(this);
    // Forgets the subscriber without calling it.
    drain();
  }

  /** Lets the subscriber have on the executor what it has not got and has asked for. */
  void wake() {
    Handover.run(engine.executor(), this::drain);
  }

  /** Lets the subscriber have its last signal, unless there is one. */
  void end(Consumer<Flow.Subscriber<?>> signal) {
    if (end.compareAndSet(null, signal)) {
      engine.runLast(this::drain);
    }
  }

  private void drain() {
    if (drains.getAndIncrement() == 0) {
      int done = 1;
      do {
        signal();
        done = drains.addAndGet(-done);
      } while (done != 0);
    }
  }

  private void signal() {
    Flow.Subscriber<? super HostsUpdate> to = subscriber;
    if (to == null) {
      return;
    }
    try {
      if (!introduced) {
        introduced = true;
        to.onSubscribe(this);
      }
      HostSnapshot newest = polling.newest();
      if (newest != null && demand.get() > 0 && end.get() == null) {
        give(to, newest);
      }
      Consumer<Flow.Subscriber<?>> last = end.get();
      if (last != null) {
        subscriber = null;
        given = null;
        last.accept(to);
      }
    } catch (Throwable e) {
      LOG.log(
          Level.WARNING,
          "a Flow.Subscriber threw " + e.getClass().getName() + "; it is told nothing more");
      cancel();
    }
  }

  private void give(Flow.Subscriber<? super HostsUpdate> to, HostSnapshot newest) {
    List<HostChange> changes = newest.changesSince(given);
    boolean first = given == null;
    given = newest;
    if (first || !changes.isEmpty()) {
      demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
      to.onNext(HostsUpdate.of(newest.page(), changes));
    }
  }
}
