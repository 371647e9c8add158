// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostUser;
import io.parsec4j.testkit.internal.JsonMembers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The users, hosts and API keys of a fake service as they are described in words: by the options of {@link Standalone}, and
 * again by the control API. A description that is wrong changes nothing.
 */
final class Scenery {
  private static final List<String> OF_ACCOUNTS = List.of(
      "email",
      "password",
      "twoFactor",
      "seed",
      "tfaType",
      "displayName",
      "warp",
      "teamId",
      "roles",
      "externalProvider",
      "externalId");
  private static final List<String> OF_EXTERNAL_USERS =
      List.of("externalId", "displayName", "warp", "teamId", "roles");
  private static final List<String> OF_HOSTS = List.of(
      "name",
      "gameId",
      "build",
      "description",
      "eventName",
      "players",
      "maxPlayers",
      "public",
      "self",
      "guestAccess",
      "online",
      "sharedWith");
  private static final List<String> OF_NEW_HOSTS = List.of("owner", "mode", "peerId");

  private final FakeParsec parsec;
  private final List<JsonMembers> firstAccounts;
  private final List<JsonMembers> firstHosts;
  private final List<String> firstKeys;

  // Those that sign in by address, and those of an enterprise by external ID.
  private final Map<String, FakeAccount> users = new LinkedHashMap<>();
  private final Map<String, FakeHost> hosts = new LinkedHashMap<>();
  private final Map<FakeHost, FakeAccount> owners = new LinkedHashMap<>();

  Scenery(
      FakeParsec parsec,
      List<JsonMembers> firstAccounts,
      List<JsonMembers> firstHosts,
      List<String> firstKeys) {
    this.parsec = parsec;
    this.firstAccounts = List.copyOf(firstAccounts);
    this.firstHosts = List.copyOf(firstHosts);
    this.firstKeys = List.copyOf(firstKeys);
    setUp();
  }

  /** The second factors that an account can have. */
  private enum TwoFactor {
    NONE,
    TOTP,
    EMAIL
  }

  /** Makes the service and all of this as they were at first; IDs are new. */
  synchronized void reset() {
    parsec.reset();
    users.clear();
    hosts.clear();
    owners.clear();
    setUp();
  }

  private void setUp() {
    for (JsonMembers json : firstAccounts) {
      FakeAccount unused = account(json);
    }
    for (JsonMembers json : firstHosts) {
      Host unused = newHost(json);
    }
    enterpriseKeys(firstKeys);
  }

  /** Makes an account, or changes the one of this address. */
  synchronized FakeAccount account(JsonMembers json) {
    json.requireOnly(OF_ACCOUNTS);
    String email = json.required("email");
    String password = json.required("password");
    Changes<FakeAccount> changes = new Changes<>();
    json.constant("twoFactor", TwoFactor.class).ifPresent(kind -> twoFactor(kind, json, changes));
    if (json.string("twoFactor").isEmpty() && json.string("seed").isPresent()) {
      throw new IllegalArgumentException("seed must stand beside twoFactor");
    }
    json.string("tfaType").ifPresent(value -> changes.add(it -> it.tfaType(value)));
    appearance(json, changes);
    if (json.string("externalProvider").isPresent() || json.string("externalId").isPresent()) {
      String provider = json.required("externalProvider");
      String id = json.required("externalId");
      changes.add(it -> it.external(provider, id));
    }
    requireFreeOrOwn(email, email, "email");
    FakeAccount account = parsec.account(email, password);
    changes.carryOut(account);
    users.put(email, account);
    return account;
  }

  /** Makes an external user, or changes the one of this ID. */
  synchronized FakeAccount externalUser(JsonMembers json) {
    json.requireOnly(OF_EXTERNAL_USERS);
    String id = json.required("externalId");
    Changes<FakeAccount> changes = new Changes<>();
    appearance(json, changes);
    requireFreeOrOwn(id, "", "externalId");
    FakeAccount user = parsec.externalUser(id);
    changes.carryOut(user);
    users.put(id, user);
    return user;
  }

  /** Refuses a name that a user of the other kind has, because hosts name their owners by it. */
  private void requireFreeOrOwn(String name, String email, String member) {
    FakeAccount user = users.get(name);
    if (user != null && !user.email().equals(email)) {
      throw new IllegalArgumentException(
          member + " must not be the external ID of a user and the address of an account at once");
    }
  }

  private static void appearance(JsonMembers json, Changes<FakeAccount> changes) {
    json.string("displayName").ifPresent(value -> changes.add(it -> it.displayName(value)));
    json.flag("warp").ifPresent(value -> changes.add(it -> it.warp(value)));
    json.string("teamId").ifPresent(value -> changes.add(it -> it.teamId(value)));
    json.list("roles")
        .ifPresent(value -> changes.add(it -> it.roles(value.toArray(new String[0]))));
  }

  void enterpriseKeys(List<String> keys) {
    parsec.enterpriseKeys(keys.toArray(new String[0]));
  }

  /** Lets a user decide about an auth code. */
  synchronized FakeAuthCode decide(JsonMembers json, BiConsumer<FakeAccount, String> decision) {
    json.requireOnly(List.of("userCode", "user"));
    String userCode = json.required("userCode");
    FakeAccount user = named(json.required("user"), "user");
    FakeAuthCode code = parsec.authCodes().stream()
        .filter(each -> each.userCode().equals(userCode))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("there is no auth code of this user code"));
    decision.accept(user, userCode);
    return code;
  }

  private static void twoFactor(TwoFactor kind, JsonMembers json, Changes<FakeAccount> changes) {
    if (kind == TwoFactor.TOTP) {
      String seed = json.required("seed");
      Totp checked = Totp.parse(seed);
      changes.add(it -> it.withTotp(checked));
    } else if (json.string("seed").isPresent()) {
      throw new IllegalArgumentException("seed must be left out unless twoFactor is totp");
    } else if (kind == TwoFactor.EMAIL) {
      changes.add(FakeAccount::withEmailCodes);
    } else {
      changes.add(it -> it.withoutTotp().withoutEmailCodes());
    }
  }

  /** The code with which one would sign in now. */
  synchronized String code(String email) {
    return existing(users, email, "account of this address")
        .code()
        .orElseThrow(
            () -> new NoSuchElementException(
                "the account has no code now: it has no two-factor authentication, or its last code by e-mail is used up or too old, or a sign-in without a code has to come first"));
  }

  /** Makes a host. */
  synchronized Host newHost(JsonMembers json) {
    List<String> allowed = new ArrayList<>(OF_NEW_HOSTS);
    allowed.addAll(OF_HOSTS);
    json.requireOnly(allowed);
    FakeAccount owner = named(json.required("owner"), "owner");
    FakeHost host = newHost(json.string("mode").orElse("desktop"), json.required("name"));
    json.string("peerId").ifPresent(id -> {
      if (id.isEmpty() || hosts.containsKey(id)) {
        throw new IllegalArgumentException("peerId must not be empty, nor that of another host");
      }
      host.peerId(id);
    });
    changes(json).carryOut(host);
    owner.owns(host);
    hosts.put(host.peerId(), host);
    owners.put(host, owner);
    return seen(host);
  }

  private static FakeHost newHost(String mode, String name) {
    return mode.equals("game") ? FakeHost.game(name) : FakeHost.of(HostMode.of(mode), name);
  }

  synchronized Host change(String peerId, JsonMembers json) {
    FakeHost host = host(peerId);
    json.requireOnly(OF_HOSTS);
    changes(json).carryOut(host);
    return seen(host);
  }

  synchronized void remove(String peerId) {
    FakeHost host = host(peerId);
    owner(host).ownsNoMore(host);
    hosts.remove(peerId);
    owners.remove(host);
  }

  synchronized List<Host> hosts() {
    List<Host> all = new ArrayList<>();
    hosts.values().forEach(host -> all.add(seen(host)));
    return all;
  }

  private Changes<FakeHost> changes(JsonMembers json) {
    Changes<FakeHost> changes = new Changes<>();
    json.string("name").ifPresent(value -> changes.add(it -> it.name(value)));
    json.string("gameId").ifPresent(value -> changes.add(it -> it.gameId(value)));
    json.string("build").ifPresent(value -> changes.add(it -> it.build(value)));
    json.string("description").ifPresent(value -> changes.add(it -> it.description(value)));
    json.string("eventName").ifPresent(value -> changes.add(it -> it.eventName(value)));
    count(json, "players").ifPresent(value -> changes.add(it -> it.players(value)));
    count(json, "maxPlayers").ifPresent(value -> changes.add(it -> it.maxPlayers(value)));
    json.flag("public").ifPresent(value -> changes.add(it -> it.isPublic(value)));
    json.flag("self").ifPresent(value -> changes.add(it -> it.isSelf(value)));
    json.flag("guestAccess").ifPresent(value -> changes.add(it -> it.guestAccess(value)));
    json.flag("online").ifPresent(value -> changes.add(it -> it.online(value)));
    json.list("sharedWith").ifPresent(emails -> {
      List<FakeAccount> viewers = new ArrayList<>();
      emails.forEach(email -> viewers.add(named(email, "sharedWith")));
      changes.add(it -> users.values().forEach(account -> account.seesNoMore(it)));
      changes.add(it -> viewers.forEach(account -> account.sees(it)));
    });
    return changes;
  }

  private static Optional<Integer> count(JsonMembers json, String name) {
    return json.number(name, 0, Integer.MAX_VALUE).map(Long::intValue);
  }

  /** A host as its owner has it, who is shown by the address or external ID. */
  private Host seen(FakeHost host) {
    FakeAccount owner = owner(host);
    return host.seen(HostUser.builder().id(owner.userId()).name(owner.name()).build(), true, "");
  }

  private FakeAccount owner(FakeHost host) {
    return existing(owners, host, "owner");
  }

  private FakeHost host(String peerId) {
    return existing(hosts, peerId, "host of this peer ID");
  }

  private FakeAccount named(String name, String member) {
    // A session may have made the user.
    return users.computeIfAbsent(
        name,
        id -> parsec
            .knownExternalUser(id)
            .orElseThrow(() -> new IllegalArgumentException(
                member + " must be the address of an account or the ID of an external user")));
  }

  private static <K, V> V existing(Map<K, V> all, K key, String what) {
    V value = all.get(key);
    if (value == null) {
      throw new NoSuchElementException("there is no " + what);
    }
    return value;
  }

  /** What is to be done once everything was found right. */
  private static final class Changes<T> {
    private final List<Consumer<T>> all = new ArrayList<>();

    void add(Consumer<T> change) {
      all.add(change);
    }

    void carryOut(T target) {
      all.forEach(change -> change.accept(target));
    }
  }
}
