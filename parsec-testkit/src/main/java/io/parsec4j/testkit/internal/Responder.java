// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import java.io.IOException;
import java.net.Socket;

/**
 * Puts an answer onto its connection: the one place through which all bytes of an answer pass, and so the place to
 * damage them on purpose. Called by several connections at once.
 */
@FunctionalInterface
public interface Responder {
  /** Sends every answer as it is, in one write. */
  Responder PLAIN = (socket, request, answer) -> {
    socket.getOutputStream().write(answer.bytes(request));
    return request.persistent();
  };

  /**
   * Sends what the peer is to see.
   *
   * @return whether the connection is to carry another request
   */
  boolean respond(Socket socket, HttpRequest request, Answer answer) throws IOException;
}
