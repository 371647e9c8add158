// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** What holds of the fake service whatever it is told and asked; the model is written down here a second time. */
class ServiceStateProperties {
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
  static final int ACCOUNTS = 3;
  private static final byte[] SEED = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  private final ManualClock clock = new ManualClock(START);

  @BeforeTry
  void startTheClock() {
    clock.set(START);
  }

  private ServiceState parsec(FakeParsecServer.Builder builder) {
    return new ServiceState(builder.clock(clock).seed(1).settings());
  }

  private ServiceState parsec() {
    return parsec(FakeParsecServer.builder());
  }

  /** A host as the model has it. */
  static final class Spec {
    final int owner;
    final HostMode mode;
    final boolean isPublic;
    final boolean online;
    final Set<Integer> sharedWith;

    Spec(int owner, HostMode mode, boolean isPublic, boolean online, Set<Integer> sharedWith) {
      this.owner = owner;
      this.mode = mode;
      this.isPublic = isPublic;
      this.online = online;
      this.sharedWith = sharedWith;
    }

    boolean isSeenBy(int account) {
      return online && (isPublic || owner == account || sharedWith.contains(account));
    }

    boolean matches(HostQuery query) {
      return (query.mode().isEmpty() || query.mode().get().equals(mode))
          && (query.isPublic().isEmpty() || query.isPublic().get() == isPublic);
    }

    @Override
    public String toString() {
      return owner + " " + mode + (isPublic ? " public" : "") + (online ? "" : " offline") + " "
          + sharedWith;
    }
  }

  @Provide
  Arbitrary<Spec> specs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, ACCOUNTS - 1),
            Arbitraries.of(HostMode.DESKTOP, HostMode.GAME, HostMode.of("squid")),
            Arbitraries.of(true, false),
            Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
            Arbitraries.integers().between(0, ACCOUNTS - 1).set().ofMaxSize(2))
        .as(Spec::new);
  }

  @Provide
  Arbitrary<HostQuery> queries() {
    return Arbitraries.of(HostQuery.any(), HostQuery.desktop(), HostQuery.game())
        .flatMap(query -> Arbitraries.of(query, query.publicOnly(), query.privateOnly()));
  }

  /** A service that knows some hosts, named by their place. */
  private static final class World {
    final ServiceState parsec;
    final List<FakeAccount> accounts = new ArrayList<>();
    final List<FakeHost> hosts = new ArrayList<>();
    final List<Spec> specs;

    World(ServiceState parsec, List<Spec> specs) {
      this.parsec = parsec;
      this.specs = specs;
      for (int i = 0; i < ACCOUNTS; i++) {
        accounts.add(parsec.account("e" + i, "p" + i));
      }
      specs.forEach(this::add);
    }

    void add(Spec spec) {
      FakeHost host = FakeHost.of(spec.mode, Integer.toString(hosts.size()))
          .isPublic(spec.isPublic)
          .online(spec.online);
      accounts.get(spec.owner).owns(host);
      spec.sharedWith.forEach(account -> accounts.get(account).sees(host));
      hosts.add(host);
    }

    HostPage list(int account, HostQuery query) {
      String token = accounts.get(account).openSession().id().reveal();
      return Objects.requireNonNull(parsec.hosts(token, () -> query));
    }

    List<Integer> listed(int account, HostQuery query) {
      return list(account, query).hosts().stream()
          .map(host -> Integer.valueOf(host.name()))
          .collect(Collectors.toList());
    }

    List<Integer> expected(int account, HostQuery query) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < specs.size(); i++) {
        if (specs.get(i).isSeenBy(account) && specs.get(i).matches(query)) {
          places.add(i);
        }
      }
      return places;
    }
  }

  @Property
  void listsWhatTheModelSaysInOrder(
      @ForAll @Size(max = 12) List<@From("specs") Spec> specs,
      @ForAll("queries") HostQuery query,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer) {
    World world = new World(parsec(), specs);

    assertThat(world.listed(viewer, query)).isEqualTo(world.expected(viewer, query));
    assertThat(world.list(viewer, query).hasMore()).isFalse();
  }

  @Property
  void partitionsWhatIsVisible(
      @ForAll @Size(max = 12) List<@From("specs") Spec> specs,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer) {
    World world = new World(parsec(), specs);

    List<Integer> desktops = world.listed(viewer, HostQuery.desktop());
    List<Integer> games = world.listed(viewer, HostQuery.game());
    List<Integer> both =
        new ArrayList<>(world.listed(viewer, HostQuery.desktop().publicOnly()));
    both.addAll(world.listed(viewer, HostQuery.desktop().privateOnly()));
    assertThat(desktops).doesNotContainAnyElementsOf(games.isEmpty() ? List.of(-1) : games);
    assertThat(both).containsExactlyInAnyOrderElementsOf(desktops);
  }

  @Property
  void cutsTheListAtTheCapAndSaysSoOnlyIfSomethingIsMissing(
      @ForAll @Size(max = 12) List<@From("specs") Spec> specs,
      @ForAll("queries") HostQuery query,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer,
      @ForAll @IntRange(max = 8) int cap) {
    World world = new World(parsec(FakeParsecServer.builder().hostCap(cap)), specs);
    List<Integer> expected = world.expected(viewer, query);

    assertThat(world.listed(viewer, query))
        .isEqualTo(expected.subList(0, Math.min(cap, expected.size())));
    assertThat(world.list(viewer, query).hasMore()).isEqualTo(expected.size() > cap);
  }

  @Property
  void doesNotShowThatAnInvisibleHostWasAdded(
      @ForAll @Size(max = 8) List<@From("specs") Spec> specs,
      @ForAll("specs") Spec added,
      @ForAll("queries") HostQuery query,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer) {
    World world = new World(parsec(), specs);
    HostPage before = world.list(viewer, query);

    world.add(added);

    if (!added.isSeenBy(viewer)) {
      assertThat(world.list(viewer, query)).isEqualTo(before);
    } else if (added.matches(query)) {
      assertThat(world.list(viewer, query).hosts()).hasSize(before.hosts().size() + 1);
    }
  }

  @Property
  void listsARemovedHostAgainOnceItIsBack(
      @ForAll @Size(min = 1, max = 8) List<@From("specs") Spec> specs,
      @ForAll @IntRange(max = 7) int pick,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer) {
    World world = new World(parsec(), specs);
    int place = pick % specs.size();
    FakeAccount owner = world.accounts.get(specs.get(place).owner);
    HostPage before = world.list(viewer, HostQuery.any());

    owner.ownsNoMore(world.hosts.get(place));
    assertThat(world.listed(viewer, HostQuery.any())).doesNotContain(place);
    owner.owns(world.hosts.get(place));

    assertThat(world.list(viewer, HostQuery.any()).hosts())
        .containsExactlyInAnyOrderElementsOf(before.hosts());
  }

  @Property
  void answersReadsAlikeInAnyOrder(
      @ForAll @Size(max = 8) List<@From("specs") Spec> specs,
      @ForAll @Size(min = 1, max = 6) List<@From("queries") HostQuery> queries,
      @ForAll Random random) {
    World world = new World(parsec(), specs);
    String token = world.accounts.get(0).openSession().id().reveal();
    List<HostQuery> shuffled = new ArrayList<>(queries);
    Collections.shuffle(shuffled, random);

    List<HostPage> first = pages(world, token, queries);
    List<HostPage> second = pages(world, token, shuffled);
    List<HostPage> third = pages(world, token, queries);

    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    assertThat(third).isEqualTo(first);
  }

  private static List<HostPage> pages(World world, String token, List<HostQuery> queries) {
    return queries.stream()
        .map(query -> Objects.requireNonNull(world.parsec.hosts(token, () -> query)))
        .collect(Collectors.toList());
  }

  @Property
  void marksNoHostOfOthersAsTheCallersOwn(
      @ForAll @Size(max = 8) List<@From("specs") Spec> specs,
      @ForAll @IntRange(max = ACCOUNTS - 1) int viewer) {
    World world = new World(parsec(), specs);
    world.hosts.forEach(host -> host.isSelf(true));

    for (Host host : world.list(viewer, HostQuery.any())) {
      assertThat(host.isSelf()).isEqualTo(specs.get(Integer.parseInt(host.name())).owner == viewer);
    }
  }

  @Property
  void signsInWithTheRightPasswordAlone(@ForAll String password, @ForAll String attempt) {
    ServiceState parsec = parsec();
    ServiceState twin = parsec();
    parsec.account("e", password);
    twin.account("e", password);

    SignInOutcome outcome = parsec.signIn("e", attempt, "");

    assertThat(outcome.session() != null).isEqualTo(attempt.equals(password));
    if (outcome.session() == null) {
      // Nothing changed: what comes next is what comes next on a service that was never asked.
      assertThat(parsec.signIn("e", password, "").session())
          .isEqualTo(twin.signIn("e", password, "").session());
    } else {
      assertThat(parsec.hosts(outcome.session().id().reveal(), HostQuery::any)).isNotNull();
    }
  }

  @Property
  void asksForACodeWithoutOpeningASession(@ForAll @IntRange(max = 5) int times) {
    ServiceState parsec = parsec();
    ServiceState twin = parsec();
    FakeAccount account = parsec.account("e", "p").withTotp(SEED);
    twin.account("e", "p").withTotp(SEED);

    for (int i = 0; i < times; i++) {
      SignInOutcome outcome = parsec.signIn("e", "p", "");
      assertThat(outcome.session()).isNull();
      assertThat(outcome.codeRequired()).isTrue();
    }

    String code = account.currentTotpCode();
    assertThat(parsec.signIn("e", "p", code).session())
        .isEqualTo(twin.signIn("e", "p", code).session())
        .isNotNull();
  }

  @Property
  void takesACodeIfItsStepIsWithinTheSkew(
      @ForAll @IntRange(min = -4, max = 4) int offset,
      @ForAll @IntRange(max = 3) int skew,
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll @Size(min = 1, max = 40) byte[] seed) {
    clock.set(Instant.ofEpochSecond(second));
    ServiceState parsec = parsec(FakeParsecServer.builder().totpSkewSteps(skew));
    parsec.account("e", "p").withTotp(seed);
    long step = second / 30;
    String code = Totp.of(seed).codeAt(Instant.ofEpochSecond(Math.max(0, step + offset) * 30));

    boolean taken = parsec.signIn("e", "p", code).session() != null;

    // Two steps may share a code by chance, so the model asks for the code and not for the offset.
    boolean expected = LongStream.rangeClosed(Math.max(0, step - skew), step + skew)
        .anyMatch(near -> Totp.of(seed).codeAt(Instant.ofEpochSecond(near * 30)).equals(code));
    assertThat(taken).isEqualTo(expected);
  }

  @Example
  void takesCodesOfTheStepBeforeThisAndNextAndNoOther() {
    for (int offset = -3; offset <= 3; offset++) {
      ServiceState parsec = parsec();
      parsec.account("e", "p").withTotp(SEED);
      String code = Totp.of(SEED).codeAt(START.plusSeconds(offset * 30L));

      assertThat(parsec.signIn("e", "p", code).session() != null)
          .as("offset " + offset)
          .isEqualTo(Math.abs(offset) <= 1);
    }
  }

  @Property
  void takesNoCodeTwiceAndLosesNoneToAWrongOne(
      @ForAll @Size(max = 6) List<@IntRange(min = -1, max = 1) Integer> offsets,
      @ForAll @Size(max = 3) List<String> wrong) {
    ServiceState parsec = parsec();
    parsec.account("e", "p").withTotp(SEED);
    List<Integer> used = new ArrayList<>();

    for (int offset : offsets) {
      for (String code : wrong) {
        assertThat(parsec.signIn("e", "p", "x" + code).session()).isNull();
      }
      String code = Totp.of(SEED).codeAt(START.plusSeconds(offset * 30L));
      assertThat(parsec.signIn("e", "p", code).session() != null).isEqualTo(!used.contains(offset));
      used.add(offset);
    }
  }

  @Property
  void keepsASessionUntilTheMomentOfItsExpiry(
      @ForAll @LongRange(min = 1, max = 10_000) long lifetimeMillis,
      @ForAll @LongRange(min = 0, max = 20_000) long age) {
    ServiceState parsec =
        parsec(FakeParsecServer.builder().sessionLifetime(Duration.ofMillis(lifetimeMillis)));
    String token = parsec.account("e", "p").openSession().id().reveal();

    clock.advance(Duration.ofMillis(age));
    assertThat(parsec.hosts(token, HostQuery::any) != null).isEqualTo(age < lifetimeMillis);

    clock.set(START.plusMillis(lifetimeMillis));
    assertThat(parsec.hosts(token, HostQuery::any)).isNull();
    clock.set(START.plusMillis(lifetimeMillis).minusNanos(1));
    assertThat(parsec.hosts(token, HostQuery::any)).isNotNull();
  }

  @Property
  void doesNotCareInHowManyStepsTimePasses(
      @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 0, max = 60_000) Long> steps,
      @ForAll @LongRange(min = 1, max = 200_000) long lifetimeMillis) {
    ManualClock once = new ManualClock(START);
    FakeParsecServer.Builder builder = FakeParsecServer.builder()
        .sessionLifetime(Duration.ofMillis(lifetimeMillis))
        .seed(1);
    ServiceState slow = new ServiceState(builder.clock(clock).settings());
    ServiceState fast = new ServiceState(builder.clock(once).settings());
    String code = slow.account("e", "p").withTotp(SEED).currentTotpCode();
    String token = slow.account("e", "p").openSession().id().reveal();
    assertThat(fast.account("e", "p").withTotp(SEED).openSession().id().reveal())
        .isEqualTo(token);

    for (long step : steps) {
      clock.advance(Duration.ofMillis(step));
      assertThat(slow.signIn("e", "p", "").codeRequired()).isTrue();
      HostPage ignored = slow.hosts(token, HostQuery::any);
      assertThat(ignored == null || ignored.hosts().isEmpty()).isTrue();
    }
    once.advance(Duration.ofMillis(steps.stream().mapToLong(Long::longValue).sum()));

    assertThat(slow.hosts(token, HostQuery::any)).isEqualTo(fast.hosts(token, HostQuery::any));
    assertThat(slow.signIn("e", "p", code).session())
        .isEqualTo(fast.signIn("e", "p", code).session());
  }

  @Property
  void revokesOneSessionAndNoOther(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(max = ACCOUNTS - 1) Integer> owners,
      @ForAll @IntRange(max = 7) int pick) {
    World world = new World(parsec(), List.of());
    List<Session> sessions = owners.stream()
        .map(owner -> world.accounts.get(owner).openSession())
        .collect(Collectors.toList());
    Session revoked = sessions.get(pick % sessions.size());

    world.parsec.revoke(revoked.id());

    for (Session session : sessions) {
      assertThat(world.parsec.hosts(session.id().reveal(), HostQuery::any) == null)
          .isEqualTo(session.equals(revoked));
    }
  }

  /** What the model knows of codes by e-mail: those that were made, and when the last one was. */
  private static final class Mailbox {
    private final List<String> codes = new ArrayList<>();
    private Instant lastAt = Instant.MIN;
    private boolean lastIsUsed;

    /** Whether it is the last one, also if chance had an older one made of the same digits. */
    boolean takes(String code, Instant now) {
      return code.equals(codes.get(0)) && isGood(now);
    }

    boolean isGood(Instant now) {
      return !codes.isEmpty() && !lastIsUsed && now.isBefore(lastAt.plusSeconds(600));
    }
  }

  @Property
  void takesTheLastCodeByEmailOnceWithinTenMinutesWhateverHappensBetween(
      @ForAll @Size(max = 20) List<@IntRange(max = 7) Integer> steps) {
    ServiceState parsec = parsec();
    FakeAccount account = parsec.account("e", "p").withEmailCodes();
    Mailbox model = new Mailbox();

    for (int step : steps) {
      if (step <= 1) {
        assertThat(parsec.signIn("e", "p", "").codeRequired()).isTrue();
        model.codes.add(0, account.emailedCode().orElseThrow());
        model.lastAt = clock.instant();
        model.lastIsUsed = false;
      } else if (step == 2) {
        clock.advance(Duration.ofSeconds(200));
      } else if (step == 3) {
        assertThat(parsec.signIn("e", "p", "wrong").session()).isNull();
      } else if (step == 4) {
        assertThat(parsec.signIn("e", "wrong", "").codeRequired()).isFalse();
      } else if (step - 5 < model.codes.size()) {
        String code = model.codes.get(step - 5);
        boolean expected = model.takes(code, clock.instant());
        assertThat(parsec.signIn("e", "p", code).session() != null).isEqualTo(expected);
        model.lastIsUsed |= expected;
      }
      assertThat(account.emailedCode().isPresent()).isEqualTo(model.isGood(clock.instant()));
    }
  }

  /** What the model knows of an auth code. */
  private static final class Slip {
    private final FakeAuthCode code;
    private final Instant end;
    private boolean isDecided;
    private int approvedBy = -1;
    private boolean isUsed;
    private Instant nextPoll = Instant.MIN;

    Slip(FakeAuthCode code, Instant end) {
      this.code = code;
      this.end = end;
    }

    boolean isPending(Instant now) {
      return !isDecided && now.isBefore(end);
    }

    boolean isDead(Instant now) {
      return isUsed || (isDecided && approvedBy < 0) || !now.isBefore(end);
    }
  }

  @Provide
  Arbitrary<List<Tuple3<Integer, Integer, Integer>>> stepsOfCodes() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 2);
    return Combinators.combine(Arbitraries.integers().between(0, 8), places, places)
        .as(Tuple::of)
        .list()
        .ofMaxSize(30);
  }

  @Property
  void givesOneSessionForAnApprovedCodePolledInTimeWhateverHappensBetween(
      @ForAll("stepsOfCodes") List<Tuple3<Integer, Integer, Integer>> steps,
      @ForAll boolean refusesEarlyPolls) {
    ServiceState parsec = parsec(FakeParsecServer.builder()
        .authCodeLifetime(Duration.ofSeconds(20))
        .authCodeInterval(Duration.ofSeconds(3))
        .refusesEarlyPolls(refusesEarlyPolls));
    World world = new World(parsec, List.of());
    List<Slip> slips = new ArrayList<>();

    for (Tuple3<Integer, Integer, Integer> step : steps) {
      Instant now = clock.instant();
      if (step.get1() == 0) {
        slips.add(new Slip(parsec.newAuthCode("g"), now.plusSeconds(20)));
      } else if (step.get1() == 1) {
        clock.advance(Duration.ofMillis(1_700));
      } else if (step.get2() < slips.size()) {
        Slip slip = slips.get(step.get2());
        FakeAccount account = world.accounts.get(step.get3());
        if (step.get1() > 4) {
          assertPoll(parsec.poll(slip.code.hash()), slip, now, refusesEarlyPolls, world);
        } else if (slip.isPending(now)) {
          boolean approves = step.get1() < 4;
          slip.isDecided = true;
          slip.approvedBy = approves ? step.get3() : -1;
          assertThat(
                  approves
                      ? account.approves(slip.code.userCode())
                      : account.denies(slip.code.userCode()))
              .isSameAs(account);
        } else {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> account.approves(slip.code.userCode()));
        }
      }
      assertThat(parsec.authCodes())
          .isEqualTo(slips.stream().map(s -> s.code).collect(Collectors.toList()));
    }
  }

  private static void assertPoll(
      PollOutcome outcome, Slip slip, Instant now, boolean refusesEarlyPolls, World world) {
    if (slip.isDead(now)) {
      assertThat(outcome).isSameAs(PollOutcome.REFUSED);
      return;
    }
    boolean early = now.isBefore(slip.nextPoll);
    if (early && refusesEarlyPolls) {
      assertThat(outcome.early()).isEqualTo(Duration.between(now, slip.nextPoll));
      assertThat(outcome.session()).isNull();
      return;
    }
    slip.nextPoll = early ? slip.nextPoll : now.plusSeconds(3);
    if (slip.approvedBy < 0) {
      assertThat(outcome).isSameAs(PollOutcome.PENDING);
    } else {
      slip.isUsed = true;
      assertThat(Objects.requireNonNull(outcome.session()).userId())
          .hasValue(world.accounts.get(slip.approvedBy).userId());
    }
  }
}
