// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The layout of a session file: a header of 38 bytes in the clear, and what it says how to open.
 *
 * <p>The header is {@code P4JS}, version (1 byte), kind of protection (1), iterations (4, big-endian), salt (16), nonce
 * (12).
 */
final class SessionFile {
  static final int SALT_BYTES = 16;
  static final int MIN_ITERATIONS = 100_000;
  static final int MAX_ITERATIONS = 2_000_000;

  private static final byte[] MAGIC = "P4JS".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES =
      MAGIC.length + 1 + 1 + Integer.BYTES + SALT_BYTES + SessionCipher.NONCE_BYTES;

  private final Protection protection;
  private final int iterations;
  private final byte[] salt;
  private final byte[] nonce;
  private final byte[] header;
  private final byte[] sealed;

  private SessionFile(byte[] bytes) throws CorruptSessionException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    if (bytes.length < HEADER_BYTES || !Arrays.equals(take(in, magic), MAGIC)) {
      throw new CorruptSessionException("is not a session file, or was damaged");
    }
    byte version = in.get();
    if (version != VERSION) {
      throw new CorruptSessionException("has version " + version + " of the format, this library"
          + " reads version " + VERSION + "; if a later one wrote it, update");
    }
    this.protection = Protection.of(in.get());
    this.iterations = in.getInt();
    if (protection == Protection.PASSPHRASE
        ? iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS
        : iterations != 0) {
      throw new CorruptSessionException(
          "asks for a number of iterations that this library does not accept, or was damaged");
    }
    this.salt = take(in, new byte[SALT_BYTES]);
    this.nonce = take(in, new byte[SessionCipher.NONCE_BYTES]);
    this.header = Arrays.copyOf(bytes, HEADER_BYTES);
    this.sealed = take(in, new byte[in.remaining()]);
  }

  static SessionFile parse(byte[] bytes) throws CorruptSessionException {
    return new SessionFile(bytes);
  }

  static byte[] header(Protection protection, int iterations, byte[] salt, byte[] nonce) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .put(MAGIC)
        .put(VERSION)
        .put(protection.id)
        .putInt(iterations)
        .put(salt)
        .put(nonce)
        .array();
  }

  static byte[] join(byte[] header, byte[] sealed) {
    return ByteBuffer.allocate(header.length + sealed.length)
        .put(header)
        .put(sealed)
        .array();
  }

  private static byte[] take(ByteBuffer in, byte[] bytes) {
    in.get(bytes);
    return bytes;
  }

  Protection protection() {
    return protection;
  }

  int iterations() {
    return iterations;
  }

  byte[] salt() {
    return salt;
  }

  byte[] nonce() {
    return nonce;
  }

  byte[] header() {
    return header;
  }

  byte[] sealed() {
    return sealed;
  }

  /** What a file is protected by, and how a store is told so. */
  enum Protection {
    PLAIN(0, "ownerOnlyPlain()"),
    PASSPHRASE(1, "key(KeySource.passphrase(...))"),
    KEY(2, "key(...) and another source than a passphrase");

    private final byte id;
    private final String setting;

    Protection(int id, String setting) {
      this.id = (byte) id;
      this.setting = setting;
    }

    static Protection of(byte id) throws CorruptSessionException {
      for (Protection protection : values()) {
        if (protection.id == id) {
          return protection;
        }
      }
      throw new CorruptSessionException("has an unknown kind of protection, or was damaged");
    }

    /** Refuses a file of another protection: a store with a key must not take what anybody could have written. */
    void require(SessionFile file) throws CorruptSessionException {
      if (file.protection != this) {
        throw new CorruptSessionException("was written by a store with " + file.protection.setting
            + ", this one has " + setting + "; to move its session, load and clear it there");
      }
    }
  }
}
