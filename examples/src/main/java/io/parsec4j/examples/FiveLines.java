// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;

/** The shortest true use: sign in, list the desktops. */
public final class FiveLines {
  private FiveLines() {}

  /**
   * Asks for a password and lists the desktops of its account.
   *
   * @param args the e-mail address of the account
   */
  public static void main(String[] args) {
    char[] password = requireNonNull(System.console(), "run this in a terminal")
        .readPassword("Password of %s: ", args[0]);
    listDesktops(args[0], password);
  }

  static void listDesktops(String email, char[] password) {
    try (ParsecClient parsec = ParsecClient.create()) {
      Session session = parsec.signIn(Credentials.of(email, password));
      HostPage page = parsec.hosts(session, HostQuery.desktop());
      for (Host host : page) System.out.println(host.name() + "  " + host.peerId());
    }
  }
}
