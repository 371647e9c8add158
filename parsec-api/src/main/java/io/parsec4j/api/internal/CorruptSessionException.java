// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;

/** A session file that yields no session; the message continues a sentence that begins with its path. */
public final class CorruptSessionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean intact;

  CorruptSessionException(String message) {
    this(message, false);
  }

  private CorruptSessionException(String message, boolean intact) {
    super(message);
    this.intact = intact;
  }

  /** Returns what tells of a file that has a good session, which is another store's. */
  static CorruptSessionException ofAnotherStore(String message) {
    return new CorruptSessionException(message, true);
  }

  /** Returns whether the file has a good session of another store. */
  public boolean isIntact() {
    return intact;
  }
}
