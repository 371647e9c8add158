// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The service's demand for a two-factor code, as a sign-in in the form of a conversation puts it to the user. Immutable. */
public final class TwoFactorChallenge {
  private final int number;
  private final @Nullable String tfaType;
  private final boolean codeRejected;

  TwoFactorChallenge(int number, Optional<String> tfaType, boolean codeRejected) {
    this.number = number;
    this.tfaType = tfaType.orElse(null);
    this.codeRejected = codeRejected;
  }

  /** {@return the kind of code, for example {@code totp}; empty if the service did not tell} */
  public Optional<String> tfaType() {
    return Optional.ofNullable(tfaType);
  }

  /** {@return whether the code that was given before was refused: tell the user} */
  public boolean codeRejected() {
    return codeRejected;
  }

  /** {@return how often the user was asked with this, from 1 to 3} */
  public int number() {
    return number;
  }

  /** {@return number and kind} */
  @Override
  public String toString() {
    return "TwoFactorChallenge[" + number + ", " + tfaType().orElse("?")
        + (codeRejected ? ", code rejected]" : "]");
  }
}
