// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportProvider;

/** Makes {@link ApacheTransport} known under the name {@code apache}, with priority 0. */
public final class ApacheTransportProvider implements TransportProvider {

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public ApacheTransportProvider() {}

  /** {@return {@code apache}} */
  @Override
  public String name() {
    return "apache";
  }

  /** {@return 0, above the bundled transport of the JDK} */
  @Override
  public int priority() {
    return 0;
  }

  /**
   * Creates a transport as {@link ApacheTransport#create(TransportOptions)} does.
   *
   * @throws io.parsec4j.api.ParsecConfigurationException if an HttpClient with a known weakness is on the path
   */
  @Override
  public Transport create(TransportOptions options) {
    return ApacheTransport.create(options);
  }
}
