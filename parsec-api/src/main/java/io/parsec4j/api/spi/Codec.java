// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

/**
 * Turns the values of the Parsec HTTP API into JSON and back.
 *
 * <p>The list of types is closed. A codec encodes {@link SignInBody}, {@link AuthCodeBody}, {@link ApprovalBody} and
 * {@link EnterpriseSessionBody}, and decodes:
 *
 * <ul>
 *   <li>{@link io.parsec4j.api.Session}: the session ID from {@code data.id} (documented dialect, approval of an auth
 *       code), {@code session_id} (live dialect) or {@code session.id} (enterprise), whichever is there, with
 *       {@code user_id}, {@code host_peer_id}, {@code client_peer_id}, {@code instance_id}, {@code roles} and
 *       {@code expires_at} where they are;
 *   <li>{@link io.parsec4j.api.HostPage}: {@code data}, where {@code null} means no hosts, and {@code has_more};
 *   <li>{@link io.parsec4j.api.AuthCode}: {@code verification_uri}, {@code user_code}, {@code hash}, {@code expires_at}
 *       and {@code interval} of {@code data}; the last, in seconds, is optional;
 *   <li>{@link io.parsec4j.api.Account}: {@code id} of {@code data}, with {@code name}, {@code email}, {@code warp} and
 *       {@code has_tfa} where they are;
 *   <li>{@link ErrorBody}: {@code error}, {@code tfa_required} and {@code tfa_type}, each optional.
 * </ul>
 *
 * <p>It ignores fields that it does not know, takes {@code null} for absent, and accepts any text as a
 * {@link io.parsec4j.api.HostMode}. A field that is missing where it must not be, above all a session ID or
 * {@code peer_id}, is an error that names it. Points in time are whole seconds since 1970. It ends in time proportional
 * to the input whatever the input is, numbers are exact or refused, and it may be used by any number of threads at once.
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
