// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

/** Asks the user. */
interface Prompt {

  /** Reads a password without showing it. */
  char[] password(String question);

  /** Reads a two-factor code. */
  String code(String question);
}
