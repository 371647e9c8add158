// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.testkit.internal.wire.Http1;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A request body that counts how often its bytes were asked for; like the client's, it hands them out once. */
final class CountedBody implements Supplier<byte[]> {
  private final byte[] bytes;
  private final boolean refusing;
  private final AtomicInteger asked = new AtomicInteger();

  private CountedBody(byte[] bytes, boolean refusing) {
    this.bytes = bytes;
    this.refusing = refusing;
  }

  static CountedBody of(String text) {
    return new CountedBody(Http1.bytes(text), false);
  }

  static CountedBody of(byte[] bytes) {
    return new CountedBody(bytes, false);
  }

  /** Never hands anything out, as the client does once it has given a call up. */
  static CountedBody refusing(String text) {
    return new CountedBody(Http1.bytes(text), true);
  }

  int length() {
    return bytes.length;
  }

  @Override
  public byte[] get() {
    if (asked.incrementAndGet() > 1 || refusing) {
      throw new IllegalStateException("the body was handed out or the call was given up");
    }
    return bytes;
  }

  void assertNeverAsked(String promise) {
    assertEquals(
        0, asked.get(), promise + "; openBody() must not be called before a connection stands");
  }

  void assertAskedAtMostOnce() {
    assertTrue(
        asked.get() <= 1, () -> "openBody() must be called once at most, was " + asked.get());
  }

  void assertAskedOnce() {
    assertEquals(1, asked.get(), "openBody() must be called once for a body that is sent");
  }
}
