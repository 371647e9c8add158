// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostsUpdate;
import java.time.Duration;
import java.util.concurrent.Flow;

/** Lets all who are subscribed at the same time share one {@link HostPolling}. */
public final class HostWatch implements Flow.Publisher<HostsUpdate> {
  private final CallEngine engine;
  private final CallSpec<HostPage> spec;
  private final CallLimits limits;
  private final Duration interval;

  // Guarded by this.
  private HostPolling polling;

  /** Takes what describes each poll, and an interval that was checked. */
  public HostWatch(
      CallEngine engine, CallSpec<HostPage> spec, CallLimits limits, Duration interval) {
    this.engine = engine;
    this.spec = spec;
    this.limits = limits;
    this.interval = interval;
    this.polling = newPolling();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super HostsUpdate> subscriber) {
    requireNonNull(subscriber, "subscriber");
    boolean added = false;
    while (!added) {
      added = livePolling().add(subscriber);
    }
  }

  private synchronized HostPolling livePolling() {
    if (polling.isOver()) {
      polling = newPolling();
    }
    return polling;
  }

  private HostPolling newPolling() {
    return new HostPolling(engine, spec, limits, interval);
  }
}
