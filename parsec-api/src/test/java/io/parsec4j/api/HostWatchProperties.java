// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.Watcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the service lists and whoever asks when: each subscriber can tell from the changes alone what is known. */
class HostWatchProperties {

  @Property(tries = 1_000)
  void everySubscriberLearnsWhatIsKnown(@ForAll("steps") List<Step> steps) {
    World world = new World();

    for (Step step : steps) {
      step.run(world);
      world.check();
    }
    world.views.forEach(view -> view.watcher.cancel());

    assertThat(world.bench.timer().pending()).isZero();
    assertThat(world.bench.transport().exchanges()).allMatch(exchange -> exchange.isDone());
  }

  interface Step {
    void run(World world);
  }

  /** One watch, and a model of it: what is known, and what each subscriber may still be told. */
  static final class World {
    private final Bench bench = new Bench();
    private final Flow.Publisher<HostsUpdate> watch =
        bench.client().watchHosts(Bench.session(), HostQuery.any(), ofSeconds(10));
    private final List<View> views = new ArrayList<>();
    private final Map<String, Host> known = new LinkedHashMap<>();
    private boolean listed;

    void subscribe() {
      View view = new View();
      views.add(view);
      watch.subscribe(view.watcher);
    }

    void cancel(int number) {
      if (!views.isEmpty()) {
        views.remove(number % views.size()).watcher.cancel();
      }
      if (views.isEmpty()) {
        known.clear();
        listed = false;
      }
    }

    void request(int number, int n) {
      if (!views.isEmpty()) {
        View view = views.get(number % views.size());
        view.demand += n;
        view.watcher.request(n);
      }
    }

    void answer(Map<String, String> hosts, boolean cut) {
      if (views.isEmpty()) {
        return;
      }
      awaitPoll();
      String text = hosts.entrySet().stream()
          .map(host -> " " + host.getKey() + "=" + host.getValue())
          .collect(Collectors.joining());
      bench.transport().last().answer(200, "hosts" + text + (cut ? " ..." : ""));
      if (!cut) {
        known.clear();
      }
      hosts.forEach(
          (peerId, name) -> known.put(peerId, Host.builder(peerId).name(name).build()));
      listed = true;
    }

    void fail() {
      if (!views.isEmpty()) {
        awaitPoll();
        bench.transport().last().answer(501, "");
      }
    }

    private void awaitPoll() {
      while (bench.transport().last().isDone()) {
        assertThat(bench.timer().runNext()).isTrue();
      }
    }

    void check() {
      views.forEach(view -> view.check(known, listed));
      long open = bench.transport().exchanges().stream()
          .filter(exchange -> !exchange.isDone())
          .count();
      assertThat(open).isLessThanOrEqualTo(views.isEmpty() ? 0 : 1);
    }
  }

  /** A subscriber, and what it makes of the changes. */
  private static final class View {
    private final Watcher watcher = Watcher.patient();
    private final Map<String, Host> told = new TreeMap<>();
    private int read;
    private long demand;

    void check(Map<String, Host> known, boolean listed) {
      int before = read;
      while (read < watcher.updates().size()) {
        HostsUpdate update = watcher.updates().get(read);
        assertThat(read == 0 || !update.changes().isEmpty()).isTrue();
        update.changes().forEach(this::replay);
        update.page().forEach(host -> assertThat(told).containsEntry(host.peerId(), host));
        read++;
      }
      demand -= read - before;
      assertThat(demand).isNotNegative();
      if (demand > 0 && listed) {
        assertThat(read).isPositive();
        assertThat(told).isEqualTo(known);
      }
    }

    private void replay(HostChange change) {
      String peerId = change.host().peerId();
      Host before = change.kind() == HostChange.Kind.GONE
          ? told.remove(peerId)
          : told.put(peerId, change.host());
      assertThat(change.before().orElse(null)).isEqualTo(before);
      assertThat(change.kind() == HostChange.Kind.APPEARED).isEqualTo(before == null);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 5);
    Arbitrary<Map<String, String>> hosts = Arbitraries.maps(
            Arbitraries.of("a", "b", "c", "d", "e"), Arbitraries.of("1", "2"))
        .ofMaxSize(5);
    Arbitrary<Step> listing = Combinators.combine(hosts, Arbitraries.of(true, false))
        .as((names, cut) ->
            named((cut ? "list part " : "list ") + names, world -> world.answer(names, cut)));
    Arbitrary<Step> asking = Combinators.combine(number, Arbitraries.integers().between(1, 3))
        .as((who, n) -> named("request " + n + " by " + who, world -> world.request(who, n)));
    return Arbitraries.frequencyOf(
            Tuple.of(4, listing),
            Tuple.of(4, asking),
            Tuple.of(2, Arbitraries.just(named("subscribe", World::subscribe))),
            Tuple.of(1, Arbitraries.just(named("fail", World::fail))),
            Tuple.of(1, number.map(who -> named("cancel " + who, world -> world.cancel(who)))))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  private static Step named(String name, Step step) {
    return new Step() {
      @Override
      public void run(World world) {
        step.run(world);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
