// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service wants a two-factor code: status 403 with {@code tfa_required}.
 *
 * <p>What to do: ask the user and sign in again with {@link Credentials#withTfaCode(String)}, or let
 * {@link ParsecClient#signIn(Credentials, java.util.function.Function)} hold the conversation.
 */
public final class TwoFactorRequiredException extends ParsecApiException {
  private static final long serialVersionUID = 1L;

  /** The kind of code, or null. */
  private final @Nullable String tfaType;

  /** Whether a code had been sent. */
  private final boolean codeRejected;

  /**
   * Creates a failure.
   *
   * @param message what happened, free of secrets
   * @param call which call it was
   * @param answer what the service said
   * @param tfaType the kind of code, if the service told
   * @param codeRejected whether a code had been sent, which then was wrong
   */
  public TwoFactorRequiredException(
      String message,
      CallDetails call,
      ErrorAnswer answer,
      Optional<String> tfaType,
      boolean codeRejected) {
    super(message, call, answer);
    this.tfaType = requireNonNull(tfaType, "tfaType").orElse(null);
    this.codeRejected = codeRejected;
  }

  /** {@return the kind of code, for example {@code totp}; empty if the service did not tell} */
  public Optional<String> tfaType() {
    return Optional.ofNullable(tfaType);
  }

  /** {@return whether a code had been sent: it was wrong, or had been used before} */
  public boolean codeRejected() {
    return codeRejected;
  }
}
