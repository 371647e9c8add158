// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsec;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.ManualTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is done at once, there is an order of one thing after the other that explains every answer. */
class LinearisabilityProperties {
  private static final int THREADS = 3;

  private static ExecutorService threads;

  @BeforeContainer
  static void startThreads() {
    threads = Executors.newFixedThreadPool(THREADS);
  }

  @AfterContainer
  static void endThreads() {
    threads.shutdown();
  }

  @Property(tries = 200)
  void holdsOfTheServer(@ForAll @Size(THREADS) List<@Size(min = 1, max = 3) List<Deed>> program)
      throws Exception {
    try (FakeParsecServer server =
        FakeParsecServer.builder().clock(ManualTimer.create().clock()).start()) {
      explain(program, server);
    }
  }

  @Property(tries = 200)
  void holdsOfTheServiceInMemory(
      @ForAll @Size(THREADS) List<@Size(min = 1, max = 3) List<Deed>> program) throws Exception {
    try (FakeTransport service =
        FakeTransport.builder().clock(ManualTimer.create().clock()).build()) {
      explain(program, service);
    }
  }

  private static void explain(List<List<Deed>> program, FakeParsec service) throws Exception {
    Stage stage = new Stage(service);
    CyclicBarrier start = new CyclicBarrier(program.size());
    List<Future<List<Event>>> running = new ArrayList<>();
    for (List<Deed> deeds : program) {
      running.add(threads.submit(() -> {
        int unused = start.await();
        List<Event> events = new ArrayList<>();
        for (Deed deed : deeds) {
          long began = System.nanoTime();
          String answer = deed.happensOn(stage);
          events.add(new Event(deed, answer, began, System.nanoTime()));
        }
        return events;
      }));
    }
    List<List<Event>> events = new ArrayList<>();
    for (Future<List<Event>> each : running) {
      events.add(each.get());
    }

    assertThat(isExplained(Model.START, events)).as("an order of %s", events).isTrue();
  }

  /** Tries every order that keeps to that of each thread, and to what had ended before something else began. */
  private static boolean isExplained(Model model, List<List<Event>> left) {
    List<Event> next = left.stream().flatMap(events -> events.stream().limit(1)).toList();
    if (next.isEmpty()) {
      return true;
    }
    return IntStream.range(0, left.size())
        .filter(thread -> !left.get(thread).isEmpty())
        .anyMatch(thread -> {
          Event event = left.get(thread).get(0);
          return next.stream().noneMatch(other -> other.endedBefore(event))
              && event.answer.equals(model.answerTo(event.deed))
              && isExplained(model.after(event.deed), without(left, thread));
        });
  }

  private static List<List<Event>> without(List<List<Event>> left, int thread) {
    List<List<Event>> rest = new ArrayList<>(left);
    rest.set(thread, left.get(thread).subList(1, left.get(thread).size()));
    return rest;
  }

  /** What a thread did, what it got, and when. */
  record Event(Deed deed, String answer, long began, long ended) {
    boolean endedBefore(Event other) {
      return ended - other.began < 0;
    }

    @Override
    public String toString() {
      return deed + " -> " + answer;
    }
  }

  /** What a thread may do. */
  enum Deed {
    SIGN_IN,
    LIST,
    REVOKE,
    ADD_DESKTOP,
    ADD_GAME,
    REMOVE_DESKTOP,
    REMOVE_GAME;

    String happensOn(Stage stage) {
      return switch (this) {
        case SIGN_IN -> stage.signIn();
        case LIST -> stage.list();
        case REVOKE -> stage.changed(() -> stage.service.revoke(stage.session.id()));
        case ADD_DESKTOP -> stage.changed(() -> stage.dude.owns(stage.desktop));
        case ADD_GAME -> stage.changed(() -> stage.dude.owns(stage.game));
        case REMOVE_DESKTOP -> stage.changed(() -> stage.dude.ownsNoMore(stage.desktop));
        case REMOVE_GAME -> stage.changed(() -> stage.dude.ownsNoMore(stage.game));
      };
    }
  }

  /** An account whose one-time code does not change, its two hosts, a session of it, and a client. */
  static final class Stage {
    private final FakeParsec service;
    private final FakeAccount dude;
    private final FakeHost desktop = FakeHost.desktop("desktop");
    private final FakeHost game = FakeHost.game("game");
    private final Session session;
    private final ParsecClient parsec;

    Stage(FakeParsec service) {
      this.service = service;
      this.dude = service.account("dude@example.com", "secret").withTotp("JBSWY3DPEHPK3PXP");
      this.session = dude.openSession();
      this.parsec = service.client();
    }

    String signIn() {
      try (Credentials plain = Credentials.of("dude@example.com", "secret".toCharArray());
          Credentials credentials = plain.withTfaCode(dude.currentTotpCode())) {
        Session unused = parsec.signIn(credentials);
        return "SUCCESS";
      } catch (InvalidCredentialsException e) {
        return "REFUSED";
      }
    }

    String list() {
      try {
        return parsec.hosts(session, HostQuery.any()).hosts().stream()
            .map(Host::name)
            .toList()
            .toString();
      } catch (InvalidSessionException e) {
        return "REFUSED";
      }
    }

    String changed(Runnable change) {
      change.run();
      return "";
    }
  }

  /** What the service is to do, one thing after the other. */
  record Model(boolean codeUsed, boolean revoked, List<String> hosts) {
    static final Model START = new Model(false, false, List.of());

    String answerTo(Deed deed) {
      return switch (deed) {
        case SIGN_IN -> codeUsed ? "REFUSED" : "SUCCESS";
        case LIST -> revoked ? "REFUSED" : hosts.toString();
        default -> "";
      };
    }

    Model after(Deed deed) {
      return switch (deed) {
        case SIGN_IN -> new Model(true, revoked, hosts);
        case LIST -> this;
        case REVOKE -> new Model(codeUsed, true, hosts);
        case ADD_DESKTOP -> with("desktop");
        case ADD_GAME -> with("game");
        case REMOVE_DESKTOP -> without("desktop");
        case REMOVE_GAME -> without("game");
      };
    }

    private Model with(String host) {
      return hosts.contains(host)
          ? this
          : new Model(
              codeUsed, revoked, Stream.concat(hosts.stream(), Stream.of(host)).toList());
    }

    private Model without(String host) {
      return new Model(
          codeUsed, revoked, hosts.stream().filter(other -> !other.equals(host)).toList());
    }
  }
}
