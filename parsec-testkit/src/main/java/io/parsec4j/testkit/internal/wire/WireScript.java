// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import java.io.IOException;

/** What a port does with one accepted connection. When it returns, the port reads on until the peer ends. */
@FunctionalInterface
public interface WireScript {

  /**
   * Plays the script on the connection's own thread.
   *
   * @param peer the accepted connection
   * @throws IOException if the peer ends; the port takes it for the end of the connection
   * @throws InterruptedException if the port is closed
   */
  void play(WireConnection peer) throws IOException, InterruptedException;
}
