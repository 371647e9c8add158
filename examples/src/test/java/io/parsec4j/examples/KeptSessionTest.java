// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.FileSessionStore;
import io.parsec4j.api.KeySource;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionStore;
import io.parsec4j.api.SessionStoreException;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsecServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is started again and again, with what it kept from the last time. */
class KeptSessionTest {
  private static final String EMAIL = "dude@example.com";
  private static final KeySource KEY = KeySource.raw(new byte[32]);

  @TempDir
  private Path folder;

  private Path file;
  private FakeParsecServer server;
  private ParsecClient parsec;

  @BeforeEach
  void startServer() {
    file = folder.resolve("parsec").resolve("session");
    server = FakeParsecServer.start();
    server.account(EMAIL, "secret");
    parsec = server.client();
  }

  @AfterEach
  void stopServer() {
    parsec.close();
    server.close();
  }

  @Test
  void signsInOnce() {
    Session first = program(KEY).signedIn();

    assertThat(program(KEY).signedIn()).isEqualTo(first);
    server.verify(Endpoint.SIGN_IN).once();
  }

  @Test
  void signsInAgainWhenTheSessionHasEnded() {
    Session first = program(KEY).signedIn();
    server.expireSessions();

    Session second = program(KEY).signedIn();

    assertThat(second).isNotEqualTo(first);
    assertThat(program(KEY).signedIn()).isEqualTo(second);
    server.verify(Endpoint.SIGN_IN).times(2);
  }

  @Test
  void signsInAgainWhenTheFileCannotBeOpened() throws IOException {
    Session first = program(KEY).signedIn();
    Files.write(file, new byte[] {1, 2, 3});

    Session second = program(KEY).signedIn();

    assertThat(second).isNotEqualTo(first);
    assertThat(program(KEY).signedIn()).isEqualTo(second);
    assertThat(folder.resolve("parsec/session.corrupt-1")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void failsWhenTheStoreCannotBeUsed() throws IOException {
    Files.createFile(folder.resolve("parsec"));

    assertThatThrownBy(() -> program(KEY).signedIn()).isInstanceOf(SessionStoreException.class);

    server.verify(Endpoint.SIGN_IN).never();
  }

  @Test
  void keepsSessionsOfTheRealServiceApart() {
    Session session = program(KEY).signedIn();
    SessionStore real = KeptSession.storeIn(file, EMAIL, KEY);

    assertThatThrownBy(real::load)
        .isInstanceOf(SessionStoreException.class)
        .hasMessageContaining("another address");
    assertThat(program(KEY).signedIn()).isEqualTo(session);
  }

  @Test
  void takesTheKeyFromACommand() throws IOException {
    KeySource keyring = keyring(Base64.getEncoder().encodeToString(new byte[32]) + "\n");

    Session session = program(keyring).signedIn();

    assertThat(program(KEY).signedIn()).isEqualTo(session);
    assertThat(program(keyring).signedIn()).isEqualTo(session);
  }

  @Test
  void saysWhyACommandGaveNoKey() throws IOException {
    KeySource words = keyring("C4NARY?");
    KeySource nothing = keyring("");
    KeySource missing = new CommandKey(folder.resolve("no-such-command").toString());
    Files.delete(folder.resolve("Keyring.java"));

    isUnavailable(words, "failed with status 1");
    isUnavailable(nothing, "failed with status 1");
    isUnavailable(missing, "cannot be run");
    isUnavailable(keyring("C4NARY?"), "printed something that is not Base64");
    isUnavailable(keyring(""), "must give 32 bytes, gave 0");
    server.verify(Endpoint.SIGN_IN).times(5);
    assertThat(file).doesNotExist();
  }

  private void isUnavailable(KeySource key, String reason) {
    assertThatThrownBy(() -> program(key).signedIn())
        .isInstanceOfSatisfying(
            SessionStoreException.class,
            e -> assertThat(e.kind()).isSameAs(SessionStoreException.Kind.UNAVAILABLE))
        .hasMessageContaining(reason)
        .hasMessageNotContaining("C4NARY");
  }

  private KeptSession program(KeySource key) {
    SessionStore store = FileSessionStore.builder(file)
        .baseUri(server.baseUri())
        .account(EMAIL)
        .key(key)
        .build();
    return new KeptSession(parsec, store, () -> Credentials.of(EMAIL, "secret".toCharArray()));
  }

  /** A command that prints a file, in the place of one that asks a keyring. */
  private KeySource keyring(String output) throws IOException {
    Path source = Files.writeString(
        folder.resolve("Keyring.java"),
        String.join(
            "\n",
            "public class Keyring {",
            "  public static void main(String[] args) throws Exception {",
            "    System.out.print(java.nio.file.Files.readString(java.nio.file.Path.of(args[0])));",
            "  }",
            "}"));
    Path printed = Files.writeString(folder.resolve("printed-" + output.length()), output);
    return new CommandKey(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        source.toString(),
        printed.toString());
  }
}
