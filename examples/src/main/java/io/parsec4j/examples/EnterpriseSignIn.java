// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.ApiKey;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/** The way in for a team's server: its API key, from a file that the server alone can read, opens sessions of its users. */
public final class EnterpriseSignIn {
  private EnterpriseSignIn() {}

  /**
   * Creates a session and says when it ends.
   *
   * @param args the file with the key, and the user's external ID
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    try (ParsecClient parsec = ParsecClient.create();
        Reader key = Files.newBufferedReader(Path.of(args[0]))) {
      Session session = signIn(parsec, key, args[1]);
      System.out.println(session.expiresAt().map(end -> "until " + end).orElse("without an end"));
    }
  }

  static Session signIn(ParsecClient parsec, Reader keySource, String externalId)
      throws IOException {
    String line = requireNonNull(new BufferedReader(keySource).readLine(), "there is no key");
    return parsec.createEnterpriseSession(ApiKey.of(line.strip()), externalId);
  }
}
