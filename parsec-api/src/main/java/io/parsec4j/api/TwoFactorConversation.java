// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How often a user is asked for a code, and what the refusals in between mean; for one sign-in, on one thread at a time. */
final class TwoFactorConversation {
  private static final int MAX_CHALLENGES = 3;

  private int asked;
  private Optional<String> tfaType = Optional.empty();

  /** Returns what to ask the user after a failed sign-in, or empty if that failure is the end. */
  Optional<TwoFactorChallenge> next(ParsecException failure) {
    boolean codeRejected;
    if (failure instanceof TwoFactorRequiredException) {
      codeRejected = ((TwoFactorRequiredException) failure).codeRejected();
      tfaType = ((TwoFactorRequiredException) failure).tfaType();
    } else {
      // Once the service has asked for a code, the password was right: a plain refusal then means a
      // wrong code.
      codeRejected = failure instanceof InvalidCredentialsException && asked > 0;
      if (!codeRejected) {
        return Optional.empty();
      }
    }
    if (asked == MAX_CHALLENGES) {
      return Optional.empty();
    }
    asked++;
    return Optional.of(new TwoFactorChallenge(asked, tfaType, codeRejected));
  }

  /** Returns the credentials for the next attempt, or empty if the user gave none. */
  static Optional<Credentials> answer(Credentials credentials, @Nullable String code) {
    return code == null || code.isBlank()
        ? Optional.empty()
        : Optional.of(credentials.withTfaCode(code));
  }
}
