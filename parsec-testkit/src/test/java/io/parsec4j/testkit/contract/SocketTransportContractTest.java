// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;

/** A contract that no transport could keep would prove nothing: this one keeps all of it, with every capability. */
class SocketTransportContractTest extends TransportContract {
  @Override
  protected Transport create(TransportOptions options) {
    return SocketTransport.sound(options);
  }
}
