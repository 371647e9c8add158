// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WireConnection;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first message of a TLS client, and the answer of a server that knows nothing newer than TLS 1.1. */
final class ClientHello {
  private static final int RECORD_HEADER_BYTES = 5;

  /** Headers of record and handshake message, version, random. */
  private static final int SESSION_ID_AT = RECORD_HEADER_BYTES + 4 + 2 + 32;

  /** ECDHE and plain RSA with AES and CBC: what a server of that age would choose. */
  private static final List<Integer> OF_THAT_AGE =
      List.of(0xc009, 0xc00a, 0xc013, 0xc014, 0x002f, 0x0035);

  /** renegotiation_info and extended_master_secret: without them a client may refuse for another reason. */
  private static final byte[] EXTENSIONS =
      Http1.bytes("\u0000\u0009\u00ff\u0001\u0000\u0001\u0000\u0000\u0017\u0000\u0000");

  private final List<Integer> cipherSuites;

  private ClientHello(List<Integer> cipherSuites) {
    this.cipherSuites = cipherSuites;
  }

  @CanIgnoreReturnValue
  static ClientHello read(WireConnection peer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4_096];
    while (!isWhole(bytes.toByteArray())) {
      int n = peer.read(buffer);
      if (n < 0) {
        throw new EOFException("the peer ended within its first message");
      }
      bytes.write(buffer, 0, n);
    }
    byte[] record = bytes.toByteArray();
    int at = SESSION_ID_AT + 1 + record[SESSION_ID_AT];
    List<Integer> suites = new ArrayList<>();
    int end = at + 2 + number(record, at);
    for (at += 2; at < end; at += 2) {
      suites.add(number(record, at));
    }
    return new ClientHello(suites);
  }

  /** A ServerHello of the version 3.{@code minor}, which is 1 for TLS 1.0 and 2 for TLS 1.1. */
  byte[] answer(int minor) {
    int suite =
        OF_THAT_AGE.stream().filter(cipherSuites::contains).findFirst().orElse(cipherSuites.get(0));
    byte[] hello = Http1.join(
        new byte[] {3, (byte) minor},
        new byte[32],
        new byte[] {0, (byte) (suite >> 8), (byte) suite, 0},
        EXTENSIONS);
    byte[] message = Http1.join(new byte[] {2, 0, 0, (byte) hello.length}, hello);
    return Http1.join(new byte[] {0x16, 3, (byte) minor, 0, (byte) message.length}, message);
  }

  private static boolean isWhole(byte[] bytes) {
    return bytes.length >= RECORD_HEADER_BYTES
        && bytes.length >= RECORD_HEADER_BYTES + number(bytes, RECORD_HEADER_BYTES - 2);
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
