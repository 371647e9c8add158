// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.Session;
import org.jspecify.annotations.Nullable;

/** What came of a sign-in: a session, the demand for a code, or a refusal. Immutable. */
final class SignInOutcome {
  static final SignInOutcome REFUSED = new SignInOutcome(null, false, null);

  private final @Nullable Session session;
  private final boolean codeRequired;
  private final @Nullable String tfaType;

  private SignInOutcome(@Nullable Session session, boolean codeRequired, @Nullable String tfaType) {
    this.session = session;
    this.codeRequired = codeRequired;
    this.tfaType = tfaType;
  }

  static SignInOutcome of(Session session) {
    return new SignInOutcome(session, false, null);
  }

  static SignInOutcome codeRequired(@Nullable String tfaType) {
    return new SignInOutcome(null, true, tfaType);
  }

  @Nullable
  Session session() {
    return session;
  }

  boolean codeRequired() {
    return codeRequired;
  }

  @Nullable
  String tfaType() {
    return tfaType;
  }
}
