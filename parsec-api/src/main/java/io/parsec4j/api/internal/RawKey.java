// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.KeySource;
import java.util.Arrays;

/** A key that the application has. */
public final class RawKey implements KeySource {
  private final byte[] key;
  private boolean wiped;

  public RawKey(byte[] key) {
    if (key.length != SessionCipher.KEY_BYTES) {
      throw new IllegalArgumentException(
          "key must have " + SessionCipher.KEY_BYTES + " bytes, has " + key.length);
    }
    this.key = key.clone();
  }

  @Override
  public synchronized byte[] key(byte[] salt) {
    if (wiped) {
      throw new IllegalStateException(
          "the key source was closed, which wiped the key; create a new one");
    }
    return key.clone();
  }

  @Override
  public synchronized void close() {
    Arrays.fill(key, (byte) 0);
    wiped = true;
  }

  /** {@return a fixed text without the key} */
  @Override
  public String toString() {
    return "KeySource[…]";
  }
}
