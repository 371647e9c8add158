// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call, or one part of a program, does differently; see {@link ParsecClient#with(CallOptions)}. What is not set
 * stays as it is. Immutable.
 */
public final class CallOptions {
  private final @Nullable Duration timeout;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable RetryPolicy retryPolicy;

  private CallOptions(Builder builder) {
    this.timeout = builder.timeout;
    this.attemptTimeout = builder.attemptTimeout;
    this.retryPolicy = builder.retryPolicy;
  }

  /**
   * Returns options that set the time limit of a call and nothing else.
   *
   * @param timeout positive, at most a day
   * @return the options
   * @throws IllegalArgumentException if {@code timeout} is out of range
   */
  public static CallOptions timeout(Duration timeout) {
    return builder().timeout(timeout).build();
  }

  /** {@return a builder that sets nothing yet} */
  public static Builder builder() {
    return new Builder();
  }

  Duration timeoutOr(Duration other) {
    return timeout == null ? other : timeout;
  }

  Duration attemptTimeoutOr(Duration other) {
    return attemptTimeout == null ? other : attemptTimeout;
  }

  RetryPolicy retryPolicyOr(RetryPolicy other) {
    return retryPolicy == null ? other : retryPolicy;
  }

  /** {@return what is set} */
  @Override
  public String toString() {
    return "CallOptions[timeout=" + text(timeout) + ", attemptTimeout=" + text(attemptTimeout)
        + ", retryPolicy=" + text(retryPolicy) + "]";
  }

  private static String text(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString).orElse("unchanged");
  }

  /** Collects options; not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Duration timeout;
    private @Nullable Duration attemptTimeout;
    private @Nullable RetryPolicy retryPolicy;

    private Builder() {}

    /**
     * Sets the time limit of a call with all its attempts and waits; unchanged if not called.
     *
     * @param timeout positive, at most a day
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public Builder timeout(Duration timeout) {
      this.timeout = TimeLimits.check("timeout", timeout);
      return this;
    }

    /**
     * Sets the time limit of one attempt; unchanged if not called.
     *
     * @param timeout positive, at most a day
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public Builder attemptTimeout(Duration timeout) {
      this.attemptTimeout = TimeLimits.check("attemptTimeout", timeout);
      return this;
    }

    /**
     * Sets what is repeated; unchanged if not called.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder retryPolicy(RetryPolicy policy) {
      this.retryPolicy = requireNonNull(policy, "policy");
      return this;
    }

    /** {@return the options} */
    public CallOptions build() {
      return new CallOptions(this);
    }
  }
}
