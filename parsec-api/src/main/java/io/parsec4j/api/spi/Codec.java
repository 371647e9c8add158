// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

/**
 * Turns the values of the Parsec HTTP API into JSON and back.
 *
 * <p>The list of types is closed. A codec encodes {@link SignInBody}, and decodes:
 *
 * <ul>
 *   <li>{@link io.parsec4j.api.Session}: the session ID from {@code data.id} (documented dialect) or
 *       {@code session_id} (live dialect), whichever is there, with {@code user_id}, {@code host_peer_id} and
 *       {@code instance_id} where they are;
 *   <li>{@link io.parsec4j.api.HostPage}: {@code data}, where {@code null} means no hosts, and {@code has_more};
 *   <li>{@link ErrorBody}: {@code error}, {@code tfa_required} and {@code tfa_type}, each optional.
 * </ul>
 *
 * <p>It ignores fields that it does not know, takes {@code null} for absent, and accepts any text as a
 * {@link io.parsec4j.api.HostMode}. A missing session ID or {@code peer_id} is an error that names the field. It ends
 * in time proportional to the input whatever the input is, numbers are exact or refused, and it may be used by any
 * number of threads at once.
 */
public interface Codec {

  /**
   * Writes a value as JSON in UTF-8.
   *
   * @param value of one of the types above
   * @return the bytes, which the caller may overwrite
   * @throws IllegalArgumentException if the type is not one of those above
   */
  byte[] encode(Object value);

  /**
   * Reads a value from JSON in UTF-8 without a byte order mark.
   *
   * @param <T> the type to read
   * @param json the whole text
   * @param type one of the types above
   * @return the value
   * @throws CodecException if the bytes are not one JSON text of that type
   * @throws IllegalArgumentException if the type is not one of those above
   */
  <T> T decode(byte[] json, Class<T> type);
}
