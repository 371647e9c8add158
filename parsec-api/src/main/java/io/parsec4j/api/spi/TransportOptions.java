// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What every transport can be told, whatever HTTP library it stands on. Immutable. */
public final class TransportOptions {
  private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofMinutes(10);

  private final Duration connectTimeout;
  private final @Nullable ProxySelector proxy;
  private final @Nullable SSLContext sslContext;

  private TransportOptions(Builder builder) {
    this.connectTimeout = builder.connectTimeout;
    this.proxy = builder.systemProxy ? ProxySelector.getDefault() : builder.proxy;
    this.sslContext = builder.sslContext;
  }

  /** {@return the options that a transport has when nothing is said: 5 s to connect, the system's proxies and trust} */
  public static TransportOptions defaults() {
    return builder().build();
  }

  /** {@return a builder that starts from {@link #defaults()}} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return how long connection, proxy and TLS handshake may take together, and the name look-up too where the HTTP
   * library can limit it; positive}
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** {@return what chooses the proxy of an address; empty if connections are always direct} */
  public Optional<ProxySelector> proxy() {
    return Optional.ofNullable(proxy);
  }

  /** {@return keys and trust for TLS; empty for those of the JVM} */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(sslContext);
  }

  /** Collects options; not safe for use by several threads. */
  public static final class Builder {
    private Duration connectTimeout = Duration.ofSeconds(5);
    private boolean systemProxy = true;
    private @Nullable ProxySelector proxy;
    private @Nullable SSLContext sslContext;

    private Builder() {}

    /**
     * Limits connection, proxy and TLS handshake together, and the name look-up too where the HTTP library can limit it;
     * 5 seconds if not called.
     *
     * @param timeout positive, at most 10 minutes
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range; there is no infinite one
     */
    public Builder connectTimeout(Duration timeout) {
      requireNonNull(timeout, "timeout");
      if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(MAX_CONNECT_TIMEOUT) > 0) {
        throw new IllegalArgumentException("connectTimeout must be positive and at most "
            + MAX_CONNECT_TIMEOUT + ", was " + timeout);
      }
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * Sets what chooses the proxy of an address; {@link ProxySelector#getDefault()} at the time of {@link #build()} if
     * not called.
     *
     * @param selector asked for every exchange, on a thread of the transport
     * @return this builder
     */
    public Builder proxy(ProxySelector selector) {
      this.proxy = requireNonNull(selector, "selector");
      this.systemProxy = false;
      return this;
    }

    /**
     * Switches proxies off, those of the system included.
     *
     * @return this builder
     */
    public Builder noProxy() {
      this.proxy = null;
      this.systemProxy = false;
      return this;
    }

    /**
     * Sets keys and trust for TLS; those of the JVM if not called. Host names are checked whatever the context says.
     *
     * @param context an initialised context
     * @return this builder
     */
    public Builder sslContext(SSLContext context) {
      this.sslContext = requireNonNull(context, "context");
      return this;
    }

    /** {@return the options} */
    public TransportOptions build() {
      return new TransportOptions(this);
    }
  }
}
