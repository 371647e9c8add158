// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parsec4j.testkit.internal.Door;
import io.parsec4j.testkit.internal.HttpServer;
import io.parsec4j.testkit.internal.JsonMembers;
import io.parsec4j.testkit.internal.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link FakeParsecServer} as a program of its own, for clients in other languages and by hand.
 *
 * <p>It prints the base address as its first line, that of the control API as its second if there is one, and serves
 * until it is killed. A wrong argument ends it with status 2, a port that cannot be had or a file that cannot be written
 * with status 1; either prints one line that says what is wrong.
 */
public final class Standalone {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int NONE = -1;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_INTERVAL_SECONDS = 1_800;
  private static final int MAX_SKEW_STEPS = 10;

  private static final String HELP = String.join(
      System.lineSeparator(),
      "A fake Parsec service, which answers from memory:",
      "",
      listed(List.of(Endpoint.values()), endpoint -> endpoint.method() + " " + endpoint.path()),
      "",
      "  java -jar parsec-testkit-VERSION-standalone.jar [OPTION VALUE]...",
      "",
      "  --port N                        listen on this port; 0, the default, is any free one",
      "  --bind ADDRESS                  listen on this address of the machine; default 127.0.0.1",
      "  --dialect documented|live       answer as documented (default) or as the live service was seen to",
      "  --account EMAIL:PASSWORD[:SEED] an account; with a seed in Base32 it asks for two-factor codes.",
      "                                  Test data only: every user of the machine can read the arguments.",
      "                                  No part may contain a colon",
      "  --host EMAIL:MODE:NAME          a private host of that account; MODE is desktop or game",
      "  --public-host EMAIL:MODE:NAME   a host of that account which every account sees",
      "  --enterprise-key KEY            an API key with which sessions of external users are opened. Test data only",
      "  --session-lifetime SECONDS      end each session after this time; default never, or 30 days for those that",
      "                                  tell when they end",
      "  --auth-code-lifetime SECONDS    end each auth code after this time; default 1800",
      "  --auth-code-interval SECONDS    refuse polls of an auth code that come faster; 1 to 1800, default 5",
      "  --answer-early-polls            answer those polls like any other",
      "  --invalid-session-status N      answer unknown and expired sessions with 401 (default) or 403",
      "  --host-cap N                    cut lists of more hosts and say has_more; default no limit",
      "  --null-for-no-hosts true|false  list no hosts as null or as an empty array; default true in the live dialect",
      "  --totp-skew-steps N             take two-factor codes that are off by so many steps of 30 seconds; 0 to 10,",
      "                                  default 1",
      "  --ask-again-after-wrong-code    answer a wrong two-factor code by asking for one, not like a wrong password",
      "  --seed N                        make the same IDs on every run",
      "  --tls                           speak TLS, with a certificate for localhost, 127.0.0.1 and ::1",
      "  --tls-certificate KIND          speak TLS and show valid, wrong-host, expired, not-yet-valid, self-signed",
      "                                  or unknown-issuer",
      "  --tls-ca FILE                   write the certificate of the authority there as PEM, for clients to trust",
      "  --control-port N                serve the control API on this port of 127.0.0.1, 0 for any free one;",
      "                                  off if left out. Whoever runs a program on the machine can reach it",
      "  --exit-on-stdin-eof             end when the standard input ends",
      "  --help                          print this text",
      "",
      "--account, --host, --public-host and --enterprise-key may be repeated. The first line printed is the base address,",
      "the second is \"control \" and the address of the control API if it is served. Example:",
      "",
      "  java -jar parsec-testkit-VERSION-standalone.jar --port 8080 --account walter@example.com:secret \\",
      "      --host walter@example.com:desktop:LEBOWSKI",
      "  curl -H 'Content-Type: application/json' -d '{\"email\":\"walter@example.com\",\"password\":\"secret\"}' \\",
      "      http://127.0.0.1:8080/v1/auth",
      "  curl -H 'Authorization: Bearer ID_FROM_THE_ANSWER' 'http://127.0.0.1:8080/v2/hosts?mode=desktop'",
      "",
      "Requests of the control API, whose bodies are JSON objects:",
      "",
      listed(Control.ROUTES, Control.Route::toString),
      "",
      "POST /faults takes \"endpoint\", \"fault\", and the members of that fault; those in brackets may be left out. An",
      "endpoint is " + JsonMembers.anyOf(Control.TARGETS) + ".",
      "Where they make sense it takes \"times\" or \"always\", \"afterServing\", \"headers\" (an array of texts) and \"body\",",
      "too. Faults:",
      "",
      listed(FaultForms.ALL, Form::usage),
      "",
      "POST /latency takes \"latency\" and its members:",
      "",
      listed(LatencyForms.ALL, Form::usage),
      "",
      "Exit status: 0 after --help or the end of the input, 1 if it cannot listen or write the file, 2 for a wrong",
      "argument.",
      "");

  private FakeParsecServer.Builder server = FakeParsecServer.builder();
  private final Map<String, JsonMembers> accounts = new LinkedHashMap<>();
  private final List<JsonMembers> hosts = new ArrayList<>();
  private final List<String> enterpriseKeys = new ArrayList<>();
  private @Nullable Path authority;
  private int controlPort = NONE;
  private boolean tls;
  private boolean help;
  private boolean exitOnEndOfInput;

  private Standalone() {}

  private static <T> String listed(List<T> all, Function<T, String> usage) {
    return all.stream()
        .map(each -> "  " + usage.apply(each))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /**
   * Runs the program; {@code --help} tells what it takes.
   *
   * @param args the options
   */
  public static void main(String... args) {
    int status = run(args, System.in, System.out, System.err);
    if (status != OK) {
      System.exit(status);
    }
  }

  static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    Standalone program = new Standalone();
    try {
      program.read(List.of(args).iterator());
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + " (--help tells what is possible)");
      return USAGE;
    }
    if (program.help) {
      out.print(HELP);
      out.flush();
      return OK;
    }
    try {
      program.serve(in, out);
      return OK;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private void read(Iterator<String> args) {
    while (args.hasNext()) {
      String arg = args.next();
      switch (arg) {
        case "--help":
          help = true;
          break;
        case "--exit-on-stdin-eof":
          exitOnEndOfInput = true;
          break;
        case "--answer-early-polls":
          server = server.refusesEarlyPolls(false);
          break;
        case "--ask-again-after-wrong-code":
          server = server.asksAgainAfterWrongCode(true);
          break;
        case "--tls":
          tls(ServerCertificate.VALID);
          break;
        default:
          read(arg, args);
      }
    }
    for (JsonMembers host : hosts) {
      if (!accounts.containsKey(host.required("owner"))) {
        throw new IllegalArgumentException(
            "a host is of " + host.required("owner") + ", but no --account has that address");
      }
    }
    if (authority != null && !tls) {
      throw new IllegalArgumentException("--tls-ca must stand beside --tls or --tls-certificate");
    }
  }

  private void read(String option, Iterator<String> args) {
    switch (option) {
      case "--port":
        server = server.port(number(option, args, 0, MAX_PORT));
        break;
      case "--bind":
        server = server.bindAddress(address(option, value(option, args)));
        break;
      case "--dialect":
        server = server.dialect(JsonMembers.constant(option, value(option, args), Dialect.class));
        break;
      case "--account":
        account(option, value(option, args));
        break;
      case "--host":
        host(option, value(option, args), false);
        break;
      case "--public-host":
        host(option, value(option, args), true);
        break;
      case "--enterprise-key":
        enterpriseKeys.add(key(option, value(option, args)));
        break;
      case "--session-lifetime":
        server = server.sessionLifetime(seconds(option, args, Integer.MAX_VALUE));
        break;
      case "--auth-code-lifetime":
        server = server.authCodeLifetime(seconds(option, args, Integer.MAX_VALUE));
        break;
      case "--auth-code-interval":
        server = server.authCodeInterval(seconds(option, args, MAX_INTERVAL_SECONDS));
        break;
      case "--invalid-session-status":
        server = server.invalidSessionStatus(status(option, value(option, args)));
        break;
      case "--host-cap":
        server = server.hostCap(number(option, args, 0, Integer.MAX_VALUE));
        break;
      case "--null-for-no-hosts":
        server = server.nullForNoHosts(truth(option, value(option, args)));
        break;
      case "--totp-skew-steps":
        server = server.totpSkewSteps(number(option, args, 0, MAX_SKEW_STEPS));
        break;
      case "--seed":
        server = server.seed(number(option, args, Integer.MIN_VALUE, Integer.MAX_VALUE));
        break;
      case "--tls-certificate":
        tls(JsonMembers.constant(option, value(option, args), ServerCertificate.class));
        break;
      case "--tls-ca":
        authority = Path.of(value(option, args));
        break;
      case "--control-port":
        controlPort = number(option, args, 0, MAX_PORT);
        break;
      default:
        // Not repeated if it may be the value of another option, which may be a password.
        throw new IllegalArgumentException(
            option.startsWith("--")
                ? "there is no option " + option
                : "an option must start with two hyphens");
    }
  }

  private static String value(String option, Iterator<String> args) {
    if (!args.hasNext()) {
      throw new IllegalArgumentException(option + " must have a value");
    }
    return args.next();
  }

  private static int number(String option, Iterator<String> args, int min, int max) {
    return (int) JsonMembers.number(option, value(option, args), min, max);
  }

  private static Duration seconds(String option, Iterator<String> args, int max) {
    return Duration.ofSeconds(number(option, args, 1, max));
  }

  private static String key(String option, String value) {
    try {
      return FakeParsec.apiKey(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private void tls(ServerCertificate certificate) {
    server = server.tls(certificate);
    tls = true;
  }

  private static InetAddress address(String option, String value) {
    try {
      // Letters other than these would be a host name, which is not worth a question to a name
      // server.
      if (value.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        return InetAddress.getByName(value);
      }
    } catch (UnknownHostException e) {
      // Said below, like a host name.
    }
    throw new IllegalArgumentException(option + " must be an IP address, was " + value);
  }

  private static boolean truth(String option, String value) {
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw new IllegalArgumentException(option + " must be true or false, was " + value);
  }

  private static int status(String option, String value) {
    if (value.equals("401") || value.equals("403")) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException(option + " must be 401 or 403, was " + value);
  }

  private void account(String option, String value) {
    String[] parts = value.split(":", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IllegalArgumentException(option + " must be EMAIL:PASSWORD or EMAIL:PASSWORD:SEED");
    }
    Map<String, Object> members = new HashMap<>(Map.of("email", parts[0], "password", parts[1]));
    if (parts.length == 3) {
      requireSeed(option, parts[2]);
      members.putAll(Map.of("twoFactor", "totp", "seed", parts[2]));
    }
    accounts.put(parts[0], JsonMembers.of(members));
  }

  private static void requireSeed(String option, String seed) {
    try {
      Totp unused = Totp.parse(seed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " EMAIL:PASSWORD:SEED: " + e.getMessage(), e);
    }
  }

  private void host(String option, String value, boolean isPublic) {
    String[] parts = value.split(":", 3);
    if (parts.length < 3 || !(parts[1].equals("desktop") || parts[1].equals("game"))) {
      throw new IllegalArgumentException(
          option + " must be EMAIL:desktop:NAME or EMAIL:game:NAME, was " + value);
    }
    hosts.add(JsonMembers.of(
        Map.of("owner", parts[0], "mode", parts[1], "name", parts[2], "public", isPublic)));
  }

  private void serve(InputStream in, PrintStream out) {
    try (FakeParsecServer running = server.start()) {
      Scenery scenery = new Scenery(running, List.copyOf(accounts.values()), hosts, enterpriseKeys);
      if (authority != null) {
        writeAuthority(running, authority);
      }
      if (controlPort == NONE) {
        out.println(running.baseUri());
        out.flush();
        awaitEnd(in);
        return;
      }
      InetAddress loopback = FakeParsecServer.loopback();
      try (HttpServer control = FakeParsecServer.listen(
          loopback, controlPort, new Control(running, tls, scenery), Door.OPEN, null)) {
        out.println(running.baseUri());
        out.println("control " + FakeParsecServer.uri(false, loopback, control.port()));
        out.flush();
        awaitEnd(in);
      }
    }
  }

  private static void writeAuthority(FakeParsecServer server, Path file) {
    try {
      Files.writeString(file, TestCertificates.pem(server.certificateAuthority()), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  private void awaitEnd(InputStream in) {
    try {
      if (exitOnEndOfInput) {
        in.transferTo(OutputStream.nullOutputStream());
      } else {
        new CountDownLatch(1).await();
      }
    } catch (IOException e) {
      // An input that cannot be read has ended.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
