// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as its user sees it: what is printed where, and the exit status. */
class ListHostsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Deque<String> answers = new ArrayDeque<>();

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "apache"})
  void playsTheWholeSceneOverEitherTransport(String transport) {
    assertThat(run("--transport", transport)).isZero();

    assertThat(err())
        .contains("dude@example.com signs in")
        .containsPattern("Two-factor code \\(totp\\): [0-9]{6}");
    assertThat(out().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("NAME +MODE +PLAYERS +OWNER +BUILD +PEER ID"))
        .anyMatch(line -> line.matches("LEBOWSKI +desktop +0/20 +The Dude +150-32 +\\w+"))
        .anyMatch(line -> line.matches("League night +game +3/8 +Walter +150-93b +\\w+"));
  }

  @Test
  void printsJsonForMachines() {
    assertThat(run("--json")).isZero();

    JsonObject json = Json.createReader(new StringReader(out())).readObject();
    assertThat(json.getJsonArray("hosts")).hasSize(3);
    assertThat(json.getJsonArray("hosts").getJsonObject(0).getString("peerId")).isNotEmpty();
    assertThat(json.getBoolean("hasMore")).isFalse();
  }

  @Test
  void signsInLiveWithPasswordAndCodeFromTheConsole() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      FakeAccount walter = server
          .account("walter@example.com", "over-the-line")
          .withTotp("JBSWY3DPEHPK3PXP")
          .owns(FakeHost.desktop("BUNNY\u001b[2J"));
      answers.addAll(List.of("over-the-line", "000000", walter.currentTotpCode()));

      assertThat(
              run("--live", "walter@example.com", "--base-uri", server.baseUri().toString()))
          .isZero();
    }

    assertThat(err()).contains("Password of walter@example.com: ", "That code was not accepted.");
    assertThat(out()).contains("BUNNY?[2J").doesNotContain("\u001b");
  }

  @Test
  void endsWithOneLineWhenTheSignInIsRefused() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      answers.add("wrong-password");

      assertThat(
              run("--live", "walter@example.com", "--base-uri", server.baseUri().toString()))
          .isEqualTo(1);
    }

    assertThat(lastLine())
        .isEqualTo(
            "list-hosts: sign-in was refused (status 403: Your email/password combination is incorrect.);"
                + " check e-mail address, password and two-factor code");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "apache"})
  void endsWithOneLineWhenTheServiceIsNotThere(String transport) throws IOException {
    int port;
    try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedAtOnce.getLocalPort();
    }
    answers.add("secret");

    int status = run(
        "--live",
        "walter@example.com",
        "--base-uri",
        "http://127.0.0.1:" + port,
        "--transport",
        transport);

    assertThat(status).isEqualTo(1);
    assertThat(lastLine())
        .startsWith("list-hosts: sign-in failed: no connection to 127.0.0.1:" + port)
        .endsWith("; check address, network and proxy");
  }

  @Test
  void printsHelp() {
    assertThat(run("--help")).isZero();

    assertThat(out()).contains("--live EMAIL", "--transport NAME", "--json", "Exit status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--frobnicate",
        "hunter2",
        "--live",
        "--transport curl",
        "--service moon --live a@example.com",
        "--base-uri http://[ --live a@example.com",
        "--base-uri http://127.0.0.1:1",
        "--live a@example.com --service documented --base-uri http://127.0.0.1:1",
        "--live a@example.com --base-uri http://example.com"
      })
  void refusesWrongUsageWithOneLine(String line) {
    answers.add("secret");

    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(lastLine()).startsWith("list-hosts: ").doesNotContain("hunter2");
    assertThat(out()).isEmpty();
  }

  @Test
  void refusesAnEmptyPassword() {
    answers.add("");

    assertThat(run("--live", "a@example.com", "--base-uri", "http://127.0.0.1:1"))
        .isEqualTo(2);

    assertThat(lastLine()).isEqualTo("list-hosts: password must not be empty");
  }

  @Test
  void refusesToAskWithoutAConsole() {
    ListHosts command = new ListHosts(stream(out), stream(err), new ConsolePrompt(null));

    assertThat(command.run("--live", "a@example.com")).isEqualTo(2);

    assertThat(lastLine())
        .isEqualTo(
            "list-hosts: there is no console to ask for a password; run the command in a terminal");
  }

  private int run(String... args) {
    return new ListHosts(stream(out), stream(err), new ScriptedPrompt()).run(args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String lastLine() {
    return err().lines().reduce("", (before, line) -> line);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Types the prepared answers. */
  private final class ScriptedPrompt implements Prompt {
    @Override
    public char[] password(String question) {
      return code(question).toCharArray();
    }

    @Override
    public String code(String question) {
      stream(err).println(question);
      return answers.remove();
    }
  }
}
