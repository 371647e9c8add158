// SPDX-License-Identifier: Apache-2.0
/**
 * The transport of parsec4j on the HTTP client of the JDK.
 *
 * @provides io.parsec4j.api.spi.TransportProvider under the name {@code jdk}
 */
module io.parsec4j.transport.jdk {
  requires transitive io.parsec4j.api;
  requires transitive java.net.http;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.parsec4j.transport.jdk;

  provides io.parsec4j.api.spi.TransportProvider with
      io.parsec4j.transport.jdk.JdkTransportProvider;
}
