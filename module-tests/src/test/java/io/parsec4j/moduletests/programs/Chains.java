// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostQuery;
import io.parsec4j.moduletests.programs.ServiceModel.Decision;
import io.parsec4j.moduletests.programs.ServiceModel.Machine;
import io.parsec4j.moduletests.programs.ServiceModel.Person;
import io.parsec4j.testkit.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Makes random programs of users and of bad luck. */
final class Chains {
  private Chains() {}

  static Arbitrary<ActionChain<World>> in(Supplier<World> worlds) {
    return ActionChain.startWith(worlds)
        .withAction(6, new Choice("sign in", signIns()))
        .withAction(2, new Choice("approve", approvals()))
        .withAction(2, new Choice("open", enterpriseSessions()))
        .withAction(6, new Choice("list", lists()))
        .withAction(2, new Choice("check", checks()))
        .withAction(3, new Choice("pass", times()))
        .withAction(3, new Choice("strike", mishaps()))
        .withAction(2, new Choice("add", machines()))
        .withAction(2, new Choice("change", changes()))
        .withAction(1, new Choice("give up", givingUp()))
        .withAction(1, new Choice("at once", crowds()))
        .withMaxTransformations(25);
  }

  private static Arbitrary<Step> signIns() {
    return Combinators.combine(
            Arbitraries.of(Person.WALTER, Person.DUDE),
            Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false)),
            Arbitraries.of(Code.class),
            Arbitraries.of(true, false))
        .as((person, right, code, async) -> new Step(
            person + (right ? "" : " wrong password") + " code " + code + (async ? " async" : ""),
            side -> side.signIn(person, right, code, async)));
  }

  private static Arbitrary<Step> approvals() {
    // What is left of an answer without a body if it is cut after some bytes is not worth a rule.
    Arbitrary<List<Mishap>> struck = Arbitraries.of(Mishap.class)
        .filter(mishap -> mishap != Mishap.CUT_ANSWER)
        .list()
        .ofMaxSize(3);
    return Combinators.combine(
            Arbitraries.of(Person.WALTER, Person.DUDE),
            Arbitraries.of(Decision.class),
            Arbitraries.integers().between(0, 2),
            struck,
            Arbitraries.of(true, false))
        .as((person, decision, after, mishaps, async) -> new Step(
            person + " " + decision + " after " + after + " " + mishaps + (async ? " async" : ""),
            side -> side.approve(person, decision, after, mishaps, async)));
  }

  private static Arbitrary<Step> enterpriseSessions() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
            Arbitraries.of(true, false))
        .as((right, async) -> new Step(
            "session of an enterprise" + (right ? "" : ", wrong key") + (async ? " async" : ""),
            side -> side.openForEnterprise(right, async)));
  }

  private static Arbitrary<Step> checks() {
    return Combinators.combine(picks(), Arbitraries.of(true, false), Arbitraries.of(true, false))
        .as((pick, whose, async) -> new Step(
            (whose ? "whose is session " : "is valid session ") + pick + (async ? " async" : ""),
            side -> side.check(pick, whose, async)));
  }

  private static Arbitrary<Step> lists() {
    return Combinators.combine(picks(), queries(), Arbitraries.of(true, false))
        .as((pick, query, async) -> new Step(
            "by session " + pick + " " + query + (async ? " async" : ""),
            side -> side.list(pick, query, async)));
  }

  private static Arbitrary<Step> times() {
    Arbitrary<Duration> edges = Arbitraries.of(
        Duration.ofSeconds(29),
        Duration.ofSeconds(30),
        Duration.ofSeconds(31),
        ServiceModel.LIFETIME.minusNanos(1),
        ServiceModel.LIFETIME);
    Arbitrary<Duration> any = Arbitraries.longs().between(0, 2_000).map(Duration::ofSeconds);
    return Arbitraries.oneOf(edges, any)
        .map(span -> new Step(span.toString(), side -> side.pass(span)));
  }

  private static Arbitrary<Step> mishaps() {
    return Combinators.combine(
            Arbitraries.of(
                Endpoint.SIGN_IN, Endpoint.HOSTS, Endpoint.ENTERPRISE_SESSION, Endpoint.ACCOUNT),
            Arbitraries.of(Mishap.class).list().ofMinSize(1).ofMaxSize(4))
        .as((endpoint, mishaps) ->
            new Step(endpoint + " " + mishaps, side -> side.strike(endpoint, mishaps)));
  }

  private static Arbitrary<Step> machines() {
    return Combinators.combine(
            Arbitraries.of(Person.class),
            Arbitraries.of(HostMode.DESKTOP, HostMode.GAME),
            Arbitraries.of(true, false))
        .as((owner, mode, isPublic) -> new Step(
            owner + " " + mode + (isPublic ? " public" : ""),
            side -> side.add(new Machine("host", owner, mode, isPublic))));
  }

  private static Arbitrary<Step> changes() {
    Arbitrary<Step> power = Combinators.combine(picks(), Arbitraries.of(true, false))
        .as((pick, online) -> new Step(
            "host " + pick + (online ? " on" : " off"), side -> side.switchTo(pick, online)));
    Arbitrary<Step> sharing =
        picks().map(pick -> new Step("host " + pick + " shared", side -> side.share(pick)));
    Arbitrary<Step> ending =
        picks().map(pick -> new Step("session " + pick + " revoked", side -> side.revoke(pick)));
    Arbitrary<Step> endingAll = Arbitraries.just(new Step("all sessions revoked", Side::revokeAll));
    return Arbitraries.oneOf(power, sharing, ending, endingAll);
  }

  private static Arbitrary<Step> givingUp() {
    return picks().map(pick -> new Step("by session " + pick, side -> side.giveUp(pick)));
  }

  private static Arbitrary<Step> crowds() {
    return Arbitraries.integers()
        .between(2, 4)
        .map(clients -> new Step(clients + " clients", side -> side.signInAtOnce(clients)));
  }

  private static Arbitrary<Integer> picks() {
    return Arbitraries.integers().between(0, 9);
  }

  private static Arbitrary<HostQuery> queries() {
    return Combinators.combine(
            Arbitraries.of(HostQuery.any(), HostQuery.desktop(), HostQuery.game()),
            Arbitraries.of(0, 1, 2))
        .as((query, which) ->
            which == 0 ? query : which == 1 ? query.publicOnly() : query.privateOnly());
  }

  /** One thing that happens on every side. */
  private static final class Step {
    private final String description;
    private final Consumer<Side> effect;

    Step(String description, Consumer<Side> effect) {
      this.description = description;
      this.effect = effect;
    }
  }

  /** A kind of step whose details are generated. */
  private static final class Choice implements Action.Independent<World> {
    private final String name;
    private final Arbitrary<Step> steps;

    Choice(String name, Arbitrary<Step> steps) {
      this.name = name;
      this.steps = steps;
    }

    @Override
    public Arbitrary<Transformer<World>> transformer() {
      return steps.map(step ->
          Transformer.transform(name + ": " + step.description, world -> world.each(step.effect)));
    }
  }
}
