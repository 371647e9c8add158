// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Credentials;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import java.net.URI;

/** A fake service with an account that uses two-factor codes, its desktop, a game, and somebody else's public game. */
final class Scene implements AutoCloseable {
  private static final String EMAIL = "dude@example.com";
  private static final String PASSWORD = "the-rug-really-tied-the-room-together";

  private final FakeParsecServer server;
  private final FakeAccount dude;

  private Scene(FakeParsecServer server, FakeAccount dude) {
    this.server = server;
    this.dude = dude;
  }

  static Scene begin() {
    FakeParsecServer server = FakeParsecServer.start();
    FakeAccount dude = server
        .account(EMAIL, PASSWORD)
        .displayName("The Dude")
        .withTotp("JBSWY3DPEHPK3PXP")
        .owns(
            FakeHost.desktop("LEBOWSKI").build("150-32").maxPlayers(20),
            FakeHost.game("Bowling").build("150-32").players(1).maxPlayers(4));
    server
        .account("walter@example.com", "over-the-line")
        .displayName("Walter")
        .owns(FakeHost.game("League night")
            .isPublic(true)
            .build("150-93b")
            .players(3)
            .maxPlayers(8));
    return new Scene(server, dude);
  }

  URI address() {
    return server.baseUri();
  }

  Credentials credentials() {
    return Credentials.of(EMAIL, PASSWORD.toCharArray());
  }

  String currentCode() {
    return dude.currentTotpCode();
  }

  @Override
  public void close() {
    server.close();
  }
}
