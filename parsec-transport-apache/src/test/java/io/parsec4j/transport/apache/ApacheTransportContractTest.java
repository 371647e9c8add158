// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.testkit.contract.TransportCapability;
import io.parsec4j.testkit.contract.TransportContract;
import java.util.EnumSet;
import java.util.Set;

/** Everything but connections that are kept, of which {@link ApacheTransport} has none on purpose. */
class ApacheTransportContractTest extends TransportContract {

  @Override
  protected Transport create(TransportOptions options) {
    return ApacheTransport.create(options);
  }

  @Override
  protected Set<TransportCapability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(TransportCapability.CONNECTION_REUSE));
  }
}
