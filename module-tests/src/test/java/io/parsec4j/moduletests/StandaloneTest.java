// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Readme;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.StandaloneServer;
import io.parsec4j.testkit.Totp;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fake server as a program of its own, asked by clients that are none of ours. */
class StandaloneTest {
  private static final String EMAIL = "walter@example.com";
  private static final String SEED = "JBSWY3DPEHPK3PXP";
  private static final Pattern LONG_HEX = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> FLAGS = List.of(
      "--port",
      "--bind",
      "--dialect",
      "--account",
      "--host",
      "--public-host",
      "--enterprise-key",
      "--session-lifetime",
      "--auth-code-lifetime",
      "--auth-code-interval",
      "--answer-early-polls",
      "--invalid-session-status",
      "--host-cap",
      "--null-for-no-hosts",
      "--totp-skew-steps",
      "--ask-again-after-wrong-code",
      "--seed",
      "--tls",
      "--tls-certificate",
      "--tls-ca",
      "--control-port",
      "--exit-on-stdin-eof",
      "--help");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @ParameterizedTest
  @CsvSource({
    "documented, 200, '{\"data\":{\"id\":\"', .*",
    "live, 201, {\"instance_id\":, .*\"external_id\".*"
  })
  void answersEveryHttpClientInBothDialects(
      String dialect, int status, String startOfSession, String host)
      throws IOException, InterruptedException {
    try (StandaloneServer server = StandaloneServer.start(
        "--dialect", dialect,
        "--account", EMAIL + ":secret:" + SEED,
        "--host", EMAIL + ":desktop:LEBOWSKI",
        "--host", EMAIL + ":game:Bowling")) {
      assertThat(server.baseUri().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");

      HttpResponse<String> question = signIn(server.baseUri(), "");
      assertThat(question.statusCode()).isEqualTo(403);
      assertThat(question.body()).contains("\"tfa_required\":true", "\"tfa_type\":\"totp\"");

      HttpResponse<String> session =
          signIn(server.baseUri(), Totp.parse(SEED).codeAt(Instant.now()));
      assertThat(session.statusCode()).isEqualTo(status);
      assertThat(session.body()).startsWith(startOfSession);

      String token = tokenIn(session.body());
      HttpResponse<String> hosts = hosts(server.baseUri(), token);
      assertThat(hosts.statusCode()).isEqualTo(200);
      assertThat(hosts.body())
          .contains("\"name\":\"LEBOWSKI\"")
          .doesNotContain("Bowling")
          .matches(host);
      curl(server.baseUri(), token).ifPresent(answer -> assertThat(answer).isEqualTo(hosts.body()));

      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void theCommandOfTheReadmeStartsAServerOnWhichTheNextOneSignsIn()
      throws IOException, InterruptedException {
    String command = Readme.command("java -jar ");
    String curl = Readme.command("curl ");
    List<String> arguments = new ArrayList<>(List.of(command.split(" +")));
    assertThat(Artifacts.root().resolve(arguments.get(2))).isEqualTo(Artifacts.standalone());
    assertThat(arguments.subList(3, 5)).containsExactly("--port", "8080");

    // on a free port instead
    String[] options = arguments.subList(5, arguments.size()).toArray(new String[0]);
    try (StandaloneServer server = StandaloneServer.start(options)) {
      HttpResponse<String> session = post(server.baseUri(), quoted(curl, "-d"));

      assertThat(session.statusCode()).isEqualTo(200);
      assertThat(hosts(server.baseUri(), tokenIn(session.body())).body()).contains("LEBOWSKI");
    }
    assertThat(quoted(curl, "-H")).isEqualTo("Content-Type: application/json");
    assertThat(curl).endsWith(" http://127.0.0.1:8080/v1/auth");
  }

  @Test
  void theJarHasNothingForTestLibraries() throws IOException {
    try (JarFile jar = new JarFile(Artifacts.standalone().toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains("io/parsec4j/testkit/FakeParsecServer.class")
          .noneMatch(name -> name.startsWith("io/parsec4j/testkit/contract/")
              || name.startsWith("io/parsec4j/testkit/jqwik/")
              || name.startsWith("io/parsec4j/testkit/junit/")
              || name.contains("net.jqwik"));
    }
  }

  @Test
  void helpNamesEveryFlag() {
    Run.Result result = standalone("--help").succeeded();

    assertThat(result.out()).contains(FLAGS);
    assertThat(Pattern.compile("(?m)^  (--[a-z-]+)").matcher(result.out()).results())
        .extracting(flag -> flag.group(1))
        .containsExactlyInAnyOrderElementsOf(FLAGS);
    assertThat(result.err()).isEmpty();
  }

  static Stream<List<String>> wrongArguments() {
    return Stream.of(
        List.of("--frobnicate"),
        List.of("--port", "70000"),
        List.of("--account", EMAIL + ":hunter2:1"),
        List.of("--enterprise-key", "hunter2 hunter2"));
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void aWrongArgumentIsRefusedInOneLineWithoutTheSecretsInIt(List<String> arguments) {
    Run.Result result = standalone(arguments.toArray(new String[0]));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains(arguments.get(0))
        .doesNotContain("hunter2");
  }

  private static Run.Result standalone(String... arguments) {
    return Run.java()
        .args("-jar", Artifacts.standalone().toString())
        .args(arguments)
        .start();
  }

  private HttpResponse<String> signIn(URI server, String code)
      throws IOException, InterruptedException {
    return post(
        server, "{\"email\":\"" + EMAIL + "\",\"password\":\"secret\",\"tfa\":\"" + code + "\"}");
  }

  private HttpResponse<String> post(URI server, String json)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(server.resolve("/v1/auth"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> hosts(URI server, String token)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(server.resolve("/v2/hosts?mode=desktop"))
        .header("Authorization", "Bearer " + token));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String tokenIn(String session) {
    Matcher token = LONG_HEX.matcher(session);
    assertThat(token.find()).as("a session ID in the answer").isTrue();
    return token.group();
  }

  /** The list as curl gets it, on machines that have curl. */
  private static Optional<String> curl(URI server, String token) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "curl"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(curl -> Run.program(curl)
            .args("--silent", "--noproxy", "*", "-H", "Authorization: Bearer " + token)
            .args(server.resolve("/v2/hosts?mode=desktop").toString())
            .start()
            .succeeded()
            .out());
  }

  private static String quoted(String command, String option) {
    Matcher value = Pattern.compile(" " + option + " '([^']*)'").matcher(command);
    assertThat(value.find()).as("%s in %s", option, command).isTrue();
    return value.group(1);
  }
}
