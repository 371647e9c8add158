// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.testkit.contract.TransportCapability;
import io.parsec4j.testkit.contract.TransportContract;
import java.util.EnumSet;
import java.util.Set;

/** What the JDK's client makes impossible is left out; {@link JdkTransport} tells its users. */
class JdkTransportContractTest extends TransportContract {
  private static final int CLOSEABLE_SINCE = 21;

  @Override
  protected Transport create(TransportOptions options) {
    return JdkTransport.create(options);
  }

  @Override
  protected Set<TransportCapability> capabilities() {
    Set<TransportCapability> capabilities = EnumSet.of(
        TransportCapability.CONNECTION_REUSE, TransportCapability.ENDS_WITH_DERIVED_STAGES);
    if (Runtime.version().feature() >= CLOSEABLE_SINCE) {
      capabilities.add(TransportCapability.CLOSES_BROKEN_ANSWERS);
      capabilities.add(TransportCapability.RELEASES_AT_ONCE);
    }
    return capabilities;
  }
}
