// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.SessionId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandaloneTest {
  private static final String SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Standalone.run(
        args,
        InputStream.nullInputStream(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }

  @Nested
  class Arguments {
    @Test
    void askForHelp() {
      assertThat(run("--help")).isZero();

      assertThat(out.toString(UTF_8))
          .contains("--port N", "--account EMAIL:PASSWORD[:SEED]", "curl -H", "Test data only")
          .endsWith(line(
              "Exit status: 0 after --help or the end of the input, 1 if it cannot listen or write the file, 2 for a wrong"
                  + System.lineSeparator() + "argument."));
      assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
          .contains("uniform leastMillis mostMillis");
      assertThat(err.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "--prot 1|there is no option --prot",
          "secret|an option must start with two hyphens",
          "--port|--port must have a value",
          "--port x|--port must be a number from 0 to 65535, was x",
          "--port 65536|--port must be a number from 0 to 65535, was 65536",
          "--port -1|--port must be a number from 0 to 65535, was -1",
          "--bind localhost|--bind must be an IP address, was localhost",
          "--bind 1.2.3.400|--bind must be an IP address, was 1.2.3.400",
          "--dialect LIVE|--dialect must be documented or live, was LIVE",
          "--account e|--account must be EMAIL:PASSWORD or EMAIL:PASSWORD:SEED",
          "--account :secret|--account must be EMAIL:PASSWORD or EMAIL:PASSWORD:SEED",
          "--account e:|--account must be EMAIL:PASSWORD or EMAIL:PASSWORD:SEED",
          "--account e:secret:seed:x|--account must be EMAIL:PASSWORD or EMAIL:PASSWORD:SEED",
          "--account e:secret:1|--account EMAIL:PASSWORD:SEED: seed must be Base32, the character at index 0 is not",
          "--account e:secret:|--account EMAIL:PASSWORD:SEED: seed must not be empty",
          "--host e:desktop|--host must be EMAIL:desktop:NAME or EMAIL:game:NAME, was e:desktop",
          "--host e:squid:h|--host must be EMAIL:desktop:NAME or EMAIL:game:NAME, was e:squid:h",
          "--public-host e|--public-host must be EMAIL:desktop:NAME or EMAIL:game:NAME, was e",
          "--host e:game:h|a host is of e, but no --account has that address",
          "--session-lifetime 0|--session-lifetime must be a number from 1 to 2147483647, was 0",
          "--enterprise-key|--enterprise-key must have a value",
          "--enterprise-key k\u00e9y|--enterprise-key: a key must be visible ASCII characters, at least one",
          "--auth-code-lifetime 0|--auth-code-lifetime must be a number from 1 to 2147483647, was 0",
          "--auth-code-interval 0|--auth-code-interval must be a number from 1 to 1800, was 0",
          "--auth-code-interval 1801|--auth-code-interval must be a number from 1 to 1800, was 1801",
          "--invalid-session-status 404|--invalid-session-status must be 401 or 403, was 404",
          "--host-cap -1|--host-cap must be a number from 0 to 2147483647, was -1",
          "--control-port 65536|--control-port must be a number from 0 to 65535, was 65536",
          "--tls-certificate bad|--tls-certificate must be valid, wrong-host, expired, not-yet-valid, self-signed or unknown-issuer, was bad",
          "--tls-ca ca.pem|--tls-ca must stand beside --tls or --tls-certificate",
          "--null-for-no-hosts|--null-for-no-hosts must have a value",
          "--null-for-no-hosts yes|--null-for-no-hosts must be true or false, was yes",
          "--totp-skew-steps 11|--totp-skew-steps must be a number from 0 to 10, was 11",
          "--seed 1.5|--seed must be a number from -2147483648 to 2147483647, was 1.5",
        })
    void thatAreWrongAreToldInOneLine(String args, String message) {
      assertThat(run(args.split(" "))).isEqualTo(2);

      assertThat(err.toString(UTF_8)).isEqualTo(line(message + " (--help tells what is possible)"));
      assertThat(out.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void printsTheAddressAndEndsWithItsInput() {
    assertThat(run("--exit-on-stdin-eof")).isZero();

    assertThat(out.toString(UTF_8)).matches("http://127\\.0\\.0\\.1:[0-9]+\\R");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void endsIfItsInputCannotBeRead() {
    InputStream broken = new PipedInputStream();

    assertThat(Standalone.run(
            new String[] {"--exit-on-stdin-eof"},
            broken,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8)))
        .isZero();
  }

  /** The program on a thread of this JVM. */
  private static final class Local implements AutoCloseable {
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final PipedOutputStream input = new PipedOutputStream();
    private final Thread thread;
    private final BufferedReader printed;
    private final Web web;

    Local(String... args) throws IOException {
      PipedInputStream in = new PipedInputStream(input);
      PipedInputStream output = new PipedInputStream();
      printed = new BufferedReader(new InputStreamReader(output, UTF_8));
      PrintStream pipe =
          new PrintStream(new BufferedOutputStream(new PipedOutputStream(output)), false, UTF_8);
      thread = new Thread(() -> status.complete(Standalone.run(args, in, pipe, pipe)));
      thread.start();
      web = new Web(URI.create(printed.readLine()));
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    try (Local program = new Local()) {
      assertThat(program.web.signIn("e", "p").statusCode()).isEqualTo(403);
      assertThat(program.status).isNotDone();

      program.thread.interrupt();

      assertThat(program.status.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void servesWhatItIsTold() throws Exception {
    try (Local program = new Local(
        "--bind",
        "127.0.0.1",
        "--port",
        "0",
        "--dialect",
        "live",
        "--seed",
        "5",
        "--host-cap",
        "2",
        "--session-lifetime",
        "3600",
        "--invalid-session-status",
        "403",
        "--exit-on-stdin-eof",
        "--enterprise-key",
        "one",
        "--enterprise-key",
        "two",
        "--auth-code-lifetime",
        "60",
        "--auth-code-interval",
        "1800",
        "--account",
        "dude@example.com:secret",
        "--account",
        "walter@example.com:secret:" + SEED,
        "--host",
        "dude@example.com:desktop:LEBOWSKI: the first",
        "--public-host",
        "walter@example.com:game:Bowling",
        "--host",
        "dude@example.com:game:third")) {
      HttpResponse<String> signedIn = program.web.signIn("dude@example.com", "secret");
      assertThat(signedIn.statusCode()).isEqualTo(201);
      assertThat(program.web.signIn("walter@example.com", "secret").body())
          .contains("\"tfa_required\":true");
      SessionId session = SessionId.of(Web.json(signedIn).getString("session_id"));
      assertThat(program.web.hosts(session, "").body())
          .contains("\"name\":\"LEBOWSKI: the first\"", "\"mode\":\"desktop\"", "\"has_more\":true")
          .contains("Bowling")
          .doesNotContain("third");
      assertThat(program.web.hosts(session, "?public=true").body())
          .contains("Bowling", "\"has_more\":false");
      assertThat(program.web.hosts(SessionId.of("abc"), "").statusCode()).isEqualTo(403);
      JsonObject before = enterpriseSession(program, "one");
      JsonObject code = Web.json(program.web.authCode("bowling")).getJsonObject("data");
      JsonObject after = enterpriseSession(program, "two");
      assertThat(program.web.enterpriseSession("three", "donny").statusCode()).isEqualTo(401);
      assertThat(code.getInt("interval")).isEqualTo(1_800);
      assertThat(code.getInt("expires_at") - 60)
          .isBetween(before.getInt("expires_at") - 3_600, after.getInt("expires_at") - 3_600);

      program.input.close();

      assertThat(program.status.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void answersWhereTheServiceIsGuessedAtAsItIsTold() throws Exception {
    try (Local program = new Local(
        "--answer-early-polls",
        "--ask-again-after-wrong-code",
        "--null-for-no-hosts",
        "true",
        "--totp-skew-steps",
        "10",
        "--account",
        "walter@example.com:secret:" + SEED)) {
      String hash =
          Web.json(program.web.authCode("bowling")).getJsonObject("data").getString("hash");
      assertThat(program.web.poll(hash).statusCode()).isEqualTo(202);
      assertThat(program.web.poll(hash).statusCode()).isEqualTo(202);
      assertThat(program.web.signIn("walter@example.com", "secret", "1").body())
          .contains("\"tfa_required\":true");

      String old = Totp.parse(SEED).codeAt(Instant.now().minusSeconds(150));
      HttpResponse<String> signedIn = program.web.signIn("walter@example.com", "secret", old);

      assertThat(signedIn.statusCode()).isEqualTo(200);
      SessionId session = SessionId.of(Web.json(signedIn).getJsonObject("data").getString("id"));
      assertThat(program.web.hosts(session, "").body()).contains("\"data\":null");
    }
  }

  @Test
  void showsInTheLiveDialectWhatOnlyThatHas() throws Exception {
    try (Local program = new Local(
        "--dialect", "live", "--control-port", "0", "--account", "dude@example.com:secret")) {
      Web control = new Web(URI.create(program.printed.readLine().substring("control ".length())));
      JsonObject host = Json.createObjectBuilder()
          .add("owner", "dude@example.com")
          .add("name", "Bowling")
          .add("eventName", "league night")
          .add("guestAccess", true)
          .build();

      assertThat(control.post("/hosts", host).statusCode()).isEqualTo(200);

      HttpResponse<String> signedIn = program.web.signIn("dude@example.com", "secret");
      SessionId session = SessionId.of(Web.json(signedIn).getString("session_id"));
      assertThat(program.web.hosts(session, "").body())
          .contains("\"event_name\":\"league night\"", "\"guest_access\":true");
    }
  }

  @Test
  void listsNoHostsAsAnEmptyArrayInTheLiveDialectIfItIsToldTo() throws Exception {
    try (Local program = new Local(
        "--dialect",
        "live",
        "--null-for-no-hosts",
        "false",
        "--account",
        "dude@example.com:secret")) {
      HttpResponse<String> signedIn = program.web.signIn("dude@example.com", "secret");
      SessionId session = SessionId.of(Web.json(signedIn).getString("session_id"));

      assertThat(program.web.hosts(session, "").body()).contains("\"data\":[]");
    }
  }

  @Test
  void servesTheControlApiOnAPortOfItsOwn() throws Exception {
    try (Local program =
        new Local("--control-port", "0", "--account", "dude@example.com:secret:" + SEED)) {
      String line = program.printed.readLine();
      assertThat(line).matches("control http://127\\.0\\.0\\.1:[0-9]+");
      Web control = new Web(URI.create(line.substring("control ".length())));

      HttpResponse<String> code = control.send(control.request("/accounts/dude@example.com/code"));

      assertThat(program
              .web
              .signIn("dude@example.com", "secret", Web.json(code).getString("code"))
              .statusCode())
          .isEqualTo(200);
      assertThat(program.web.send(program.web.request("/faults")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void speaksTlsAndWritesWhomToTrust(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("ca.pem");
    try (Local program = new Local("--tls", "--tls-ca", file.toString())) {
      assertThat(program.web.base().toString()).matches("https://localhost:[0-9]+");
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(file)).build();

      assertThat(client
              .send(program.web.request("/v2/hosts").build(), HttpResponse.BodyHandlers.ofString())
              .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void showsTheCertificateThatIsAskedFor(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("ca.pem");
    try (Local program = new Local("--tls-certificate", "expired", "--tls-ca", file.toString())) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(file)).build();

      assertThatThrownBy(() -> client.send(
              program.web.request("/v2/hosts").build(), HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class)
          .hasStackTraceContaining("CertificateExpiredException");
    }
  }

  private static JsonObject enterpriseSession(Local program, String key) throws Exception {
    return Web.json(program.web.enterpriseSession(key, "donny")).getJsonObject("session");
  }

  private static SSLContext trusting(Path pem) throws Exception {
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

  @Test
  void saysIfTheFileCannotBeWritten(@TempDir Path directory) {
    Path file = directory.resolve("none").resolve("ca.pem");

    assertThat(run("--tls", "--tls-ca", file.toString())).isEqualTo(1);

    assertThat(err.toString(UTF_8)).startsWith("cannot write " + file + ": ").hasLineCount(1);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void saysIfTheControlPortIsTaken() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      int port = server.baseUri().getPort();

      assertThat(run("--control-port", Integer.toString(port))).isEqualTo(1);

      assertThat(err.toString(UTF_8)).startsWith("cannot listen on 127.0.0.1:" + port + ": ");
      assertThat(out.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void saysIfThePortIsTaken() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      int port = server.baseUri().getPort();

      assertThat(run("--port", Integer.toString(port))).isEqualTo(1);

      assertThat(err.toString(UTF_8))
          .startsWith("cannot listen on 127.0.0.1:" + port + ": ")
          .hasLineCount(1);
      assertThat(out.toString(UTF_8)).isEmpty();
    }
  }

  /** The program in a JVM of its own, on the class path. */
  private static final class Program implements AutoCloseable {
    private final Process process;

    Program(String... args) throws IOException {
      List<String> command = new ArrayList<>(List.of(
          System.getProperty("java.home") + "/bin/java",
          "-cp",
          classPath(),
          Standalone.class.getName()));
      command.addAll(Arrays.asList(args));
      process = new ProcessBuilder(command).start();
    }

    private static String classPath() {
      String modulePath = System.getProperty("jdk.module.path", "");
      return Stream.of(modulePath, System.getProperty("java.class.path"))
          .filter(path -> !path.isEmpty())
          .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    String firstLine() throws IOException {
      return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void servesAsAProgramOfItsOwn() throws Exception {
    try (Program program =
        new Program("--exit-on-stdin-eof", "--account", "dude@example.com:secret")) {
      assertThat(new Web(URI.create(program.firstLine()))
              .signIn("dude@example.com", "secret")
              .statusCode())
          .isEqualTo(200);

      program.process.getOutputStream().close();
      assertThat(program.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(program.process.exitValue()).isZero();
    }
  }

  @Test
  void endsWithStatus2ForAWrongArgument() throws Exception {
    try (Program program = new Program("--nonsense")) {
      assertThat(program.process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      assertThat(program.process.exitValue()).isEqualTo(2);
      assertThat(new String(program.process.getErrorStream().readAllBytes(), UTF_8))
          .isEqualTo(line("there is no option --nonsense (--help tells what is possible)"));
      assertThat(program.process.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void mainReturnsAfterHelp() {
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      Standalone.main("--help");
    } finally {
      System.setOut(before);
    }

    assertThat(out.toString(UTF_8)).startsWith("A fake Parsec service");
  }
}
