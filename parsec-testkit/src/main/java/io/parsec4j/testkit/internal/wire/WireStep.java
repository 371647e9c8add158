// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import java.io.IOException;

/** What a port does with one request that it has read to its end. */
@FunctionalInterface
public interface WireStep {

  /**
   * Answers, or does not.
   *
   * @param request the request
   * @param peer the connection on which it came
   * @throws IOException if the peer ends; the port takes it for the end of the connection
   * @throws InterruptedException if the port is closed
   */
  void answer(WireRequest request, WireConnection peer) throws IOException, InterruptedException;
}
