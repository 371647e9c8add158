// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;

/** A session file that yields no session; the message continues a sentence that begins with its path. */
public final class CorruptSessionException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptSessionException(String message) {
    super(message);
  }
}
