// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

/** What becomes of a connection that was accepted; what breaks it does so when the peer has sent its first byte. */
public enum Reception {
  SERVED,
  RESET,
  CLOSED,
  STALLED,
  /** Instead of a TLS handshake. */
  ANSWERED_IN_PLAIN_TEXT,
  /** Instead of a TLS handshake. */
  HANDSHAKE_STALLED,
  /** Instead of a TLS handshake. */
  HANDSHAKE_RESET,
  /** Instead of a TLS handshake. */
  HANDSHAKE_CLOSED
}
