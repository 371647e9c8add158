// SPDX-License-Identifier: Apache-2.0
/**
 * The Parsec HTTP API for Java: the client and its contracts, free of dependencies.
 *
 * @uses io.parsec4j.api.spi.TransportProvider to find a transport when none is handed in
 * @uses io.parsec4j.api.spi.CodecProvider to find a codec when none is handed in
 */
module io.parsec4j.api {
  requires static org.jspecify;

  exports io.parsec4j.api;
  exports io.parsec4j.api.spi;

  uses io.parsec4j.api.spi.CodecProvider;
  uses io.parsec4j.api.spi.TransportProvider;
}
