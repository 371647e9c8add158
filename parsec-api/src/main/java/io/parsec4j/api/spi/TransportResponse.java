// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

/** One complete HTTP answer: status, headers in the order in which they came, and the body as it was sent. */
public final class TransportResponse {
  private final int status;
  private final Headers headers;
  private final byte[] body;

  private TransportResponse(int status, Headers headers, byte[] body) {
    this.status = status;
    this.headers = requireNonNull(headers, "headers");
    this.body = requireNonNull(body, "body");
  }

  /**
   * Creates an answer.
   *
   * @param status the status code as it stood on the wire, whatever it means
   * @param headers all fields of the head; none of a trailer
   * @param body the bytes, not copied and not to be changed afterwards; empty if there was none
   * @return the answer
   */
  public static TransportResponse of(int status, Headers headers, byte[] body) {
    return new TransportResponse(status, headers, body);
  }

  /** {@return the status code as it stood on the wire} */
  public int status() {
    return status;
  }

  /** {@return the headers in the order in which they came} */
  public Headers headers() {
    return headers;
  }

  /** {@return the bytes of the body, not copied: not to be changed; empty if there was none} */
  public byte[] body() {
    return body;
  }

  /** {@return the status and the size of the body; never its text or a header value} */
  @Override
  public String toString() {
    return "TransportResponse[" + status + ", " + body.length + " bytes]";
  }
}
