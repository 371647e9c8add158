// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/** A call of the Parsec HTTP API. Later versions add constants for the calls that they add. */
public enum Operation {
  /** {@code POST /v1/auth}: e-mail, password and two-factor code for a session. */
  SIGN_IN("sign-in"),
  /** {@code GET /v2/hosts}: the hosts that a session may connect to. */
  HOSTS("hosts");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** {@return the name in messages: {@code sign-in}, {@code hosts}} */
  @Override
  public String toString() {
    return text;
  }
}
