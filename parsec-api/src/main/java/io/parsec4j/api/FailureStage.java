// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/** How far an exchange with the service had come when it failed. */
public enum FailureStage {
  /** Name look-up, the connection or a proxy failed: no byte of the request can have left this machine. */
  CONNECT,
  /** The TLS handshake failed or the peer's certificate was refused: no byte of the request was sent. */
  TLS,
  /** The request may have been sent, and no complete, well-formed answer came back. */
  EXCHANGE,
  /** A time limit ended the exchange. */
  TIMEOUT,
  /** The answer was larger than allowed and was cut off. */
  TOO_LARGE
}
