// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a sign-in yields: the session ID, and what the service tells beside it.
 *
 * <p>Immutable; not serializable; prints without the session ID.
 *
 * <p><b>Source:</b> which fields are told depends on the way in. The documented sign-in tells only the session ID, the
 * live one user, host peer ID and instance too; the approval of an auth code user, roles, host peer ID and expiry; an
 * enterprise session expiry and both peer IDs.
 */
public final class Session {
  private final SessionId id;
  private final @Nullable Long userId;
  private final @Nullable String hostPeerId;
  private final @Nullable String clientPeerId;
  private final @Nullable String instanceId;
  private final List<String> roles;
  private final @Nullable Instant expiresAt;

  private Session(Builder builder) {
    this.id = builder.id;
    this.userId = builder.userId;
    this.hostPeerId = builder.hostPeerId;
    this.clientPeerId = builder.clientPeerId;
    this.instanceId = builder.instanceId;
    this.roles = builder.roles;
    this.expiresAt = builder.expiresAt;
  }

  /**
   * Creates a session of which only the ID is known, for example one from storage.
   *
   * @param id the session ID
   * @return the session
   */
  public static Session of(SessionId id) {
    return builder(id).build();
  }

  /**
   * Starts a session.
   *
   * @param id the session ID
   * @return a builder
   */
  public static Builder builder(SessionId id) {
    return new Builder(id);
  }

  /** {@return the session ID: a secret} */
  public SessionId id() {
    return id;
  }

  /** {@return the number of the user's account; empty if the service did not tell} */
  public OptionalLong userId() {
    return userId == null ? OptionalLong.empty() : OptionalLong.of(userId);
  }

  /** {@return the peer ID under which this session would host; empty if the service did not tell} */
  public Optional<String> hostPeerId() {
    return Optional.ofNullable(hostPeerId);
  }

  /** {@return the peer ID under which this session would connect; empty if the service did not tell} */
  public Optional<String> clientPeerId() {
    return Optional.ofNullable(clientPeerId);
  }

  /** {@return the service's name for this sign-in; empty if the service did not tell} */
  public Optional<String> instanceId() {
    return Optional.ofNullable(instanceId);
  }

  /** {@return what the session may do, for example {@code host}; unmodifiable, empty if the service did not tell} */
  public List<String> roles() {
    return roles;
  }

  /** {@return when the session ends by itself, by the clock of the service; empty if the service did not tell} */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Session)) {
      return false;
    }
    Session that = (Session) other;
    return id.equals(that.id)
        && Objects.equals(userId, that.userId)
        && Objects.equals(hostPeerId, that.hostPeerId)
        && Objects.equals(clientPeerId, that.clientPeerId)
        && Objects.equals(instanceId, that.instanceId)
        && roles.equals(that.roles)
        && Objects.equals(expiresAt, that.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, userId, hostPeerId, clientPeerId, instanceId, roles, expiresAt);
  }

  /** {@return the user's number, if known, and never the session ID} */
  @Override
  public String toString() {
    return userId == null ? "Session[…]" : "Session[user " + userId + ", …]";
  }

  /** Collects a session; not safe for use by several threads. */
  public static final class Builder {
    private final SessionId id;
    private @Nullable Long userId;
    private @Nullable String hostPeerId;
    private @Nullable String clientPeerId;
    private @Nullable String instanceId;
    private List<String> roles = List.of();
    private @Nullable Instant expiresAt;

    private Builder(SessionId id) {
      this.id = requireNonNull(id, "id");
    }

    /**
     * Sets the number of the user's account; unknown if not called.
     *
     * @param userId as the service gave it
     * @return this builder
     */
    public Builder userId(long userId) {
      this.userId = userId;
      return this;
    }

    /**
     * Sets the peer ID under which this session would host; unknown if not called.
     *
     * @param hostPeerId as the service gave it
     * @return this builder
     */
    public Builder hostPeerId(String hostPeerId) {
      this.hostPeerId = requireNonNull(hostPeerId, "hostPeerId");
      return this;
    }

    /**
     * Sets the peer ID under which this session would connect; unknown if not called.
     *
     * @param clientPeerId as the service gave it
     * @return this builder
     */
    public Builder clientPeerId(String clientPeerId) {
      this.clientPeerId = requireNonNull(clientPeerId, "clientPeerId");
      return this;
    }

    /**
     * Sets the service's name for this sign-in; unknown if not called.
     *
     * @param instanceId as the service gave it
     * @return this builder
     */
    public Builder instanceId(String instanceId) {
      this.instanceId = requireNonNull(instanceId, "instanceId");
      return this;
    }

    /**
     * Sets what the session may do; nothing is known if not called.
     *
     * @param roles as the service gave them; copied
     * @return this builder
     */
    public Builder roles(List<String> roles) {
      this.roles = List.copyOf(requireNonNull(roles, "roles"));
      return this;
    }

    /**
     * Sets when the session ends by itself; unknown if not called.
     *
     * @param expiresAt by the clock of the service
     * @return this builder
     */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = requireNonNull(expiresAt, "expiresAt");
      return this;
    }

    /** {@return the session} */
    public Session build() {
      return new Session(this);
    }
  }
}
