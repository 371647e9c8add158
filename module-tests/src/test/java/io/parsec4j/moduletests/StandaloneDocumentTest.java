// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Console;
import io.parsec4j.moduletests.support.Console.Command;
import io.parsec4j.moduletests.support.Readme;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.StandaloneServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/standalone.md shows what there is, and every command in it prints what it is shown to print. */
class StandaloneDocumentTest {
  private static final String DOCUMENT = "docs/standalone.md";
  private static final String CERTIFICATE = "ca.pem";

  /** What differs between clients, and with the time. */
  private static final Pattern VARYING = Pattern.compile(
      "(\"headers\":)\\[[^]]*]|(\"connection\":|\"expires_at\":)\\d+|(\"code\":)\"\\d{6}\"");

  @TempDir
  private Path directory;

  /** Sends what a curl command says, and returns what is printed; empty if there is no answer. */
  private interface Curl {
    Optional<String> send(Command command, String address)
        throws IOException, InterruptedException, GeneralSecurityException;
  }

  @Test
  void everyRequestIsAnsweredAsItIsShown()
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpClient plain =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    play((command, address) -> {
      HttpClient client = command.value("--cacert").isPresent()
          ? HttpClient.newBuilder()
              .sslContext(trusting(directory.resolve(CERTIFICATE)))
              .build()
          : plain;
      return send(client, request(command, address));
    });
  }

  @Test
  void everyCommandPrintsWhatItIsShownToPrint()
      throws IOException, InterruptedException, GeneralSecurityException {
    Optional<Path> curl = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "curl"))
        .filter(Files::isExecutable)
        .findFirst();
    assumeTrue(curl.isPresent(), "curl is not installed; the other test sends the same requests");

    play((command, address) -> {
      List<String> words =
          new ArrayList<>(command.words().subList(1, command.words().size() - 1));
      words.replaceAll(
          word -> word.equals(CERTIFICATE) ? directory.resolve(CERTIFICATE).toString() : word);
      Run.Result result = Run.program(curl.orElseThrow())
          .args("--silent", "--show-error", "--noproxy", "*", "--max-time", "30")
          .args(words.toArray(new String[0]))
          .args(address)
          .start();
      return result.exitCode() == 0 ? Optional.of(result.out()) : Optional.empty();
    });
  }

  private void play(Curl curl) throws IOException, InterruptedException, GeneralSecurityException {
    StandaloneServer server = null;
    List<String> shown = List.of();
    try {
      for (Command command : Console.commands(DOCUMENT)) {
        if (command.program().equals("java")) {
          if (server != null) {
            server.close();
          }
          server = start(command);
          shown = command.answer();
          continue;
        }
        assertThat(command.program()).isEqualTo("curl");
        assertThat(server).isNotNull();
        String address = command
            .last()
            .replace(shown.get(0), server.baseUri().toString())
            .replace(
                shown.get(1).substring("control ".length()), server.controlUri().toString());

        Optional<String> answer = curl.send(command, address);

        String expected = String.join("\n", command.answer());
        assertThat(answer.map(StandaloneDocumentTest::masked))
            .as(command.toString())
            .isEqualTo(
                expected.startsWith("curl: (") ? Optional.empty() : Optional.of(masked(expected)));
      }
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }

  private StandaloneServer start(Command command) {
    List<String> words = command.words();
    assertThat(words.subList(0, 2)).containsExactly("java", "-jar");
    assertThat(Artifacts.root().resolve(words.get(2))).isEqualTo(Artifacts.standalone());
    String port = command.value("--port").orElseThrow();
    String controlPort = command.value("--control-port").orElseThrow();
    List<String> options = new ArrayList<>(words.subList(3, words.size()));
    // on free ports instead
    options.set(options.indexOf(port), "0");
    options.set(options.indexOf(controlPort), "0");
    options.replaceAll(
        word -> word.equals(CERTIFICATE) ? directory.resolve(CERTIFICATE).toString() : word);
    StandaloneServer server = StandaloneServer.start(options.toArray(new String[0]));
    assertThat(command.answer())
        .containsExactly(
            withPort(server.baseUri(), port),
            "control " + withPort(server.controlUri(), controlPort));
    return server;
  }

  private static String withPort(URI address, String port) {
    return address.getScheme() + "://" + address.getHost() + ":" + port;
  }

  private static String masked(String answer) {
    return VARYING.matcher(answer).replaceAll("$1$2$3…");
  }

  private static HttpRequest request(Command command, String address) {
    String body = command.value("-d").orElse(null);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
        .timeout(Duration.ofSeconds(30))
        .method(
            command.value("-X").orElse(body == null ? "GET" : "POST"),
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
    for (String field : command.values("-H")) {
      String[] parts = field.split(": ", 2);
      request.header(parts[0], parts[1]);
    }
    return request.build();
  }

  private static Optional<String> send(HttpClient client, HttpRequest request)
      throws InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return Optional.empty();
    }
    assertThat(response.statusCode() >= 400)
        .as("%s: status %s", request, response.statusCode())
        .isEqualTo(response.body().startsWith("{\"error\":"));
    assertThat(response.statusCode() == 204).isEqualTo(response.body().isEmpty());
    return Optional.of(response.body());
  }

  private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      anchors.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String help() {
    return Run.java()
        .args("-jar", Artifacts.standalone().toString(), "--help")
        .start()
        .succeeded()
        .out();
  }

  /** The lines that are set in under a line that ends so. */
  private static List<String> listed(String help, String heading) {
    int start = help.indexOf(heading);
    assertThat(start).as("'%s' in the help", heading).isNotNegative();
    return help.substring(start + heading.length())
        .lines()
        .dropWhile(String::isBlank)
        .takeWhile(line -> line.startsWith("  "))
        .map(String::strip)
        .toList();
  }

  @Test
  void theTableOfFaultsIsThatOfTheProgram() {
    List<String> rows = Pattern.compile("(?m)^\\| `([^`]+)` \\| ")
        .matcher(Readme.read(DOCUMENT))
        .results()
        .map(row -> row.group(1))
        .toList();

    assertThat(rows).hasSizeGreaterThan(30).isEqualTo(listed(help(), " Faults:"));
  }

  @Test
  void everyLatencyIsNamed() {
    List<String> latencies = listed(help(), "\"latency\" and its members:");

    assertThat(latencies).hasSize(4);
    assertThat(Readme.read(DOCUMENT).replace("\n", " "))
        .contains(latencies.stream().map(latency -> "`" + latency + "`").toList());
  }

  @Test
  void everyRequestOfTheControlApiIsShown() {
    List<String> routes = listed(help(), "whose bodies are JSON objects:");
    List<String> shown = Console.commands(DOCUMENT).stream()
        .filter(command -> command.program().equals("curl"))
        .map(command -> command.value("-X").orElse(command.value("-d").isPresent() ? "POST" : "GET")
            + " " + URI.create(command.last()).getPath())
        .toList();

    assertThat(routes)
        .hasSizeGreaterThan(10)
        .allMatch(route -> shown.stream()
            .anyMatch(request -> request.matches(route.replaceAll("[A-Z_]+(?=/|$)", "[^/]+"))));
  }
}
