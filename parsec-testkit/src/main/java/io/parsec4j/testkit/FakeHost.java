// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostUser;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * A computer or a game on a {@link FakeParsecServer}: online, private and empty unless something else is said, and
 * listed once {@link FakeAccount#owns an account owns it}.
 *
 * <pre>{@code account.owns(FakeHost.desktop("LEBOWSKI").players(1), FakeHost.game("Bowling").isPublic(true));}</pre>
 *
 * <p>Every setting may be changed at any time, from any thread; the next list shows it. A host is itself and equal to
 * no other.
 */
public final class FakeHost {
  private static final int DEFAULT_MAX_PLAYERS = 20;

  private final HostMode mode;

  // All of these are guarded by this host's monitor, which is taken after that of a ServiceState
  // and
  // never before it.
  private @Nullable FakeAccount owner;
  private @Nullable String peerId;
  private String name;
  private String gameId;
  private String build = "150-93b";
  private String description = "";
  private String eventName = "";
  private int players;
  private int maxPlayers = DEFAULT_MAX_PLAYERS;
  private boolean isPublic;
  private boolean self;
  private boolean guestAccess;
  private boolean online = true;

  private FakeHost(HostMode mode, String name, String gameId) {
    this.mode = mode;
    this.name = requireNonNull(name, "name");
    this.gameId = gameId;
  }

  /**
   * Creates a host that shares a whole desktop.
   *
   * @param name shown to those who see the host
   * @return the host, which nobody owns
   */
  public static FakeHost desktop(String name) {
    return new FakeHost(HostMode.DESKTOP, name, "");
  }

  /**
   * Creates a host that shares one game; its game ID is {@code fake-game} until {@link #gameId} sets another.
   *
   * @param name shown to those who see the host
   * @return the host, which nobody owns
   */
  public static FakeHost game(String name) {
    return new FakeHost(HostMode.GAME, name, "fake-game");
  }

  /**
   * Creates a host of any mode, also of one that the documentation does not know.
   *
   * @param mode what is shared
   * @param name shown to those who see the host
   * @return the host, which nobody owns
   */
  public static FakeHost of(HostMode mode, String name) {
    return new FakeHost(requireNonNull(mode, "mode"), name, "");
  }

  /**
   * Sets the peer ID. If it is not called, the server makes one when an account comes to own the host.
   *
   * <p>A host whose peer ID is the {@link io.parsec4j.api.Session#hostPeerId() host peer ID of a session} of its owner
   * is that session's own host: the field {@code self} is true for it.
   *
   * @param peerId not empty, and on its server no other host's
   * @return this host
   * @throws IllegalArgumentException if {@code peerId} is empty
   * @throws IllegalStateException if an account has owned the host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost peerId(String peerId) {
    if (requireNonNull(peerId, "peerId").isEmpty()) {
      throw new IllegalArgumentException("peerId must not be empty");
    }
    if (owner != null) {
      throw new IllegalStateException(
          "the peer ID of a host is fixed while an account owns it; set it before");
    }
    this.peerId = peerId;
    return this;
  }

  /**
   * Sets the name.
   *
   * @param name shown to those who see the host
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost name(String name) {
    this.name = requireNonNull(name, "name");
    return this;
  }

  /**
   * Sets the ID of the game; empty for a desktop and {@code fake-game} for a game if not called.
   *
   * @param gameId the ID
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost gameId(String gameId) {
    this.gameId = requireNonNull(gameId, "gameId");
    return this;
  }

  /**
   * Sets the build of the hosting application; {@code 150-93b} if not called.
   *
   * @param build the build
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost build(String build) {
    this.build = requireNonNull(build, "build");
    return this;
  }

  /**
   * Sets the owner's description; empty if not called.
   *
   * @param description the text
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost description(String description) {
    this.description = requireNonNull(description, "description");
    return this;
  }

  /**
   * Sets the name of the event, which only {@link Dialect#LIVE} tells; empty if not called.
   *
   * @param eventName the name
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost eventName(String eventName) {
    this.eventName = requireNonNull(eventName, "eventName");
    return this;
  }

  /**
   * Sets how many players are connected; 0 if not called.
   *
   * @param players 0 or more
   * @return this host
   * @throws IllegalArgumentException if {@code players} is negative
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost players(int players) {
    this.players = notNegative(players, "players");
    return this;
  }

  /**
   * Sets how many players may connect; 20 if not called.
   *
   * @param maxPlayers 0 or more
   * @return this host
   * @throws IllegalArgumentException if {@code maxPlayers} is negative
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost maxPlayers(int maxPlayers) {
    this.maxPlayers = notNegative(maxPlayers, "maxPlayers");
    return this;
  }

  /**
   * Sets whether every account sees the host; false if not called.
   *
   * @param isPublic whether it does
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost isPublic(boolean isPublic) {
    this.isPublic = isPublic;
    return this;
  }

  /**
   * Sets whether the host runs on the machine that signs in with its owner's account, so that {@code self} is true for
   * every session of that account; false if not called. {@link #peerId(String)} tells how to have that for one session.
   *
   * @param self whether it does
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost isSelf(boolean self) {
    this.self = self;
    return this;
  }

  /**
   * Sets whether guests may connect, which only {@link Dialect#LIVE} tells; false if not called.
   *
   * @param guestAccess whether they may
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost guestAccess(boolean guestAccess) {
    this.guestAccess = guestAccess;
    return this;
  }

  /**
   * Sets whether the host is online; true if not called. One that is not is listed for nobody.
   *
   * @param online whether it is
   * @return this host
   */
  @CanIgnoreReturnValue
  public synchronized FakeHost online(boolean online) {
    this.online = online;
    return this;
  }

  /**
   * Returns the peer ID.
   *
   * @return the ID; it stays the same from then on
   * @throws IllegalStateException if none was set and no account has owned the host
   */
  public synchronized String peerId() {
    if (peerId == null) {
      throw new IllegalStateException(
          "the host has no peer ID yet: set one, or let an account own the host first");
    }
    return peerId;
  }

  /** {@return what is shared} */
  public HostMode mode() {
    return mode;
  }

  /** {@return mode and name} */
  @Override
  public synchronized String toString() {
    return "FakeHost[" + mode + ", " + name + "]";
  }

  /** Gives the host to an account, and a peer ID to the host if it has none. */
  synchronized void ownedBy(FakeAccount account, String spareId) {
    if (owner != null && owner != account) {
      throw new IllegalArgumentException("hosts must not have another owner: " + this + " has one");
    }
    owner = account;
    peerId = peerId == null ? spareId : peerId;
  }

  synchronized void ownedByNobody() {
    owner = null;
  }

  synchronized boolean hasPeerId(String id) {
    return id.equals(peerId);
  }

  synchronized boolean hasPeerId() {
    return peerId != null;
  }

  synchronized boolean isSelf() {
    return self;
  }

  /** What is told of the host to a session; of the owner's sessions the one with the host's peer ID is its own. */
  synchronized Host seen(HostUser user, boolean byOwner, String sessionPeerId) {
    return Host.builder(peerId())
        .user(user)
        .gameId(gameId)
        .build(build)
        .description(description)
        .maxPlayers(maxPlayers)
        .mode(mode)
        .name(name)
        .players(players)
        .isPublic(isPublic)
        .self(byOwner && (self || sessionPeerId.equals(peerId)))
        .eventName(eventName)
        .guestAccess(guestAccess)
        .online(online)
        .build();
  }

  private static int notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
    return value;
  }
}
