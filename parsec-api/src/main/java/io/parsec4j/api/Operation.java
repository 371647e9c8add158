// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/** A call of the Parsec HTTP API. Later versions add constants for the calls that they add. */
public enum Operation {
  /** {@code POST /v1/auth}: e-mail, password and two-factor code for a session. */
  SIGN_IN("sign-in"),
  /** {@code GET /v2/hosts}: the hosts that a session may connect to. */
  HOSTS("hosts"),
  /** {@code POST /auth/codes}: a code that the user approves in a browser. */
  AUTH_CODE("auth code"),
  /** {@code POST /auth/sessions}: whether a code was approved; a wait for approval is several of these calls. */
  APPROVAL("approval"),
  /** {@code POST /enterprise/sessions}: a team's API key for a session. */
  ENTERPRISE_SESSION("enterprise session"),
  /** {@code GET /me}: the account behind a session. */
  ACCOUNT("account");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** {@return the name in messages, for example {@code sign-in} or {@code enterprise session}} */
  @Override
  public String toString() {
    return text;
  }
}
