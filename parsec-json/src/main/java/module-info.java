// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON codec of parsec4j: Jakarta JSON Binding with Yasson, over the tokens of Parsson.
 *
 * @uses jakarta.json.spi.JsonProvider to obtain Parsson, which exports no other way to itself
 * @provides io.parsec4j.api.spi.CodecProvider under the name {@code jsonb}
 */
module io.parsec4j.json {
  requires transitive io.parsec4j.api;
  requires jakarta.json;
  requires jakarta.json.bind;
  requires org.eclipse.parsson;
  requires org.eclipse.yasson;
  requires static org.jspecify;

  exports io.parsec4j.json;

  uses jakarta.json.spi.JsonProvider;

  provides io.parsec4j.api.spi.CodecProvider with
      io.parsec4j.json.JsonbCodecProvider;
}
