// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.Session;
import io.parsec4j.api.TwoFactorChallenge;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The main job as a command: signs in, asking for the two-factor code when the service wants one, and prints the hosts.
 *
 * <p>Exit status 0 if the hosts were printed, 1 if the sign-in was refused or the service could not be reached, 2 if the
 * command was called wrongly.
 */
public final class ListHosts {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Prompt prompt;

  ListHosts(PrintStream out, PrintStream err, Prompt prompt) {
    this.out = out;
    this.err = err;
    this.prompt = prompt;
  }

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param args options; {@code --help} lists them
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new ListHosts(out, err, new ConsolePrompt(System.console())).run(args));
  }

  int run(String... args) {
    try {
      Arguments arguments = Arguments.parse(args);
      if (arguments.help()) {
        out.print(Arguments.HELP);
      } else {
        print(
            arguments,
            arguments.live().isPresent()
                ? live(arguments, arguments.live().get())
                : scene(arguments));
      }
      return OK;
    } catch (WrongUsageException | ParsecConfigurationException e) {
      err.println("list-hosts: " + e.getMessage());
      return WRONG_USAGE;
    } catch (ParsecException e) {
      err.println("list-hosts: " + e.getMessage());
      return FAILED;
    }
  }

  private HostPage live(Arguments arguments, String email) {
    char[] password = prompt.password("Password of " + email + ": ");
    try (Transport transport = transport(arguments);
        ParsecClient parsec =
            arguments.address(ParsecClient.builder()).transport(transport).build();
        Credentials credentials = Credentials.of(email, password)) {
      return signInAndList(parsec, credentials, this::ask);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private HostPage scene(Arguments arguments) {
    try (Scene scene = Scene.begin();
        Transport transport = transport(arguments);
        ParsecClient parsec =
            ParsecClient.builder().baseUri(scene.address()).transport(transport).build();
        Credentials credentials = scene.credentials()) {
      err.println("A fake Parsec server runs at " + scene.address() + "; " + credentials.email()
          + " signs in.");
      return signInAndList(parsec, credentials, challenge -> {
        String code = scene.currentCode();
        err.println(question(challenge) + code);
        return code;
      });
    }
  }

  private static HostPage signInAndList(
      ParsecClient parsec, Credentials credentials, Function<TwoFactorChallenge, String> codes) {
    Session session = parsec.signIn(credentials, codes);
    return parsec.hosts(session, HostQuery.any());
  }

  private String ask(TwoFactorChallenge challenge) {
    if (challenge.codeRejected()) {
      err.println("That code was not accepted.");
    }
    return prompt.code(question(challenge));
  }

  private static String question(TwoFactorChallenge challenge) {
    return "Two-factor code (" + challenge.tfaType().orElse("kind not told") + "): ";
  }

  private void print(Arguments arguments, HostPage page) {
    out.print(arguments.json() ? HostsAsJson.format(page) : HostTable.format(page));
    out.flush();
  }

  private static Transport transport(Arguments arguments) {
    return arguments.apache() ? ApacheTransport.create() : JdkTransport.create();
  }
}
