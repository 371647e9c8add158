// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.util.Arrays;

/** Bytes that compare by what they are and print by how many they are. Immutable: they are copied on the way in. */
final class Bytes {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static Bytes copyOf(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** The bytes themselves, not to be changed. */
  byte[] array() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes && Arrays.equals(bytes, ((Bytes) other).bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length == 1 ? "1 byte" : bytes.length + " bytes";
  }
}
