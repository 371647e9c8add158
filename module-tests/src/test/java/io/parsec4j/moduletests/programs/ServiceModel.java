// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostQuery;
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
import java.util.stream.Collectors;

/** What the service and the client are to do, worked out a second time and without any I/O. */
final class ServiceModel {
  static final Duration LIFETIME = Duration.ofHours(1);
  static final Totp CODES = Totp.parse("JBSWY3DPEHPK3PXP");

  private static final int MAX_ATTEMPTS = 3;

  private final Map<Person, Set<Long>> usedSteps = new EnumMap<>(Person.class);
  private final List<Opened> sessions = new ArrayList<>();
  private final List<Machine> hosts = new ArrayList<>();
  private Deque<Mishap> ofSignIn = new ArrayDeque<>();
  private Deque<Mishap> ofHosts = new ArrayDeque<>();
  private Instant now;

  ServiceModel(Instant now) {
    this.now = now;
  }

  /** Who has an account. */
  enum Person {
    WALTER,
    /** Has two-factor codes. */
    DUDE;

    String email() {
      return name().toLowerCase(java.util.Locale.ROOT) + "@example.com";
    }

    String password() {
      return "secret of " + name();
    }

    boolean hasCodes() {
      return this == DUDE;
    }
  }

  /** What a call ends with, and how many requests the service sees of it over a client that repeats none in silence. */
  record Expected(String outcome, List<String> hosts, int requests) {}

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

  void strike(boolean isHosts, List<Mishap> mishaps) {
    (isHosts ? ofHosts : ofSignIn).addAll(mishaps);
  }

  void clearMishaps() {
    ofSignIn = new ArrayDeque<>();
    ofHosts = new ArrayDeque<>();
  }

  /** A sign-in is sent once, whatever happens to it. */
  Expected signIn(Person person, boolean rightPassword, String code) {
    Mishap mishap = ofSignIn.poll();
    Mishap.Effect effect = mishap == null ? Mishap.Effect.NONE : mishap.effect();
    if (effect == Mishap.Effect.REFUSED) {
      return new Expected(mishap.outcome(), List.of(), 1);
    }
    String answer = answerToSignIn(person, rightPassword, code);
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

  /** A list is asked for three times at most. */
  Expected list(int session, HostQuery query, boolean silentRepeats) {
    int requests = 0;
    Mishap last = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      requests++;
      last = ofHosts.poll();
      if (silentRepeats && last != null && last.isRepeatedByTheJdk()) {
        requests++;
        last = ofHosts.poll();
      }
      if (last == null || !last.isTransient()) {
        return answerToList(session, query, last, requests);
      }
    }
    return new Expected(last.outcome(), List.of(), requests);
  }

  private Expected answerToList(int session, HostQuery query, Mishap mishap, int requests) {
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
    Person person = sessions.get(session).person;
    List<String> names = hosts.stream()
        .filter(host -> host.isShownTo(person, query))
        .map(host -> host.name)
        .collect(Collectors.toList());
    return new Expected("SUCCESS", names, requests);
  }

  private boolean isValid(Opened session) {
    return !session.revoked && now.isBefore(session.at.plus(LIFETIME));
  }

  @Override
  public String toString() {
    return "ServiceModel[" + now + ", " + sessions.size() + " sessions, " + hosts.size()
        + " hosts, mishaps " + ofSignIn + " " + ofHosts + "]";
  }
}
