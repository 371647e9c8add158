// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.JsonMembers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An auth code that a fake service has given out: what the program shows to its user, and what has become of it.
 *
 * <p>{@link FakeAccount#approves} and {@link FakeAccount#denies} decide about it. Prints without the user code.
 */
public final class FakeAuthCode {
  private final ServiceState parsec;
  private final String gameId;
  private final String userCode;
  private final String hash;
  private final Instant end;

  // All of these are guarded by the monitor of parsec.
  private State last = State.PENDING;
  private @Nullable FakeAccount approvedBy;
  private Instant nextPoll = Instant.MIN;

  FakeAuthCode(ServiceState parsec, String gameId, String userCode, String hash, Instant end) {
    this.parsec = parsec;
    this.gameId = gameId;
    this.userCode = userCode;
    this.hash = hash;
    this.end = end;
  }

  /** What can have become of an auth code. */
  public enum State {
    /** No user has decided yet. */
    PENDING,

    /** A user has approved it, and the program has not polled since. */
    APPROVED,

    /** A user has denied it. */
    DENIED,

    /** The program was given its session, of which there is one. */
    REDEEMED,

    /** Its life ended before the program was given a session or a user denied it. */
    EXPIRED;

    /** Whether a session can still come of it. */
    boolean isAlive() {
      return this == PENDING || this == APPROVED;
    }
  }

  /** {@return what the program shows, and its user types: eight capital letters and digits} */
  public String userCode() {
    return userCode;
  }

  /** {@return the ID of the game for which the program asked} */
  public String gameId() {
    return gameId;
  }

  /** {@return the moment at which its life ends, by the server's clock} */
  public Instant expiresAt() {
    return end;
  }

  /** {@return what has become of it by now} */
  public State state() {
    synchronized (parsec) {
      return last.isAlive() && !parsec.now().isBefore(end) ? State.EXPIRED : last;
    }
  }

  /** {@return game and state, without the codes} */
  @Override
  public String toString() {
    return "FakeAuthCode[" + gameId + ", " + state() + "]";
  }

  String hash() {
    return hash;
  }

  void approve(FakeAccount account) {
    requirePending();
    last = State.APPROVED;
    approvedBy = account;
  }

  void deny() {
    requirePending();
    last = State.DENIED;
  }

  private void requirePending() {
    if (state() != State.PENDING) {
      throw new IllegalArgumentException(
          "userCode must be that of a code that is pending, not of one that is "
              + JsonMembers.nameOf(state()));
    }
  }

  /** The account whose session a poll is to get; null if there is none yet. */
  @Nullable
  FakeAccount approvedBy() {
    return approvedBy;
  }

  /** By how much a poll comes before the interval is over; zero if it does not, and then the next one starts. */
  Duration takePoll(Instant now, Duration interval) {
    if (now.isBefore(nextPoll)) {
      return Duration.between(now, nextPoll);
    }
    nextPoll = now.plus(interval);
    return Duration.ZERO;
  }

  void redeem() {
    last = State.REDEEMED;
  }
}
