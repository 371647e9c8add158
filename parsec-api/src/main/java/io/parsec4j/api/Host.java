// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A computer or a game that is online and that the session may connect to.
 *
 * <p>Only the peer ID is certain to be there. A documented field that the service left out has the neutral value that
 * its method names; a field that was only seen on the live service is an {@link Optional}. Immutable.
 *
 * <p><b>Source:</b> the vendor's documentation of {@code GET /v2/hosts}; event name, guest access and online state were
 * seen on the live service.
 */
public final class Host {
  private final String peerId;
  private final @Nullable HostUser user;
  private final String gameId;
  private final String build;
  private final String description;
  private final int maxPlayers;
  private final HostMode mode;
  private final String name;
  private final int players;
  private final boolean isPublic;
  private final boolean self;
  private final @Nullable String eventName;
  private final @Nullable Boolean guestAccess;
  private final @Nullable Boolean online;

  private Host(Builder builder) {
    this.peerId = builder.peerId;
    this.user = builder.user;
    this.gameId = builder.gameId;
    this.build = builder.build;
    this.description = builder.description;
    this.maxPlayers = builder.maxPlayers;
    this.mode = builder.mode;
    this.name = builder.name;
    this.players = builder.players;
    this.isPublic = builder.isPublic;
    this.self = builder.self;
    this.eventName = builder.eventName;
    this.guestAccess = builder.guestAccess;
    this.online = builder.online;
  }

  /**
   * Starts a host of which only the peer ID is known.
   *
   * @param peerId not empty
   * @return a builder
   * @throws IllegalArgumentException if {@code peerId} is empty
   */
  public static Builder builder(String peerId) {
    return new Builder(peerId);
  }

  /** {@return the ID that the Parsec SDK's connect call takes, for example {@code 1QA0qE1h0aBW7GKRTXCU0ZInLVZ}} */
  public String peerId() {
    return peerId;
  }

  /** {@return the owner; empty if the service did not tell} */
  public Optional<HostUser> user() {
    return Optional.ofNullable(user);
  }

  /** {@return the ID of the game; the empty string in desktop mode or if the service did not tell} */
  public String gameId() {
    return gameId;
  }

  /** {@return the build of the hosting application, for example {@code 150-32}; the empty string if untold} */
  public String build() {
    return build;
  }

  /** {@return the owner's description; often the empty string} */
  public String description() {
    return description;
  }

  /** {@return how many players may connect; 0 if the service did not tell} */
  public int maxPlayers() {
    return maxPlayers;
  }

  /** {@return what is shared; {@link HostMode#UNSTATED} if the service did not tell} */
  public HostMode mode() {
    return mode;
  }

  /** {@return the name that the owner gave; the empty string if the service did not tell} */
  public String name() {
    return name;
  }

  /** {@return how many players are connected now; 0 if the service did not tell} */
  public int players() {
    return players;
  }

  /** {@return whether everybody may see the host; false if the service did not tell} */
  public boolean isPublic() {
    return isPublic;
  }

  /** {@return whether this is the calling machine's own host, on the same session ID; false if untold} */
  public boolean isSelf() {
    return self;
  }

  /** {@return the name of the event for which the host was set up; empty if the service did not tell} */
  public Optional<String> eventName() {
    return Optional.ofNullable(eventName);
  }

  /** {@return whether guests may connect; empty if the service did not tell} */
  public Optional<Boolean> guestAccess() {
    return Optional.ofNullable(guestAccess);
  }

  /** {@return whether the service says that the host is online; empty if the service did not tell} */
  public Optional<Boolean> online() {
    return Optional.ofNullable(online);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Host)) {
      return false;
    }
    Host that = (Host) other;
    return peerId.equals(that.peerId)
        && maxPlayers == that.maxPlayers
        && players == that.players
        && isPublic == that.isPublic
        && self == that.self
        && gameId.equals(that.gameId)
        && build.equals(that.build)
        && description.equals(that.description)
        && mode.equals(that.mode)
        && name.equals(that.name)
        && Objects.equals(user, that.user)
        && Objects.equals(eventName, that.eventName)
        && Objects.equals(guestAccess, that.guestAccess)
        && Objects.equals(online, that.online);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        peerId,
        user,
        gameId,
        build,
        description,
        maxPlayers,
        mode,
        name,
        players,
        isPublic,
        self,
        eventName,
        guestAccess,
        online);
  }

  /** {@return name, mode, players and peer ID} */
  @Override
  public String toString() {
    return "Host[" + name + ", " + mode + ", " + players + "/" + maxPlayers + ", " + peerId + "]";
  }

  /** Collects a host; not safe for use by several threads. */
  public static final class Builder {
    private final String peerId;
    private @Nullable HostUser user;
    private String gameId = "";
    private String build = "";
    private String description = "";
    private int maxPlayers;
    private HostMode mode = HostMode.UNSTATED;
    private String name = "";
    private int players;
    private boolean isPublic;
    private boolean self;
    private @Nullable String eventName;
    private @Nullable Boolean guestAccess;
    private @Nullable Boolean online;

    private Builder(String peerId) {
      if (requireNonNull(peerId, "peerId").isEmpty()) {
        throw new IllegalArgumentException("peerId must not be empty");
      }
      this.peerId = peerId;
    }

    /**
     * Sets the owner; untold if not called.
     *
     * @param user the owner
     * @return this builder
     */
    public Builder user(HostUser user) {
      this.user = requireNonNull(user, "user");
      return this;
    }

    /**
     * Sets the ID of the game; empty if not called.
     *
     * @param gameId the ID
     * @return this builder
     */
    public Builder gameId(String gameId) {
      this.gameId = requireNonNull(gameId, "gameId");
      return this;
    }

    /**
     * Sets the build of the hosting application; empty if not called.
     *
     * @param build for example {@code 150-32}
     * @return this builder
     */
    public Builder build(String build) {
      this.build = requireNonNull(build, "build");
      return this;
    }

    /**
     * Sets the owner's description; empty if not called.
     *
     * @param description the text
     * @return this builder
     */
    public Builder description(String description) {
      this.description = requireNonNull(description, "description");
      return this;
    }

    /**
     * Sets how many players may connect; 0 if not called.
     *
     * @param maxPlayers the number, as the service gave it
     * @return this builder
     */
    public Builder maxPlayers(int maxPlayers) {
      this.maxPlayers = maxPlayers;
      return this;
    }

    /**
     * Sets what is shared; {@link HostMode#UNSTATED} if not called.
     *
     * @param mode the mode
     * @return this builder
     */
    public Builder mode(HostMode mode) {
      this.mode = requireNonNull(mode, "mode");
      return this;
    }

    /**
     * Sets the name that the owner gave; empty if not called.
     *
     * @param name the name
     * @return this builder
     */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets how many players are connected; 0 if not called.
     *
     * @param players the number, as the service gave it
     * @return this builder
     */
    public Builder players(int players) {
      this.players = players;
      return this;
    }

    /**
     * Sets whether everybody may see the host; false if not called.
     *
     * @param isPublic whether they may
     * @return this builder
     */
    public Builder isPublic(boolean isPublic) {
      this.isPublic = isPublic;
      return this;
    }

    /**
     * Sets whether this is the calling machine's own host; false if not called.
     *
     * @param self whether it is
     * @return this builder
     */
    public Builder self(boolean self) {
      this.self = self;
      return this;
    }

    /**
     * Sets the name of the event; untold if not called.
     *
     * @param eventName the name
     * @return this builder
     */
    public Builder eventName(String eventName) {
      this.eventName = requireNonNull(eventName, "eventName");
      return this;
    }

    /**
     * Sets whether guests may connect; untold if not called.
     *
     * @param guestAccess whether they may
     * @return this builder
     */
    public Builder guestAccess(boolean guestAccess) {
      this.guestAccess = guestAccess;
      return this;
    }

    /**
     * Sets whether the host is online; untold if not called.
     *
     * @param online whether it is
     * @return this builder
     */
    public Builder online(boolean online) {
      this.online = online;
      return this;
    }

    /** {@return the host} */
    public Host build() {
      return new Host(this);
    }
  }
}
