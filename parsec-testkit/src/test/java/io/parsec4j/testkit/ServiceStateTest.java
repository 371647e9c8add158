// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ServiceStateTest {
  private static final String SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_700_000_000));

  private ServiceState parsec(FakeParsecServer.Builder builder) {
    return new ServiceState(builder.clock(clock).seed(1).settings());
  }

  @RepeatedTest(20)
  void letsOneOfManySignInsWithOneCodeWin() throws Exception {
    int contenders = 8;
    ServiceState parsec = parsec(FakeParsecServer.builder());
    String code = parsec.account("e", "p").withTotp(SEED).currentTotpCode();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(contenders);
    List<Future<Boolean>> wins = new ArrayList<>();
    for (int i = 0; i < contenders; i++) {
      wins.add(threads.submit(() -> {
        go.await();
        return parsec.signIn("e", "p", code).session() != null;
      }));
    }

    go.countDown();

    int won = 0;
    for (Future<Boolean> win : wins) {
      won += win.get(20, TimeUnit.SECONDS) ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  // The race above is too narrow to be lost each time that the lock is missing, so this looks at
  // the lock.
  @Test
  void holdsItsLockWhileItDecides() {
    AtomicReference<ServiceState> parsec = new AtomicReference<>();
    List<Boolean> held = new ArrayList<>();
    Clock observer = new Clock() {
      @Override
      public Instant instant() {
        held.add(Thread.holdsLock(parsec.get()));
        return Instant.EPOCH;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
    parsec.set(new ServiceState(FakeParsecServer.builder()
        .clock(observer)
        .sessionLifetime(Duration.ofDays(1))
        .settings()));

    FakeAccount account = parsec.get().account("e", "p").withTotp(SEED);
    Session session = parsec.get().signIn("e", "p", account.currentTotpCode()).session();
    assertThat(session).isNotNull();
    assertThat(parsec.get().hosts(session.id().reveal(), HostQuery::any)).isNotNull();

    FakeAuthCode code = parsec.get().newAuthCode("g");
    account.approves(code.userCode());
    assertThat(parsec.get().poll(code.hash()).session()).isNotNull();
    assertThat(parsec.get().account(session.id().reveal())).isNotNull();
    assertThat(code.state()).isEqualTo(FakeAuthCode.State.REDEEMED);

    assertThat(held).hasSizeGreaterThan(8).doesNotContain(false);
  }

  @Test
  void survivesChangesFromManyThreads() throws Exception {
    ServiceState parsec = parsec(FakeParsecServer.builder());
    FakeAccount account = parsec.account("e", "p");
    String token = account.openSession().id().reveal();
    FakeHost steady = FakeHost.desktop("steady");
    account.owns(steady);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(threads.submit(() -> {
        int odd = 0;
        for (int n = 0; n < 500; n++) {
          FakeHost host = FakeHost.game("brief");
          account.owns(host.players(n));
          steady.players(n).name("steady");
          odd += parsec.hosts(token, HostQuery::desktop).hosts().size() == 1 ? 0 : 1;
          account.ownsNoMore(host);
        }
        return odd;
      }));
    }

    for (Future<Integer> result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isZero();
    }
    assertThat(parsec.hosts(token, HostQuery::any).hosts()).hasSize(1);
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void forgetsTheOldestOfMoreThanAHundredThousandSessions() {
    ServiceState parsec = parsec(FakeParsecServer.builder());
    FakeAccount account = parsec.account("e", "p");
    Session first = account.openSession();
    Session second = account.openSession();

    for (int i = 0; i < 99_999; i++) {
      assertThat(account.openSession()).isNotNull();
    }

    assertThat(parsec.hosts(first.id().reveal(), HostQuery::any)).isNull();
    assertThat(parsec.hosts(second.id().reveal(), HostQuery::any)).isNotNull();
  }

  @Test
  void takesCodesOfTheStepsAroundTheEpoch() {
    ManualClock epoch = new ManualClock(Instant.EPOCH);
    ServiceState parsec = new ServiceState(
        FakeParsecServer.builder().clock(epoch).totpSkewSteps(2).settings());
    FakeAccount account = parsec.account("e", "p").withTotp(SEED);

    assertThat(parsec.signIn("e", "p", account.currentTotpCode()).session()).isNotNull();
  }

  @Test
  void keepsSessionsForEverIfNothingElseIsSaid() {
    ServiceState parsec = parsec(FakeParsecServer.builder());
    String token = parsec.account("e", "p").openSession().id().reveal();

    clock.advance(Duration.ofDays(365_000));

    assertThat(parsec.hosts(token, HostQuery::any)).isNotNull();
  }

  @Test
  void doesNotLookAtTheQueryOfASessionThatIsNotValid() {
    assertThat(parsec(FakeParsecServer.builder()).hosts("abc", () -> {
          throw new AssertionError("asked for");
        }))
        .isNull();
  }
}
