// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.Account;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the fake service knows and decides, without any I/O: accounts, sessions, hosts, and who sees what.
 *
 * <p>Its monitor guards all of it, accounts included, so that each operation is one atomic step.
 */
final class ServiceState {
  private static final long FIRST_USER_ID = 1_337;
  private static final int MAX_SESSIONS = 100_000;
  private static final int MAX_AUTH_CODES = 10_000;

  /** How long a session lives of which the service has to tell the end, if nothing else is said. */
  private static final Duration TOLD_LIFETIME = Duration.ofDays(30);

  private final Settings settings;
  private final Ids ids;
  private final Map<String, FakeAccount> accounts = new HashMap<>();
  private final Map<String, FakeAccount> externalUsers = new HashMap<>();
  private final Map<FakeHost, FakeAccount> owners = new LinkedHashMap<>();
  private final Map<String, OpenSession> sessions = new LinkedHashMap<>();
  private final Map<String, FakeAuthCode> authCodes = new LinkedHashMap<>();
  private Set<String> enterpriseKeys = Set.of();

  ServiceState(Settings settings) {
    this(settings, new Ids(settings.seed));
  }

  private ServiceState(Settings settings, Ids ids) {
    this.settings = settings;
    this.ids = ids;
  }

  /** A state that knows nothing yet and goes on with the IDs of this one. */
  ServiceState successor() {
    return new ServiceState(settings, ids);
  }

  synchronized void giveHostsAway() {
    owners.keySet().forEach(FakeHost::ownedByNobody);
    owners.clear();
  }

  Instant now() {
    return settings.clock.instant();
  }

  @CanIgnoreReturnValue
  synchronized FakeAccount account(String email, String password) {
    return accounts
        .computeIfAbsent(email, e -> FakeAccount.of(this, e, nextUserId()))
        .password(password);
  }

  synchronized FakeAccount externalUser(String externalId) {
    return externalUsers.computeIfAbsent(
        externalId, id -> FakeAccount.external(this, id, nextUserId()));
  }

  synchronized Optional<FakeAccount> knownExternalUser(String externalId) {
    return Optional.ofNullable(externalUsers.get(externalId));
  }

  private long nextUserId() {
    return FIRST_USER_ID + accounts.size() + externalUsers.size();
  }

  synchronized void enterpriseKeys(Set<String> keys) {
    enterpriseKeys = keys;
  }

  synchronized void add(FakeAccount account, FakeHost host) {
    for (FakeHost other : owners.keySet()) {
      if (other != host && host.hasPeerId() && other.hasPeerId(host.peerId())) {
        throw new IllegalArgumentException(
            "hosts must have peer IDs of their own: that of " + host + " is taken");
      }
    }
    host.ownedBy(account, host.hasPeerId() ? "" : ids.base62());
    owners.putIfAbsent(host, account);
  }

  synchronized void remove(FakeAccount account, FakeHost host) {
    if (owners.remove(host, account)) {
      host.ownedByNobody();
    }
  }

  /** Signs in; a code that is empty counts as none. */
  synchronized SignInOutcome signIn(String email, String password, String code) {
    FakeAccount account = accounts.get(email);
    if (account == null || !account.hasPassword(password)) {
      return SignInOutcome.REFUSED;
    }
    if (account.wantsCode()) {
      if (code.isEmpty()) {
        return SignInOutcome.codeRequired(account.askForCode(ids));
      }
      if (!account.takesCode(code, now(), settings.totpSkewSteps)) {
        return settings.asksAgainAfterWrongCode
            ? SignInOutcome.codeRequired(account.tfaType())
            : SignInOutcome.REFUSED;
      }
    }
    return SignInOutcome.of(open(account));
  }

  synchronized Session open(FakeAccount account) {
    Duration lifetime = settings.sessionLifetime;
    Instant end = lifetime == null ? Instant.MAX : now().plus(lifetime);
    return open(account, newSession(account).build(), end);
  }

  /** Opens a session of which everything is told. */
  private Session openAndTell(FakeAccount account) {
    Duration lifetime = settings.sessionLifetime;
    Instant end = now().plus(lifetime == null ? TOLD_LIFETIME : lifetime);
    Session session = newSession(account)
        .clientPeerId(ids.base62())
        .roles(account.currentRoles())
        .expiresAt(end)
        .build();
    return open(account, session, end);
  }

  private Session.Builder newSession(FakeAccount account) {
    return Session.builder(SessionId.of(ids.hex64()))
        .userId(account.userId())
        .instanceId(ids.base62())
        .hostPeerId(hostPeerId(account));
  }

  private Session open(FakeAccount account, Session session, Instant end) {
    keep(sessions, session.id().reveal(), new OpenSession(account, session, end), MAX_SESSIONS);
    return session;
  }

  /** Adds a value, and lets the oldest go if there are too many. */
  private static <V> void keep(Map<String, V> all, String key, V value, int max) {
    all.put(key, value);
    if (all.size() > max) {
      all.remove(all.keySet().iterator().next());
    }
  }

  private String hostPeerId(FakeAccount account) {
    String fresh = ids.base62();
    return owners.entrySet().stream()
        .filter(entry -> entry.getValue() == account && entry.getKey().isSelf())
        .map(entry -> entry.getKey().peerId())
        .findFirst()
        .orElse(fresh);
  }

  synchronized FakeAuthCode newAuthCode(String gameId) {
    Instant end = now().plus(settings.authCodeLifetime);
    FakeAuthCode code = new FakeAuthCode(this, gameId, ids.userCode(), ids.base62(), end);
    keep(authCodes, code.hash(), code, MAX_AUTH_CODES);
    return code;
  }

  synchronized List<FakeAuthCode> authCodes() {
    return List.copyOf(authCodes.values());
  }

  synchronized void approve(String userCode, FakeAccount account) {
    authCode(userCode).approve(account);
  }

  synchronized void deny(String userCode) {
    authCode(userCode).deny();
  }

  private FakeAuthCode authCode(String userCode) {
    return authCodes.values().stream()
        .filter(code -> code.userCode().equals(userCode))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("userCode must be one that the service has given out"));
  }

  /** Answers a program that asks whether its code was approved; a code that was gives one session. */
  synchronized PollOutcome poll(String hash) {
    FakeAuthCode code = authCodes.get(hash);
    if (code == null || !code.state().isAlive()) {
      return PollOutcome.REFUSED;
    }
    Duration early = code.takePoll(now(), settings.authCodeInterval);
    if (settings.refusesEarlyPolls && !early.isZero()) {
      return PollOutcome.early(early);
    }
    FakeAccount account = code.approvedBy();
    if (account == null) {
      return PollOutcome.PENDING;
    }
    code.redeem();
    return PollOutcome.of(openAndTell(account));
  }

  /** Opens a session of a user; null if the key is not valid, and then nobody looks for whom it is. */
  synchronized @Nullable Session enterpriseSession(String key, Supplier<String> externalIds) {
    return enterpriseKeys.contains(key) ? openAndTell(externalUser(externalIds.get())) : null;
  }

  /**
   * Lists what a session sees, in the order in which the hosts were added; null if the session is not valid, and then
   * nobody looks at the query.
   */
  synchronized @Nullable HostPage hosts(String token, Supplier<HostQuery> queries) {
    OpenSession session = valid(token);
    if (session == null) {
      return null;
    }
    HostQuery query = queries.get();
    List<Host> page = new ArrayList<>();
    for (Map.Entry<FakeHost, FakeAccount> entry : owners.entrySet()) {
      FakeAccount owner = entry.getValue();
      boolean byOwner = owner == session.account;
      Host host = entry.getKey().seen(owner.user(), byOwner, session.hostPeerId);
      boolean visible = byOwner || host.isPublic() || session.account.isShown(entry.getKey());
      if (visible && host.online().orElse(true) && matches(host, query)) {
        if (page.size() == settings.hostCap) {
          return HostPage.of(page, true);
        }
        page.add(host);
      }
    }
    return HostPage.of(page, false);
  }

  /** Tells of the account behind a session; null if the session is not valid. */
  synchronized @Nullable Account account(String token) {
    OpenSession session = valid(token);
    return session == null ? null : session.account.told();
  }

  private @Nullable OpenSession valid(String token) {
    OpenSession session = sessions.get(token);
    return session != null && now().isBefore(session.end) ? session : null;
  }

  private static boolean matches(Host host, HostQuery query) {
    return query.mode().map(host.mode()::equals).orElse(true)
        && query.isPublic().map(isPublic -> isPublic == host.isPublic()).orElse(true);
  }

  synchronized void revoke(SessionId id) {
    sessions.remove(id.reveal());
  }

  synchronized void expireSessions() {
    sessions.clear();
  }

  /** A session that was opened and not ended. */
  private static final class OpenSession {
    private final FakeAccount account;
    private final String hostPeerId;
    private final Instant end;

    OpenSession(FakeAccount account, Session session, Instant end) {
      this.account = account;
      this.hostPeerId = session.hostPeerId().orElseThrow();
      this.end = end;
    }
  }
}
