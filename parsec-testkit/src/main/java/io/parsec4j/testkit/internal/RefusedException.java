// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

/** Says that bytes are not a request the server reads on; carries the last answer on that connection. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  RefusedException(int status, String text) {
    // Refusals are part of the normal flow, so they do without a stack trace.
    super(text, null, false, false);
    this.answer = Answer.error(status, text);
  }

  Answer answer() {
    return answer;
  }
}
