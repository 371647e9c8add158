// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.KeySource;

/** Turns the payload of a session file into the bytes of the file and back; safe for use by several threads. */
public interface SessionSeal {

  /** Returns the bytes of a file. */
  byte[] seal(byte[] payload);

  /** Returns the payload of a file that the same kind of seal has made. */
  byte[] open(byte[] file) throws CorruptSessionException;

  /** Returns a seal that notices damage, and no more. */
  static SessionSeal plain() {
    return new PlainSeal();
  }

  /** Returns a seal that only the key opens. */
  static SessionSeal keyed(KeySource source) {
    return new KeyedSeal(source);
  }
}
