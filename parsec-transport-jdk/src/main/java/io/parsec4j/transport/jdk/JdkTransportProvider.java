// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportProvider;

/** Makes {@link JdkTransport} known under the name {@code jdk}, with priority -100. */
public final class JdkTransportProvider implements TransportProvider {
  private static final int PRIORITY = -100;

  /** Called by {@link java.util.ServiceLoader}. */
  public JdkTransportProvider() {}

  @Override
  public String name() {
    return "jdk";
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  @Override
  public Transport create(TransportOptions options) {
    return JdkTransport.create(options);
  }
}
