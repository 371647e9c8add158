// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link FakeParsecServer} as a program of its own, for clients in other languages and by hand.
 *
 * <p>It prints the base address as its first line and serves until it is killed. A wrong argument ends it with status 2,
 * a port that cannot be had with status 1; either prints one line that says what is wrong.
 */
public final class Standalone {
  private static final int OK = 0;
  private static final int NO_PORT = 1;
  private static final int USAGE = 2;

  private static final String HELP = String.join(
      System.lineSeparator(),
      "A fake Parsec service: answers POST /v1/auth and GET /v2/hosts over plain HTTP, from memory.",
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
      "  --session-lifetime SECONDS      end each session after this time; default never",
      "  --invalid-session-status N      answer unknown and expired sessions with 401 (default) or 403",
      "  --host-cap N                    cut lists of more hosts and say has_more; default no limit",
      "  --seed N                        make the same IDs on every run",
      "  --exit-on-stdin-eof             end when the standard input ends",
      "  --help                          print this text",
      "",
      "--account, --host and --public-host may be repeated. The first line printed is the base address. Example:",
      "",
      "  java -jar parsec-testkit-VERSION-standalone.jar --port 8080 --account walter@example.com:secret \\",
      "      --host walter@example.com:desktop:LEBOWSKI",
      "  curl -H 'Content-Type: application/json' -d '{\"email\":\"walter@example.com\",\"password\":\"secret\"}' \\",
      "      http://127.0.0.1:8080/v1/auth",
      "  curl -H 'Authorization: Bearer ID_FROM_THE_ANSWER' 'http://127.0.0.1:8080/v2/hosts?mode=desktop'",
      "",
      "Exit status: 0 after --help or the end of the input, 1 if it cannot listen, 2 for a wrong argument.",
      "");

  private FakeParsecServer.Builder server = FakeParsecServer.builder();
  private final Map<String, String[]> accounts = new LinkedHashMap<>();
  private final List<Map.Entry<String, FakeHost>> hosts = new ArrayList<>();
  private boolean help;
  private boolean exitOnEndOfInput;

  private Standalone() {}

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
      return NO_PORT;
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
        default:
          read(arg, args);
      }
    }
    for (Map.Entry<String, FakeHost> host : hosts) {
      if (!accounts.containsKey(host.getKey())) {
        throw new IllegalArgumentException(
            "a host is of " + host.getKey() + ", but no --account has that address");
      }
    }
  }

  private void read(String option, Iterator<String> args) {
    switch (option) {
      case "--port":
        server = server.port(number(option, args, 0, 65_535));
        break;
      case "--bind":
        server = server.bindAddress(address(option, value(option, args)));
        break;
      case "--dialect":
        server = server.dialect(dialect(option, value(option, args)));
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
      case "--session-lifetime":
        server =
            server.sessionLifetime(Duration.ofSeconds(number(option, args, 1, Integer.MAX_VALUE)));
        break;
      case "--invalid-session-status":
        server = server.invalidSessionStatus(status(option, value(option, args)));
        break;
      case "--host-cap":
        server = server.hostCap(number(option, args, 0, Integer.MAX_VALUE));
        break;
      case "--seed":
        server = server.seed(number(option, args, Integer.MIN_VALUE, Integer.MAX_VALUE));
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
    String value = value(option, args);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    throw new IllegalArgumentException(
        option + " must be a number from " + min + " to " + max + ", was " + value);
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

  private static Dialect dialect(String option, String value) {
    for (Dialect dialect : Dialect.values()) {
      if (dialect.name().toLowerCase(Locale.ROOT).equals(value)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(option + " must be documented or live, was " + value);
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
    if (parts.length == 3) {
      requireSeed(option, parts[2]);
    }
    accounts.put(parts[0], parts);
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
    FakeHost host = parts[1].equals("game") ? FakeHost.game(parts[2]) : FakeHost.desktop(parts[2]);
    hosts.add(Map.entry(parts[0], host.isPublic(isPublic)));
  }

  private void serve(InputStream in, PrintStream out) {
    try (FakeParsecServer running = server.start()) {
      accounts.forEach((email, parts) -> {
        FakeAccount account = running.account(email, parts[1]);
        if (parts.length > 2) {
          account.withTotp(parts[2]);
        }
        hosts.stream()
            .filter(host -> host.getKey().equals(email))
            .forEach(host -> account.owns(host.getValue()));
      });
      out.println(running.baseUri());
      out.flush();
      awaitEnd(in);
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
