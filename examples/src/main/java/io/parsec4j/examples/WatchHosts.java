// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofSeconds;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionException;

/** Shows the hosts in the terminal as they come and go, until Ctrl+C is pressed or the input ends. */
public final class WatchHosts {
  private WatchHosts() {}

  /**
   * Asks for a password, and for a two-factor code if one is needed, and shows the hosts of the account.
   *
   * @param args the e-mail address of the account
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Prompt prompt = new ConsolePrompt(System.console());
    char[] password = prompt.password("Password of " + args[0] + ": ");
    try (ParsecClient parsec = ParsecClient.create();
        Credentials credentials = Credentials.of(args[0], password)) {
      Session session = parsec.signIn(credentials, challenge -> prompt.code("Code: "));
      watch(parsec, session, new LiveTable(out::print), System.in);
    } catch (ParsecException e) {
      out.println(e.getMessage());
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  static void watch(ParsecClient parsec, Session session, LiveTable table, InputStream in) {
    parsec.watchHosts(session, HostQuery.any(), ofSeconds(10)).subscribe(table);
    Thread reader = new Thread(() -> awaitEndOf(in, table), "end of input");
    reader.setDaemon(true);
    reader.start();
    try {
      table.end().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ParsecException) {
        throw (ParsecException) e.getCause();
      }
      throw e;
    }
  }

  private static void awaitEndOf(InputStream in, LiveTable table) {
    try {
      long unused = in.transferTo(OutputStream.nullOutputStream());
      table.onComplete();
    } catch (IOException e) {
      table.onError(new UncheckedIOException(e));
    }
  }
}
