// SPDX-License-Identifier: Apache-2.0
/**
 * The transport of parsec4j over Apache HttpClient 5.
 *
 * @provides io.parsec4j.api.spi.TransportProvider under the name {@code apache}
 */
module io.parsec4j.transport.apache {
  requires transitive io.parsec4j.api;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.parsec4j.transport.apache;

  provides io.parsec4j.api.spi.TransportProvider with
      io.parsec4j.transport.apache.ApacheTransportProvider;
}
