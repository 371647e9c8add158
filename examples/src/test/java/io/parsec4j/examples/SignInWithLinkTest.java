// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.AuthCodeDeniedException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeAuthCode;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.ManualTimer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sign-in with a link, seconds and half hours of which pass when the test says so. */
class SignInWithLinkTest {
  private final ManualTimer timer = ManualTimer.create();
  private final FakeTransport service =
      FakeTransport.builder().clock(timer.clock()).timer(timer).build();
  private final ParsecClient parsec = service.clientBuilder().timer(timer).build();
  private final FakeAccount dude =
      service.account("dude@example.com", "secret").displayName("The Dude");
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    parsec.close();
    service.close();
  }

  @Test
  void endsWithTheSessionOfTheUserWhoApproves() throws Exception {
    CompletableFuture<Session> session =
        CompletableFuture.supplyAsync(() -> SignInWithLink.signIn(parsec, "my-game"));

    dude.approves(shownCode().userCode());
    timer.advance(ofSeconds(5));

    assertThat(parsec.account(session.get(1, TimeUnit.MINUTES)).name()).isEqualTo("The Dude");
    service.verify(Endpoint.AUTH_SESSION).once();
  }

  @Test
  void saysWhatIsWrongMeanwhileAndShowsANewCodeAfterAnExpiry() throws Exception {
    service.fail(Endpoint.AUTH_SESSION, Fault.status(503));
    CompletableFuture<Session> session = begin();

    String first = shownCode().userCode();
    for (int second = 0; second < 1_800; second += 5) {
      timer.awaitDueWithin(ofSeconds(5), ofMinutes(1));
      timer.advance(ofSeconds(5));
    }
    FakeAuthCode second = shownCode();
    dude.approves(second.userCode());
    timer.advance(ofSeconds(5));

    assertThat(parsec.account(session.get(1, TimeUnit.MINUTES)).name()).isEqualTo("The Dude");
    assertThat(console.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("Open http") && line.endsWith(" and type " + first))
        .anyMatch(line -> line.startsWith("Still waiting: approval failed"))
        .anyMatch(line -> line.endsWith(" and type " + second.userCode()));
  }

  @Test
  void endsIfTheUserDenies() throws Exception {
    CompletableFuture<Session> session = begin();

    dude.denies(shownCode().userCode());
    timer.advance(ofSeconds(5));

    assertThatThrownBy(() -> session.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(AuthCodeDeniedException.class);
  }

  private CompletableFuture<Session> begin() {
    PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync(
        () -> SignInWithLink.signInPatiently(parsec, "my-game", out));
  }

  /** Returns the code that was given out last, once the program waits for its approval. */
  private FakeAuthCode shownCode() throws InterruptedException {
    timer.awaitDueWithin(ofSeconds(5), ofMinutes(1));
    return service.authCodes().get(service.authCodes().size() - 1);
  }
}
