// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a host. Immutable.
 *
 * <p><b>Source:</b> ID, name and warp are documented; team and external IDs were seen on the live service and are empty
 * where it does not send them.
 */
public final class HostUser {
  private final long id;
  private final String name;
  private final boolean warp;
  private final @Nullable String teamId;
  private final @Nullable String externalId;
  private final @Nullable String externalProvider;

  private HostUser(Builder builder) {
    this.id = builder.id;
    this.name = builder.name;
    this.warp = builder.warp;
    this.teamId = builder.teamId;
    this.externalId = builder.externalId;
    this.externalProvider = builder.externalProvider;
  }

  /**
   * Creates an owner with the two fields that matter most.
   *
   * @param id the number of the account
   * @param name the display name
   * @return the owner
   */
  public static HostUser of(long id, String name) {
    return builder().id(id).name(name).build();
  }

  /** {@return a builder with ID 0, an empty name, no warp and nothing else} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the number of the account; 0 if the service did not tell} */
  public long id() {
    return id;
  }

  /** {@return the display name, for enterprise sessions the external ID; empty string if the service did not tell} */
  public String name() {
    return name;
  }

  /** {@return whether the account has the Warp subscription; false if the service did not tell} */
  public boolean warp() {
    return warp;
  }

  /** {@return the ID of the account's team, possibly the empty string; empty if the service did not tell} */
  public Optional<String> teamId() {
    return Optional.ofNullable(teamId);
  }

  /** {@return the account's ID at an external provider; empty if the service did not tell} */
  public Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  /** {@return the provider of the external ID; empty if the service did not tell} */
  public Optional<String> externalProvider() {
    return Optional.ofNullable(externalProvider);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof HostUser)) {
      return false;
    }
    HostUser that = (HostUser) other;
    return id == that.id
        && warp == that.warp
        && name.equals(that.name)
        && Objects.equals(teamId, that.teamId)
        && Objects.equals(externalId, that.externalId)
        && Objects.equals(externalProvider, that.externalProvider);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, name, warp, teamId, externalId, externalProvider);
  }

  /** {@return name and ID} */
  @Override
  public String toString() {
    return "HostUser[" + name + ", " + id + "]";
  }

  /** Collects an owner; not safe for use by several threads. */
  public static final class Builder {
    private long id;
    private String name = "";
    private boolean warp;
    private @Nullable String teamId;
    private @Nullable String externalId;
    private @Nullable String externalProvider;

    private Builder() {}

    /**
     * Sets the number of the account; 0 if not called.
     *
     * @param id the number
     * @return this builder
     */
    public Builder id(long id) {
      this.id = id;
      return this;
    }

    /**
     * Sets the display name; empty if not called.
     *
     * @param name the name
     * @return this builder
     */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets whether the account has the Warp subscription; false if not called.
     *
     * @param warp whether it has
     * @return this builder
     */
    public Builder warp(boolean warp) {
      this.warp = warp;
      return this;
    }

    /**
     * Sets the ID of the account's team; untold if not called.
     *
     * @param teamId the ID
     * @return this builder
     */
    public Builder teamId(String teamId) {
      this.teamId = requireNonNull(teamId, "teamId");
      return this;
    }

    /**
     * Sets the account's ID at an external provider; untold if not called.
     *
     * @param externalId the ID
     * @return this builder
     */
    public Builder externalId(String externalId) {
      this.externalId = requireNonNull(externalId, "externalId");
      return this;
    }

    /**
     * Sets the provider of the external ID; untold if not called.
     *
     * @param externalProvider the provider
     * @return this builder
     */
    public Builder externalProvider(String externalProvider) {
      this.externalProvider = requireNonNull(externalProvider, "externalProvider");
      return this;
    }

    /** {@return the owner} */
    public HostUser build() {
      return new HostUser(this);
    }
  }
}
