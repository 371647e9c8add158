// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.AuthCode;
import io.parsec4j.api.AuthCodeExpiredException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import java.io.PrintStream;

/** The way in for software that is given to others: the user approves it in a browser, and it never sees a password. */
public final class SignInWithLink {
  private static final int MAX_CODES = 3;

  private SignInWithLink() {}

  /**
   * Signs a user in and says whose session it is.
   *
   * @param args the game ID that the vendor gave to the program
   */
  public static void main(String[] args) {
    try (ParsecClient parsec = ParsecClient.create()) {
      Session session = signIn(parsec, args[0]);
      System.out.println("Hello " + parsec.account(session).name());
    }
  }

  static Session signIn(ParsecClient parsec, String gameId) {
    AuthCode code = parsec.requestAuthCode(gameId);
    System.out.println("Open " + code.verificationUri() + " and type " + code.userCode());
    return parsec.awaitApproval(code);
  }

  /** Says what goes wrong meanwhile, and shows a new code when one expires; a denial is the user's answer. */
  static Session signInPatiently(ParsecClient parsec, String gameId, PrintStream console) {
    for (int codes = 1; ; codes++) {
      AuthCode code = parsec.requestAuthCode(gameId);
      console.println("Open " + code.verificationUri() + " and type " + code.userCode());
      try {
        return parsec.awaitApproval(
            code,
            poll -> poll.failure()
                .ifPresent(failure -> console.println("Still waiting: " + failure.getMessage())));
      } catch (AuthCodeExpiredException e) {
        if (codes == MAX_CODES) {
          throw e;
        }
      }
    }
  }
}
