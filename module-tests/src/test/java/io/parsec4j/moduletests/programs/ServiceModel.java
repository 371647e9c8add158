// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostQuery;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the service and the client are to do, worked out a second time and without any I/O. */
final class ServiceModel {
  static final Duration LIFETIME = Duration.ofHours(1);
  static final Duration LIFETIME_OF_AUTH_CODES = Duration.ofSeconds(30);
  static final Duration INTERVAL = Duration.ofSeconds(5);
  static final Totp CODES = Totp.parse("JBSWY3DPEHPK3PXP");

  private static final int MAX_ATTEMPTS = 3;

  private final Map<Person, Set<Long>> usedSteps = new EnumMap<>(Person.class);
  private final List<Opened> sessions = new ArrayList<>();
  private final List<Machine> hosts = new ArrayList<>();
  private final Map<Endpoint, Deque<Mishap>> mishaps = new EnumMap<>(Endpoint.class);
  private Instant now;

  ServiceModel(Instant now) {
    this.now = now;
  }

  /** Who has an account. */
  enum Person {
    WALTER,
    /** Has two-factor codes. */
    DUDE,
    /** Belongs to an enterprise and has no password. */
    DONNY;

    String email() {
      return name().toLowerCase(java.util.Locale.ROOT) + "@example.com";
    }

    String externalId() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean isExternal() {
      return this == DONNY;
    }

    String password() {
      return "secret of " + name();
    }

    boolean hasCodes() {
      return this == DUDE;
    }
  }

  /** What a call ends with, and how many requests the service sees of it over a client that repeats none in silence. */
  record Expected(String outcome, List<String> shown, int requests) {}

  /** What a user does about an auth code. */
  enum Decision {
    APPROVES,
    DENIES,
    STAYS_AWAY
  }

  /** A session that the client knows of. */
  private static final class Opened {
    private final Person person;
    private final Instant at;
    private boolean revoked;

    Opened(Person person, Instant at) {
      this.person = person;
      this.at = at;
    }
  }

  /** A host. */
  static final class Machine {
    final String name;
    final Person owner;
    final HostMode mode;
    final boolean isPublic;
    boolean online = true;
    boolean shared;

    Machine(String name, Person owner, HostMode mode, boolean isPublic) {
      this.name = name;
      this.owner = owner;
      this.mode = mode;
      this.isPublic = isPublic;
    }

    private boolean isShownTo(Person person, HostQuery query) {
      return (owner == person || isPublic || shared)
          && online
          && query.mode().map(mode::equals).orElse(true)
          && query.isPublic().map(wanted -> wanted == isPublic).orElse(true);
    }
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  int sessions() {
    return sessions.size();
  }

  List<Machine> hosts() {
    return hosts;
  }

  void revoke(int session) {
    sessions.get(session).revoked = true;
  }

  void revokeAll() {
    sessions.forEach(session -> session.revoked = true);
  }

  void strike(Endpoint endpoint, List<Mishap> struck) {
    mishaps.computeIfAbsent(endpoint, e -> new ArrayDeque<>()).addAll(struck);
  }

  void clearMishaps() {
    mishaps.clear();
  }

  private Mishap next(Endpoint endpoint) {
    return mishaps.getOrDefault(endpoint, new ArrayDeque<>()).poll();
  }

  Expected signIn(Person person, boolean rightPassword, String code) {
    return open(Endpoint.SIGN_IN, person, () -> answerToSignIn(person, rightPassword, code));
  }

  Expected enterpriseSession(boolean rightKey) {
    return open(
        Endpoint.ENTERPRISE_SESSION, Person.DONNY, () -> rightKey ? "SUCCESS" : "BAD CREDENTIALS");
  }

  /** What opens a session is sent once, whatever happens to it. */
  private Expected open(Endpoint endpoint, Person person, Supplier<String> service) {
    Mishap mishap = next(endpoint);
    Mishap.Effect effect = mishap == null ? Mishap.Effect.NONE : mishap.effect();
    if (effect == Mishap.Effect.REFUSED) {
      return new Expected(mishap.outcome(), List.of(), 1);
    }
    String answer = service.get();
    if (effect == Mishap.Effect.ANSWER_LOST) {
      return new Expected(mishap.outcome(), List.of(), 1);
    }
    if (effect == Mishap.Effect.BODY_DAMAGED) {
      // A refusal is told by its status; that a code is wanted stands in the body alone.
      String outcome = answer.equals("SUCCESS") ? mishap.outcome() : "BAD CREDENTIALS";
      return new Expected(outcome, List.of(), 1);
    }
    if (answer.equals("SUCCESS")) {
      sessions.add(new Opened(person, now));
    }
    return new Expected(answer, List.of(), 1);
  }

  /**
   * A wait for approval asks once an interval. Time passes as far as the wait takes.
   *
   * @param decisionAfter how many times the program asks before the user decides
   * @param struck what happens to the first questions
   */
  Expected approval(Person person, Decision decision, int decisionAfter, List<Mishap> struck) {
    Deque<Mishap> pending = new ArrayDeque<>(struck);
    Instant end = now.plus(LIFETIME_OF_AUTH_CODES);
    boolean redeemed = false;
    for (int asked = 1; ; asked++) {
      pass(INTERVAL);
      boolean over = !now.isBefore(end);
      boolean decided = asked > decisionAfter && decision != Decision.STAYS_AWAY;
      Mishap mishap = pending.poll();
      Mishap.Effect effect = mishap == null ? Mishap.Effect.NONE : mishap.effect();
      if (effect == Mishap.Effect.REFUSED && !mishap.isTransient()) {
        return new Expected(mishap.outcome(), List.of(), asked);
      }
      boolean served = effect != Mishap.Effect.REFUSED;
      boolean approved = decided && decision == Decision.APPROVES && !redeemed && !over;
      boolean denied = over || redeemed || (decided && decision == Decision.DENIES);
      redeemed |= served && approved;
      if (effect == Mishap.Effect.NONE && approved) {
        sessions.add(new Opened(person, now));
        return new Expected("SUCCESS", List.of(), asked);
      }
      // That a code is denied is told by the status, whatever the body.
      if (served && effect != Mishap.Effect.ANSWER_LOST && denied && !over) {
        return new Expected("DENIED", List.of(), asked);
      }
      if (over) {
        return new Expected("EXPIRED", List.of(), asked);
      }
    }
  }

  private String answerToSignIn(Person person, boolean rightPassword, String code) {
    if (!rightPassword) {
      return "BAD CREDENTIALS";
    }
    if (!person.hasCodes()) {
      return "SUCCESS";
    }
    if (code.isEmpty()) {
      return "CODE WANTED";
    }
    Set<Long> used = usedSteps.computeIfAbsent(person, p -> new HashSet<>());
    for (int offset = -1; offset <= 1; offset++) {
      Instant near = now.plusSeconds(30L * offset);
      long step = near.getEpochSecond() / 30;
      if (CODES.codeAt(near).equals(code) && used.add(step)) {
        return "SUCCESS";
      }
    }
    return "BAD CREDENTIALS";
  }

  Expected list(int session, HostQuery query, boolean silentRepeats) {
    return ask(
        Endpoint.HOSTS,
        session,
        silentRepeats,
        person -> hosts.stream()
            .filter(host -> host.isShownTo(person, query))
            .map(host -> host.name)
            .collect(Collectors.toList()));
  }

  Expected account(int session, boolean silentRepeats) {
    return ask(Endpoint.ACCOUNT, session, silentRepeats, person -> List.of(person.externalId()));
  }

  /** What changes nothing is asked for three times at most. */
  private Expected ask(
      Endpoint endpoint, int session, boolean silentRepeats, Function<Person, List<String>> shown) {
    int requests = 0;
    Mishap last = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      requests++;
      last = next(endpoint);
      if (silentRepeats && last != null && last.isRepeatedByTheJdk()) {
        requests++;
        last = next(endpoint);
      }
      if (last == null || !last.isTransient()) {
        return answer(session, last, requests, shown);
      }
    }
    return new Expected(last.outcome(), List.of(), requests);
  }

  private Expected answer(
      int session, Mishap mishap, int requests, Function<Person, List<String>> shown) {
    Mishap.Effect effect = mishap == null ? Mishap.Effect.NONE : mishap.effect();
    if (effect == Mishap.Effect.REFUSED) {
      return new Expected(mishap.outcome(), List.of(), requests);
    }
    if (session < 0 || !isValid(sessions.get(session))) {
      return new Expected("BAD SESSION", List.of(), requests);
    }
    if (effect == Mishap.Effect.BODY_DAMAGED) {
      return new Expected(mishap.outcome(), List.of(), requests);
    }
    return new Expected("SUCCESS", shown.apply(sessions.get(session).person), requests);
  }

  private boolean isValid(Opened session) {
    return !session.revoked && now.isBefore(session.at.plus(LIFETIME));
  }

  @Override
  public String toString() {
    return "ServiceModel[" + now + ", " + sessions.size() + " sessions, " + hosts.size()
        + " hosts, mishaps " + mishaps + "]";
  }
}
