// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.RetryPolicy;
import java.time.Duration;

/** How long a call and its attempts may take, and what is repeated. */
public final class CallLimits {
  private final Duration timeout;
  private final Duration attemptTimeout;
  private final RetryPolicy retryPolicy;

  /** Takes values that were checked. */
  public CallLimits(Duration timeout, Duration attemptTimeout, RetryPolicy retryPolicy) {
    this.timeout = timeout;
    this.attemptTimeout = attemptTimeout;
    this.retryPolicy = retryPolicy;
  }

  /** Returns the limit of the whole call. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the limit of one attempt. */
  public Duration attemptTimeout() {
    return attemptTimeout;
  }

  /** Returns what is repeated. */
  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }
}
