// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.RequestPattern;
import io.parsec4j.testkit.junit.FakeParsecServerExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong, with a server that is set up beyond what the annotation has. */
class LauncherFaultTest {
  @RegisterExtension
  static final FakeParsecServerExtension PARSEC = FakeParsecServerExtension.of(
      FakeParsecServer.builder().dialect(Dialect.LIVE).hostCap(2));

  @BeforeEach
  void accounts(FakeParsecServer server) {
    FakeAccount dude = server.account("dude@example.com", "secret");
    dude.owns(FakeHost.desktop("LEBOWSKI"), FakeHost.desktop("BUNNY"), FakeHost.desktop("DONNY"));
  }

  @Test
  void showsWhatTheServiceListed(ParsecClient parsec) {
    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .containsExactly("LEBOWSKI", "BUNNY");
  }

  @Test
  void asksAgainWhenTheServiceIsBusy(FakeParsecServer server, ParsecClient parsec) {
    RequestPattern desktops = RequestPattern.to(Endpoint.HOSTS).withParameter("mode", "desktop");
    server.fail(desktops, Fault.status(503));

    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .hasSize(2);

    server.verify(desktops).times(2);
  }

  @Test
  void sendsThePasswordOnce(FakeParsecServer server, ParsecClient parsec) {
    assertThatExceptionOfType(InvalidCredentialsException.class)
        .isThrownBy(() -> new Launcher(parsec).desktops("dude@example.com", "wrong", () -> "none"));

    server.verify(RequestPattern.to(Endpoint.SIGN_IN).withoutBodyField("tfa")).once();
    server.verify(Endpoint.HOSTS).never();
  }

  @Test
  void namesTheLibraryInEveryRequest(FakeParsecServer server, ParsecClient parsec) {
    RequestPattern byParsec4j = RequestPattern.any()
        .matching(
            "by parsec4j",
            request -> request
                .headers()
                .first("User-Agent")
                .filter(agent -> agent.startsWith("parsec4j"))
                .isPresent());

    assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
        .hasSize(2);

    server.verify(byParsec4j).times(2);
  }

  @Nested
  class Waiting {
    @Test
    void asksForDesktopsAlone(FakeParsecServer server, URI baseUri) throws InterruptedException {
      try (ParsecClient parsec = ParsecClient.builder().baseUri(baseUri).build()) {
        CompletableFuture<List<String>> running = CompletableFuture.supplyAsync(
            () -> new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"));

        server.await(Endpoint.HOSTS, Duration.ofSeconds(30));
        assertThat(running.join()).hasSize(2);
      }

      server
          .verify(RequestPattern.to(Endpoint.HOSTS).withParameter("mode", "desktop"))
          .once();
    }
  }
}
