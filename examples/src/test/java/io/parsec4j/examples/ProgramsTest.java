// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Operation;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.IOException;
import java.io.StringReader;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The programs do what the README says of them. */
class ProgramsTest {
  private FakeParsecServer server;
  private FakeAccount dude;
  private ParsecClient parsec;
  private Credentials credentials;

  @BeforeEach
  void startServer() {
    server = FakeParsecServer.start();
    dude = server
        .account("dude@example.com", "secret")
        .owns(
            FakeHost.desktop("LEBOWSKI"),
            FakeHost.game("Bowling"),
            FakeHost.game("League night").isPublic(true));
    parsec = server.client();
    credentials = Credentials.of("dude@example.com", "secret".toCharArray());
  }

  @AfterEach
  void stopServer() {
    credentials.close();
    parsec.close();
    server.close();
  }

  @Test
  void asksForTheCodeInAConversation() {
    dude = dude.withTotp("JBSWY3DPEHPK3PXP");
    List<String> questions = new ArrayList<>();
    TwoFactor twoFactor = new TwoFactor(parsec, question -> {
      questions.add(question);
      return dude.currentTotpCode();
    });

    Session session = twoFactor.asConversation(credentials);

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(3);
    assertThat(questions).containsExactly("Code (totp): ");
  }

  @Test
  void asksForTheCodeAfterTheOutcome() {
    dude = dude.withTotp("JBSWY3DPEHPK3PXP");

    Session session =
        new TwoFactor(parsec, question -> dude.currentTotpCode()).asOutcome(credentials);

    assertThat(parsec.hosts(session, HostQuery.any())).hasSize(3);
  }

  @Test
  void listsAsynchronouslyWithOptionsAndFromStorage() {
    Session session = parsec.signIn(credentials);

    assertThat(Calls.publicGames(parsec, session).join()).containsExactly("League night");
    assertThat(Calls.privateGamesWithinTwoSeconds(parsec, session))
        .extracting(Host::name)
        .containsExactly("Bowling");
    assertThat(Calls.desktopsOfStoredSession(parsec, session.id().reveal()))
        .extracting(Host::name)
        .containsExactly("LEBOWSKI");
  }

  @Test
  void asksAgainOnlyIfTheStoredSessionIsRefused() {
    Session stored = parsec.signIn(credentials);
    String token = stored.id().reveal();

    assertThat(
            Calls.restoredOrNew(parsec, token, () -> parsec.signIn(credentials)).id())
        .isEqualTo(stored.id());
    server.revoke(stored.id());
    assertThat(
            Calls.restoredOrNew(parsec, token, () -> parsec.signIn(credentials)).id())
        .isNotEqualTo(stored.id());
    server.verify(Endpoint.SIGN_IN).times(2);
  }

  @Test
  void opensASessionForATeamsUser() throws IOException {
    server.enterpriseKeys("the-key-of-the-team");

    Session session =
        EnterpriseSignIn.signIn(parsec, new StringReader("the-key-of-the-team\n"), "walter");

    assertThat(parsec.account(session).name()).isEqualTo("walter");
    assertThat(session.clientPeerId()).isPresent();
  }

  @Test
  void listsOverATransportThatIsHandedIn() {
    Session session = parsec.signIn(credentials);

    assertThat(Calls.hostsOverApache(server.baseUri(), session)).hasSize(3);
  }

  @Test
  void tellsTheListenerOfAConfiguredClient() throws Exception {
    Metrics metrics = new Metrics();
    try (JdkTransport transport =
            Configured.transport(ProxySelector.of(null), SSLContext.getDefault());
        ParsecClient configured = Configured.client(server.baseUri(), transport, metrics)) {
      Session session = configured.signIn(credentials);
      assertThat(configured.hosts(session, HostQuery.desktop())).hasSize(1);
    }

    assertThat(metrics.calls(Operation.SIGN_IN)).isEqualTo(1);
    assertThat(metrics.requests(Operation.HOSTS)).isEqualTo(1);
  }
}
