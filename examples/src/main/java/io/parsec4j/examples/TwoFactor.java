// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.TwoFactorRequiredException;
import java.util.function.UnaryOperator;

/** Two-factor sign-in: as a conversation, or as an outcome that the program handles itself. */
final class TwoFactor {
  private final ParsecClient parsec;
  private final UnaryOperator<String> console;

  TwoFactor(ParsecClient parsec, UnaryOperator<String> console) {
    this.parsec = parsec;
    this.console = console;
  }

  Session asConversation(Credentials credentials) {
    return parsec.signIn(
        credentials, challenge -> ask("Code (" + challenge.tfaType().orElse("?") + "): "));
  }

  Session asOutcome(Credentials credentials) {
    try {
      return parsec.signIn(credentials);
    } catch (TwoFactorRequiredException e) {
      return parsec.signIn(credentials.withTfaCode(ask("Code: ")));
    }
  }

  private String ask(String question) {
    return console.apply(question);
  }
}
