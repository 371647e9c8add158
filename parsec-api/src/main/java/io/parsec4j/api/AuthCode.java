// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A code with which a user signs a program in without giving it a password: the user opens {@link #verificationUri()} in
 * a browser and types {@link #userCode()}, while the program waits in
 * {@link ParsecClient#awaitApproval(AuthCode) awaitApproval}.
 *
 * <p>The hash is a secret: whoever has it gets the session once the user has approved. It prints neither hash nor user
 * code, compares the hash in constant time and is not serializable. Immutable.
 *
 * <p><b>Source:</b> the vendor's documentation of the third-party API; a code lives for 30 minutes.
 */
public final class AuthCode {
  private final URI verificationUri;
  private final String userCode;
  private final String hash;
  private final Instant expiresAt;
  private final Duration interval;

  private AuthCode(
      URI verificationUri, String userCode, String hash, Instant expiresAt, Duration interval) {
    this.verificationUri = verificationUri;
    this.userCode = userCode;
    this.hash = hash;
    this.expiresAt = expiresAt;
    this.interval = interval;
  }

  /** {@return a builder, for tests and for a code from storage; all but the interval must be set} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the page to be opened by the user: an absolute http or https address with a host} */
  public URI verificationUri() {
    return verificationUri;
  }

  /** {@return what the user types there, for example {@code ABCD3456}; not blank, without control characters} */
  public String userCode() {
    return userCode;
  }

  /** {@return the hash, by which the program asks for the session; to store encrypted, never to print or log} */
  public String revealHash() {
    return hash;
  }

  /** {@return when the code's life ends, by the clock of the service} */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** {@return how long to wait between two questions whether it was approved, from zero to 30 minutes} */
  public Duration interval() {
    return interval;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof AuthCode)) {
      return false;
    }
    AuthCode that = (AuthCode) other;
    return verificationUri.equals(that.verificationUri)
        && userCode.equals(that.userCode)
        && OpaqueText.same(hash, that.hash)
        && expiresAt.equals(that.expiresAt)
        && interval.equals(that.interval);
  }

  /** {@return a number that depends on expiry and interval alone: an address may carry the user code} */
  @Override
  public int hashCode() {
    return Objects.hash(expiresAt, interval);
  }

  /** {@return expiry and interval; an address may carry the user code, so it is left out like the code itself} */
  @Override
  public String toString() {
    return "AuthCode[expires " + expiresAt + ", interval " + interval.toSeconds() + " s, …]";
  }

  /** Collects an auth code; not safe for use by several threads. */
  public static final class Builder {
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(30);

    private @Nullable URI verificationUri;
    private @Nullable String userCode;
    private @Nullable String hash;
    private @Nullable Instant expiresAt;
    private Duration interval = Duration.ofSeconds(5);

    private Builder() {}

    /**
     * Sets the page to be opened by the user.
     *
     * @param uri an absolute http or https address with a host
     * @return this builder
     * @throws IllegalArgumentException if {@code uri} is another address
     */
    public Builder verificationUri(URI uri) {
      String scheme = requireNonNull(uri, "uri").getScheme();
      if (!("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
          || uri.getHost() == null) {
        throw new IllegalArgumentException(
            "uri must be an absolute http or https address with a host");
      }
      this.verificationUri = uri;
      return this;
    }

    /**
     * Sets what the user types there.
     *
     * @param userCode not blank, without control characters
     * @return this builder
     * @throws IllegalArgumentException if {@code userCode} is not as it must be; the message does not repeat it
     */
    public Builder userCode(String userCode) {
      this.userCode = PlainText.check("userCode", userCode);
      return this;
    }

    /**
     * Sets the hash, by which the program asks for the session.
     *
     * @param hash 1 to 4,096 visible ASCII characters
     * @return this builder
     * @throws IllegalArgumentException if {@code hash} is not as it must be; the message does not repeat it
     */
    public Builder hash(String hash) {
      this.hash = OpaqueText.check("hash", hash);
      return this;
    }

    /**
     * Sets when the code's life ends.
     *
     * @param expiresAt by the clock of the service
     * @return this builder
     */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = requireNonNull(expiresAt, "expiresAt");
      return this;
    }

    /**
     * Sets how long to wait between two questions whether the code was approved; 5 seconds if not called.
     *
     * @param interval from zero to 30 minutes; what is less than a second is waited as one
     * @return this builder
     * @throws IllegalArgumentException if {@code interval} is out of range
     */
    public Builder interval(Duration interval) {
      requireNonNull(interval, "interval");
      if (interval.isNegative() || interval.compareTo(MAX_INTERVAL) > 0) {
        throw new IllegalArgumentException(
            "interval must be from zero to " + MAX_INTERVAL + ", was " + interval);
      }
      this.interval = interval;
      return this;
    }

    /**
     * Creates the auth code.
     *
     * @return the auth code
     * @throws IllegalStateException if something that must be set is not
     */
    public AuthCode build() {
      return new AuthCode(
          set("verificationUri", verificationUri),
          set("userCode", userCode),
          set("hash", hash),
          set("expiresAt", expiresAt),
          interval);
    }

    private static <T> T set(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalStateException(name + " must be set; call " + name + "(...)");
      }
      return value;
    }
  }
}
