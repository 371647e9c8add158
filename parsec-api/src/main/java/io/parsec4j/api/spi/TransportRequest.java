// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as a transport is to send it: method, address, headers and body, byte for byte.
 *
 * <p>Immutable but for the body, whose bytes may be asked for once. Header names and values were checked when it was
 * built, so that a transport need not; printing it shows no header value, no query and no body.
 */
public final class TransportRequest {
  private final String method;
  private final URI uri;
  private final Headers headers;
  private final int bodyLength;
  private final @Nullable Supplier<byte[]> body;
  private final int maxResponseBytes;
  private final Duration timeout;
  private final @Nullable Runnable queued;
  private final @Nullable Runnable dequeued;
  private final AtomicBoolean opened = new AtomicBoolean();

  private TransportRequest(Builder builder) {
    this.method = builder.method;
    this.uri = builder.uri;
    this.headers = builder.headers.build();
    this.bodyLength = builder.bodyLength;
    this.body = builder.body;
    this.maxResponseBytes = builder.maxResponseBytes;
    this.timeout = builder.timeout;
    this.queued = builder.queued;
    this.dequeued = builder.dequeued;
  }

  /**
   * Starts a request without headers and body, with a limit of 64 KiB for the answer and of 10 seconds in time.
   *
   * @param method the HTTP method in capitals, for example {@code GET}
   * @param uri the absolute address, sent as it stands
   * @return a builder
   * @throws IllegalArgumentException if {@code method} is not a token of capital letters or {@code uri} has no host
   */
  public static Builder builder(String method, URI uri) {
    return new Builder(method, uri);
  }

  /** {@return the HTTP method in capitals} */
  public String method() {
    return method;
  }

  /** {@return the absolute address; to be sent without any re-encoding} */
  public URI uri() {
    return uri;
  }

  /** {@return the headers; a transport adds only what HTTP demands, such as Host and Content-Length} */
  public Headers headers() {
    return headers;
  }

  /** {@return the number of bytes of the body, 0 or more; empty if the request has no body} */
  public OptionalInt bodyLength() {
    return body == null ? OptionalInt.empty() : OptionalInt.of(bodyLength);
  }

  /**
   * Hands out the bytes of the body; to be called once, and only when they are about to be written to a connection that
   * stands, because from here on the request counts as possibly delivered and is not repeated if it must not arrive
   * twice.
   *
   * @return {@link #bodyLength()} bytes, not copied: not to be changed or kept
   * @throws IllegalStateException if the request has no body, the bytes were asked for before, or the caller has given
   *     the exchange up; the transport then sends nothing
   */
  public byte[] openBody() {
    if (body == null) {
      throw new IllegalStateException("the request has no body; ask bodyLength() first");
    }
    if (!opened.compareAndSet(false, true)) {
      throw new IllegalStateException("the body was opened before");
    }
    return body.get();
  }

  /** {@return the largest response body to accept, in bytes, after which the exchange fails as TOO_LARGE} */
  public int maxResponseBytes() {
    return maxResponseBytes;
  }

  /**
   * Returns how long the exchange may take. The caller enforces it by cancelling; a transport may use it to bound waits
   * of its own, such as the one for a free connection.
   *
   * @return a positive duration
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Says that the request waits in the transport, for a free connection say, so that this time does not count for
   * {@link #timeout()}. To be called within {@link Transport#send}, once at most.
   *
   * @return whether the caller reckons with it: then {@link #dequeued()} must follow when the wait is over, and the caller
   *     cancels if it takes too long; else the wait is the transport's to limit
   */
  public boolean queued() {
    if (queued == null) {
      return false;
    }
    queued.run();
    return true;
  }

  /** Says that the wait after {@link #queued()} is over; the whole {@link #timeout()} begins. */
  public void dequeued() {
    if (dequeued != null) {
      dequeued.run();
    }
  }

  /** {@return the method, scheme, host and path; never user info, a query, a header value or the body} */
  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return "TransportRequest[" + method + " " + uri.getScheme() + "://" + uri.getHost() + port
        + uri.getRawPath() + "]";
  }

  /** Collects a request; not safe for use by several threads. */
  public static final class Builder {
    private final String method;
    private final URI uri;
    private Headers.Builder headers = Headers.builder();
    private int bodyLength;
    private @Nullable Supplier<byte[]> body;
    private int maxResponseBytes = 65_536;
    private Duration timeout = Duration.ofSeconds(10);
    private @Nullable Runnable queued;
    private @Nullable Runnable dequeued;

    private Builder(String method, URI uri) {
      requireNonNull(method, "method");
      if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
        throw new IllegalArgumentException("method must consist of capital letters A to Z");
      }
      if (requireNonNull(uri, "uri").getHost() == null) {
        throw new IllegalArgumentException("uri must be absolute and have a host");
      }
      this.method = method;
      this.uri = uri;
    }

    /**
     * Adds a header after those already there.
     *
     * @param name a token as RFC 9110 defines it
     * @param value visible ASCII characters, blanks and tabs
     * @return this builder
     * @throws IllegalArgumentException if the name or the value has another character; the value is never repeated
     */
    public Builder header(String name, String value) {
      headers = headers.add(checkedName(name), checkedValue(name, value));
      return this;
    }

    /**
     * Adds headers after those already there.
     *
     * @param headers names and values as {@link #header(String, String)} takes them
     * @return this builder
     * @throws IllegalArgumentException if a name or a value has another character; no value is ever repeated
     */
    public Builder headers(Headers headers) {
      requireNonNull(headers, "headers");
      headers.forEach((name, value) ->
          this.headers = this.headers.add(checkedName(name), checkedValue(name, value)));
      return this;
    }

    /**
     * Sets a body of which the bytes are at hand; without a body none is sent, not even a length.
     *
     * @param bytes the body, not copied
     * @return this builder
     */
    public Builder body(byte[] bytes) {
      requireNonNull(bytes, "bytes");
      return body(bytes.length, () -> bytes);
    }

    /**
     * Sets a body of which the bytes are asked for when they are about to be written.
     *
     * @param length their number, 0 or more
     * @param bytes called by {@link TransportRequest#openBody()}; throws {@link IllegalStateException} to refuse
     * @return this builder
     * @throws IllegalArgumentException if {@code length} is negative
     */
    public Builder body(int length, Supplier<byte[]> bytes) {
      if (length < 0) {
        throw new IllegalArgumentException("length must not be negative, was " + length);
      }
      this.body = requireNonNull(bytes, "bytes");
      this.bodyLength = length;
      return this;
    }

    /**
     * Sets the largest response body to accept; 65,536 bytes if not called.
     *
     * @param bytes at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is less than 1
     */
    public Builder maxResponseBytes(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maxResponseBytes must be at least 1, was " + bytes);
      }
      this.maxResponseBytes = bytes;
      return this;
    }

    /**
     * Sets how long the exchange may take; 10 seconds if not called.
     *
     * @param timeout positive
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is zero or negative
     */
    public Builder timeout(Duration timeout) {
      requireNonNull(timeout, "timeout");
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("timeout must be positive, was " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets who is told that the request waits in the transport; nobody if not called, and then the wait counts for the
     * timeout.
     *
     * @param queued run by {@link TransportRequest#queued()}
     * @param dequeued run by {@link TransportRequest#dequeued()}
     * @return this builder
     */
    public Builder queueing(Runnable queued, Runnable dequeued) {
      this.queued = requireNonNull(queued, "queued");
      this.dequeued = requireNonNull(dequeued, "dequeued");
      return this;
    }

    /** {@return the request} */
    public TransportRequest build() {
      return new TransportRequest(this);
    }

    private static String checkedName(String name) {
      requireNonNull(name, "name");
      boolean token = !name.isEmpty();
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        token &= c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
      }
      if (!token) {
        throw new IllegalArgumentException(
            "name must be a header name: visible ASCII without separators");
      }
      return name;
    }

    private static String checkedValue(String name, String value) {
      requireNonNull(value, "value");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c != '\t' && (c < ' ' || c > '~')) {
          throw new IllegalArgumentException(
              "value of header " + name + " must be ASCII without control characters,"
                  + " the character at index " + i + " is not");
        }
      }
      return value;
    }
  }
}
