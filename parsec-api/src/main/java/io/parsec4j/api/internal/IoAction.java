// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;

/** Something to do with files. */
@FunctionalInterface
public interface IoAction<T> {

  /** Does it. */
  T run() throws IOException;
}
