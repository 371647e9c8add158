// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.Account;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account on a {@link FakeParsecServer}: who may sign in, and what is listed then.
 *
 * <pre>{@code server.account("dude@example.com", "secret").withTotp("JBSWY3DPEHPK3PXP").owns(FakeHost.desktop("LEBOWSKI"));}</pre>
 *
 * <p>An {@linkplain FakeParsec#externalUser external user} of an enterprise is an account, too, without address and
 * password.
 *
 * <p>Every setting may be changed at any time, from any thread; the next request meets it. Prints without password and
 * seed.
 */
public final class FakeAccount {
  private static final int MAX_USED_STEPS = 1_024;

  private final ServiceState parsec;
  private final String email;
  private final String name;
  private final long userId;

  // All of these are guarded by the monitor of parsec.
  private final Set<FakeHost> shared = new HashSet<>();
  private final TreeSet<Long> usedSteps = new TreeSet<>();
  private String password = "";
  private String displayName;
  private String teamId = "";
  private String externalId;
  private String externalProvider = "";
  private List<String> roles = List.of("host");
  private boolean warp;
  private @Nullable Totp totp;
  private @Nullable EmailedCodes emailed;
  private @Nullable String tfaType;
  private boolean choosesTfaType = true;

  private FakeAccount(
      ServiceState parsec, String email, String externalId, String displayName, long userId) {
    this.parsec = parsec;
    this.email = email;
    this.externalId = externalId;
    this.name = email.isEmpty() ? externalId : email;
    this.displayName = displayName;
    this.userId = userId;
  }

  static FakeAccount of(ServiceState parsec, String email, long userId) {
    String name = email.substring(0, Math.max(0, email.indexOf('@')));
    return new FakeAccount(parsec, email, "", name, userId);
  }

  static FakeAccount external(ServiceState parsec, String externalId, long userId) {
    return new FakeAccount(parsec, "", externalId, externalId, userId);
  }

  /** {@return the address with which one signs in; empty for an external user, who does not} */
  public String email() {
    return email;
  }

  /** {@return the number of the account, which the lists of hosts show as the owner's} */
  public long userId() {
    return userId;
  }

  /**
   * Sets the password; sessions that exist stay valid. An external user cannot sign in with one.
   *
   * @param password compared character by character
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount password(String password) {
    requireNonNull(password, "password");
    synchronized (parsec) {
      this.password = password;
    }
    return this;
  }

  /**
   * Switches two-factor authentication on, with codes of an authenticator app: see {@link Totp}. Each code is taken
   * once. Codes by e-mail end.
   *
   * @param seed the secret that server and app share, copied; not empty
   * @return this account
   * @throws IllegalArgumentException if {@code seed} is empty
   */
  @CanIgnoreReturnValue
  public FakeAccount withTotp(byte[] seed) {
    return withTotp(Totp.of(seed));
  }

  /**
   * Switches two-factor authentication on, with codes of an authenticator app: see {@link Totp}. Each code is taken
   * once. Codes by e-mail end.
   *
   * @param seed the secret that server and app share, in Base32
   * @return this account
   * @throws IllegalArgumentException if {@code seed} is not Base32
   */
  @CanIgnoreReturnValue
  public FakeAccount withTotp(String seed) {
    return withTotp(Totp.parse(seed));
  }

  @CanIgnoreReturnValue
  FakeAccount withTotp(Totp codes) {
    synchronized (parsec) {
      totp = codes;
      emailed = null;
      usedSteps.clear();
    }
    return this;
  }

  /**
   * Switches codes of an authenticator app off; those by e-mail stay.
   *
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount withoutTotp() {
    synchronized (parsec) {
      totp = null;
    }
    return this;
  }

  /**
   * Switches two-factor authentication on, with codes that the service sends by e-mail: each sign-in with the right
   * password and without a code makes one, which {@link #emailedCode()} returns, and ends the one before. A code is taken
   * once, within 10 minutes by the server's clock. Those of an authenticator app end.
   *
   * @return this account; if it had codes by e-mail already, the last one stays good
   */
  @CanIgnoreReturnValue
  public FakeAccount withEmailCodes() {
    synchronized (parsec) {
      totp = null;
      emailed = emailed == null ? new EmailedCodes() : emailed;
    }
    return this;
  }

  /**
   * Switches codes by e-mail off; those of an authenticator app stay.
   *
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount withoutEmailCodes() {
    synchronized (parsec) {
      emailed = null;
    }
    return this;
  }

  /**
   * Returns what a user would find in the last e-mail, if it still helps.
   *
   * @return the six digits that are good now; empty if the service made no code, or the last one was used or is 10 minutes
   *     old
   * @throws IllegalStateException if the account has no codes by e-mail
   */
  public Optional<String> emailedCode() {
    synchronized (parsec) {
      if (emailed == null) {
        throw new IllegalStateException(
            "the account has no codes by e-mail; call withEmailCodes first");
      }
      return emailed.goodAt(parsec.now());
    }
  }

  /**
   * Sets the kind of code that the service names when it asks for one; {@code totp} or {@code email}, as the codes are, if
   * not called.
   *
   * @param tfaType the field {@code tfa_type}
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount tfaType(String tfaType) {
    requireNonNull(tfaType, "tfaType");
    synchronized (parsec) {
      this.tfaType = tfaType;
      choosesTfaType = false;
    }
    return this;
  }

  /**
   * Lets the service ask for a code without naming its kind.
   *
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount withoutTfaType() {
    synchronized (parsec) {
      tfaType = null;
      choosesTfaType = false;
    }
    return this;
  }

  /**
   * Computes the code that an authenticator app would show now, by the server's clock.
   *
   * @return six digits; if they were used already, the service refuses them until the clock reaches the next 30 seconds
   * @throws IllegalStateException if the account has no codes of an authenticator app
   */
  public String currentTotpCode() {
    synchronized (parsec) {
      if (totp == null) {
        throw new IllegalStateException(
            "the account has no codes of an authenticator app; call withTotp first");
      }
      return totp.codeAt(parsec.now());
    }
  }

  /**
   * Adds hosts of this account, at the end of every list; those that it owns already stay where they are.
   *
   * @param hosts owned by no other account
   * @return this account
   * @throws IllegalArgumentException if another account owns one of them, or another host of the server has its peer ID;
   *     the hosts before that one are added
   */
  @CanIgnoreReturnValue
  public FakeAccount owns(FakeHost... hosts) {
    for (FakeHost host : List.of(hosts)) {
      parsec.add(this, host);
    }
    return this;
  }

  /**
   * Removes hosts of this account, which nobody sees then; those that it does not own are passed over.
   *
   * @param hosts the hosts
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount ownsNoMore(FakeHost... hosts) {
    for (FakeHost host : List.of(hosts)) {
      parsec.remove(this, host);
    }
    return this;
  }

  /**
   * Shares hosts of other accounts with this one.
   *
   * @param hosts the hosts, listed while somebody owns them
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount sees(FakeHost... hosts) {
    List<FakeHost> added = List.of(hosts);
    synchronized (parsec) {
      shared.addAll(added);
    }
    return this;
  }

  /**
   * Ends the sharing of hosts with this account; those that are public or its own are still listed.
   *
   * @param hosts the hosts
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount seesNoMore(FakeHost... hosts) {
    List<FakeHost> removed = List.of(hosts);
    synchronized (parsec) {
      removed.forEach(shared::remove);
    }
    return this;
  }

  /**
   * Sets the name that is shown with this account's hosts; if not called, it is what stands before the @ of the
   * address, or the external ID.
   *
   * @param displayName the name
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount displayName(String displayName) {
    requireNonNull(displayName, "displayName");
    synchronized (parsec) {
      this.displayName = displayName;
    }
    return this;
  }

  /**
   * Sets whether the account has the Warp subscription; false if not called.
   *
   * @param warp whether it has
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount warp(boolean warp) {
    synchronized (parsec) {
      this.warp = warp;
    }
    return this;
  }

  /**
   * Sets the team, which only {@link Dialect#LIVE} tells; empty if not called.
   *
   * @param teamId the field {@code team_id}
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount teamId(String teamId) {
    requireNonNull(teamId, "teamId");
    synchronized (parsec) {
      this.teamId = teamId;
    }
    return this;
  }

  /**
   * Sets the ID at an external provider, which only {@link Dialect#LIVE} tells; if not called, both are empty, but for
   * the ID of an external user.
   *
   * @param provider the field {@code external_provider}
   * @param id the field {@code external_id}
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount external(String provider, String id) {
    requireNonNull(provider, "provider");
    requireNonNull(id, "id");
    synchronized (parsec) {
      externalProvider = provider;
      externalId = id;
    }
    return this;
  }

  /**
   * Sets the roles, which the service tells with a session of an auth code; {@code host} alone if not called, as in the
   * documented example.
   *
   * @param roles the field {@code roles} of sessions that are opened from now on
   * @return this account
   */
  @CanIgnoreReturnValue
  public FakeAccount roles(String... roles) {
    List<String> copy = List.of(roles);
    synchronized (parsec) {
      this.roles = copy;
    }
    return this;
  }

  /**
   * Approves an auth code, as a user does who opens the address that a program shows and types the code: the program is
   * given a session of this account at its next poll.
   *
   * @param userCode what the program shows and {@link FakeParsec#authCodes()} has; compared character by character
   * @return this account
   * @throws IllegalArgumentException if the service gave out no such code, or it is not
   *     {@linkplain FakeAuthCode.State#PENDING pending}
   */
  @CanIgnoreReturnValue
  public FakeAccount approves(String userCode) {
    parsec.approve(requireNonNull(userCode, "userCode"), this);
    return this;
  }

  /**
   * Denies an auth code, as a user does who opens the address that a program shows, types the code and thinks better of
   * it: the program is refused at its next poll.
   *
   * @param userCode what the program shows and {@link FakeParsec#authCodes()} has; compared character by character
   * @return this account
   * @throws IllegalArgumentException if the service gave out no such code, or it is not
   *     {@linkplain FakeAuthCode.State#PENDING pending}
   */
  @CanIgnoreReturnValue
  public FakeAccount denies(String userCode) {
    parsec.deny(requireNonNull(userCode, "userCode"));
    return this;
  }

  /**
   * Opens a session without a sign-in, as if one had taken place earlier.
   *
   * @return the session, valid on the account's server
   */
  public Session openSession() {
    return parsec.open(this);
  }

  /** {@return the address or the external ID, without password and seed} */
  @Override
  public String toString() {
    return "FakeAccount[" + name + "]";
  }

  /** What messages name it by: the address or the external ID. */
  String name() {
    return name;
  }

  boolean hasPassword(String candidate) {
    return password.equals(candidate);
  }

  /** The code with which one would sign in now, however the account has them. */
  Optional<String> code() {
    synchronized (parsec) {
      if (totp != null) {
        return Optional.of(totp.codeAt(parsec.now()));
      }
      return emailed == null ? Optional.empty() : emailed.goodAt(parsec.now());
    }
  }

  boolean wantsCode() {
    return totp != null || emailed != null;
  }

  /** Asks for a code, by e-mail if that is how it comes; returns the kind that is named, or null for none. */
  @Nullable
  String askForCode(Ids ids) {
    if (emailed != null) {
      emailed.make(ids, parsec.now());
    }
    return tfaType();
  }

  @Nullable
  String tfaType() {
    String kind = emailed == null ? "totp" : "email";
    return choosesTfaType ? kind : tfaType;
  }

  boolean isShown(FakeHost host) {
    return shared.contains(host);
  }

  List<String> currentRoles() {
    return roles;
  }

  HostUser user() {
    return HostUser.builder()
        .id(userId)
        .name(displayName)
        .warp(warp)
        .teamId(teamId)
        .externalId(externalId)
        .externalProvider(externalProvider)
        .build();
  }

  /** What the service tells of it to its own sessions. */
  Account told() {
    return Account.builder(userId)
        .name(displayName)
        .email(email)
        .warp(warp)
        .hasTfa(wantsCode())
        .build();
  }

  /** Takes a code if it is good at a moment; a code that is not taken uses up nothing. */
  boolean takesCode(String candidate, Instant now, int skewSteps) {
    if (totp != null) {
      return takesCode(totp, candidate, Totp.step(now), skewSteps);
    }
    return emailed != null && emailed.take(candidate, now);
  }

  private boolean takesCode(Totp codes, String candidate, long step, int skewSteps) {
    for (long near = Math.max(0, step - skewSteps); near <= step + skewSteps; near++) {
      if (!usedSteps.contains(near) && codes.code(near).equals(candidate)) {
        usedSteps.add(near);
        if (usedSteps.size() > MAX_USED_STEPS) {
          usedSteps.pollFirst();
        }
        return true;
      }
    }
    return false;
  }
}
