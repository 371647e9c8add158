// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.AuthCodeDeniedException;
import io.parsec4j.api.AuthCodeExpiredException;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeAuthCode;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that are given to others, and the servers of a team: they sign nobody in by password. */
class WaysInTest {
  private final ManualTimer timer = ManualTimer.create();
  private final FakeTransport service =
      FakeTransport.builder().clock(timer.clock()).timer(timer).build();
  private final ParsecClient parsec =
      service.clientBuilder().timer(timer).executor(Runnable::run).build();
  private final FakeAccount dude = service.account("dude@example.com", "secret");

  @AfterEach
  void close() {
    parsec.close();
    service.close();
  }

  @Test
  void theUserApprovesTheCode() {
    AuthCode code = parsec.requestAuthCode("bowling");
    CompletableFuture<Session> session = parsec.async().awaitApproval(code);
    timer.advance(code.interval());
    assertThat(session).isNotDone();

    dude.approves(code.userCode());
    timer.advance(code.interval());

    assertThat(parsec.account(session.join()).email()).contains("dude@example.com");
  }

  @Test
  void theUserDeniesTheCode() {
    AuthCode code = parsec.requestAuthCode("bowling");
    CompletableFuture<Session> session = parsec.async().awaitApproval(code);

    dude.denies(code.userCode());
    timer.advance(code.interval());

    assertThatThrownBy(session::join).hasCauseInstanceOf(AuthCodeDeniedException.class);
  }

  @Test
  void theUserIsAway() {
    CompletableFuture<Session> session =
        parsec.async().awaitApproval(parsec.requestAuthCode("bowling"));

    timer.advance(Duration.ofMinutes(31));

    assertThatThrownBy(session::join).hasCauseInstanceOf(AuthCodeExpiredException.class);
  }

  @Test
  void theServiceIsAwayForAWhile() {
    AuthCode code = parsec.requestAuthCode("bowling");
    service.fail(Endpoint.AUTH_SESSION, Fault.status(503).times(3));
    CompletableFuture<Session> session = parsec.async().awaitApproval(code);
    dude.approves(code.userCode());

    timer.advance(code.interval().multipliedBy(4));

    assertThat(session.join().userId()).hasValue(dude.userId());
    service.verify(Endpoint.AUTH_SESSION).times(4);
  }

  @Test
  void theCodeIsFoundAtTheServiceIfTheProgramKeepsIt() {
    CompletableFuture<Session> session = parsec
        .async()
        .requestAuthCode("bowling")
        .thenCompose(code -> parsec.async().awaitApproval(code));

    FakeAuthCode code = service.authCodes().get(0);
    dude.approves(code.userCode());
    timer.advance(Duration.ofSeconds(5));

    assertThat(session).isCompleted();
    assertThat(code.state()).isEqualTo(FakeAuthCode.State.REDEEMED);
  }

  @Test
  void theTeamsServerOpensASessionForAUser() {
    service.enterpriseKeys("key-of-the-team");
    service.externalUser("walter").owns(FakeHost.desktop("LEBOWSKI"));

    Session session = parsec.createEnterpriseSession(ApiKey.of("key-of-the-team"), "walter");

    assertThat(parsec.hosts(session, HostQuery.any()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI");
    assertThat(parsec.account(session).name()).isEqualTo("walter");
  }

  @Test
  void theTeamsKeyIsWithdrawn() {
    service.enterpriseKeys("key-of-the-team");
    Session session = parsec.createEnterpriseSession(ApiKey.of("key-of-the-team"), "walter");

    service.enterpriseKeys("next-key-of-the-team");

    assertThatExceptionOfType(InvalidCredentialsException.class)
        .isThrownBy(() -> parsec.createEnterpriseSession(ApiKey.of("key-of-the-team"), "walter"));
    assertThat(parsec.isValid(session)).isTrue();
  }

  @Test
  void aStoredSessionIsCheckedBeforeItIsUsed() {
    Session stored = dude.openSession();
    assertThat(parsec.isValid(stored)).isTrue();

    service.revoke(stored.id());

    assertThat(parsec.isValid(stored)).isFalse();
  }
}
