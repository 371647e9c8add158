// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

/**
 * What a transport can do beyond what its HTTP library may make impossible. Without a capability no case is skipped: the
 * case then pins what is promised instead.
 */
public enum TransportCapability {

  /**
   * Fields of different names keep their order, in requests and in answers.
   *
   * <p>Without it: the fields of one name keep their order among themselves.
   */
  FIELD_ORDER,

  /**
   * A request is put on the wire once, also if the connection ends before the first byte of the answer.
   *
   * <p>Without it: a GET may be put on the wire twice in that case, never three times, and a POST still once.
   */
  NO_SILENT_REPEAT,

  /**
   * Connections are kept for the next request to the same address.
   *
   * <p>Without it: every request has a connection of its own, which is closed after the answer.
   */
  CONNECTION_REUSE,

  /**
   * What a server sends without having been asked is never taken for the answer of the next request, not even if it comes
   * while that request is being sent.
   *
   * <p>Without it: what came before the next request is sent is never taken for its answer.
   */
  NO_STRAY_ANSWERS,

  /**
   * A connection whose answer was not HTTP is closed at once.
   *
   * <p>Without it: it may stay open, and is never used again.
   */
  CLOSES_BROKEN_ANSWERS,

  /**
   * The exchange is closed on the wire however its future is completed by whoever has it ({@code orTimeout},
   * {@code complete}, {@code completeExceptionally}, {@code cancel(false)}), and if a stage derived from it is cancelled.
   *
   * <p>Without it: {@code cancel(true)} on the future itself closes it, and a decorator that returns another future passes
   * that on.
   */
  ENDS_WITH_DERIVED_STAGES,

  /**
   * {@code close()} leaves no thread and no socket.
   *
   * <p>Without it: threads and sockets are gone when the closed transport is unreachable and the garbage collector has
   * run; until then there are no more than two threads.
   */
  RELEASES_AT_ONCE,

  /**
   * Each address of a host is tried until one takes the connection.
   *
   * <p>Without it: only the first one is tried, and the exchange fails with stage CONNECT.
   */
  ALL_ADDRESSES,

  /**
   * A chunk size that is missing, has anything but hexadecimal digits in it or is beyond 2^63 is refused.
   *
   * <p>Without it: {@code 0x5} or nothing may be read as 0 and a size as its last 32 bits, so that the answer has fewer
   * bytes than were sent, or none comes until the exchange is cancelled; the answer never has other bytes, and a size
   * that begins with anything but a digit is refused.
   */
  STRICT_CHUNK_SIZES,

  /**
   * The bytes of a body are asked for only when the TLS handshake is complete, also if a server ends it with FIN.
   *
   * <p>Without it: they may be asked for in that case, and are not sent; the failure has stage TLS all the same.
   */
  BODY_AFTER_HANDSHAKE,

  /**
   * The limit for connecting covers the time in which a proxy answers to CONNECT.
   *
   * <p>Without it: only {@code cancel(true)} ends that wait.
   */
  PROXY_WITHIN_CONNECT_LIMIT,

  /**
   * A connection on which HTTP/1.0 was answered, and nothing said of keeping it, is closed after the answer.
   *
   * <p>Without it: it is kept for as long as the server leaves it open.
   */
  CLOSES_HTTP_1_0
}
