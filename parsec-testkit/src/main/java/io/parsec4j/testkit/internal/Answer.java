// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What a request is answered: a status, a JSON body, and at most one more header. Immutable. */
public final class Answer {
  private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
  private static final byte[] END_OF_LINE = {'\r', '\n'};
  private static final byte[] NOTHING = {};
  private static final byte[][] HEADS = new byte[600][];

  static {
    head(200, "OK");
    head(201, "Created");
    head(400, "Bad Request");
    head(401, "Unauthorized");
    head(403, "Forbidden");
    head(404, "Not Found");
    head(405, "Method Not Allowed");
    head(411, "Length Required");
    head(413, "Content Too Large");
    head(415, "Unsupported Media Type");
    head(417, "Expectation Failed");
    head(431, "Request Header Fields Too Large");
    head(500, "Internal Server Error");
    head(501, "Not Implemented");
    head(505, "HTTP Version Not Supported");
  }

  private final int status;
  private final byte[] extraField;
  private final byte[] body;

  private Answer(int status, byte[] extraField, byte[] body) {
    this.status = status;
    this.extraField = extraField;
    this.body = body;
  }

  private static void head(int status, String reason) {
    String head = "HTTP/1.1 " + status + " " + reason
        + "\r\nContent-Type: application/json\r\nContent-Length: ";
    HEADS[status] = head.getBytes(US_ASCII);
  }

  /** An answer with a JSON body, which is not copied; the status is one of those listed above. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, NOTHING, body);
  }

  /** An answer whose body has the one member {@code error}. */
  public static Answer error(int status, String text) {
    return json(status, JsonText.write(json -> json.write("error", text)));
  }

  /** The answer 405, naming the one method that the path knows. */
  public static Answer methodNotAllowed(String allowed) {
    return new Answer(
        405,
        ("Allow: " + allowed + "\r\n").getBytes(US_ASCII),
        error(405, "the method must be " + allowed).body);
  }

  public int status() {
    return status;
  }

  /** The bytes that answer a request: one array, because two small writes may cost the peer 40 ms. */
  public byte[] bytes(HttpRequest request) {
    return bytes(!request.method().equals("HEAD"), !request.persistent());
  }

  byte[] bytes(boolean withBody, boolean close) {
    byte[] head = HEADS[status];
    byte[] length = Integer.toString(body.length).getBytes(US_ASCII);
    byte[] connection = close ? CLOSE : NOTHING;
    byte[] content = withBody ? body : NOTHING;
    byte[] all = new byte
        [head.length
            + length.length
            + END_OF_LINE.length
            + extraField.length
            + connection.length
            + END_OF_LINE.length
            + content.length];
    int at = 0;
    for (byte[] part :
        new byte[][] {head, length, END_OF_LINE, extraField, connection, END_OF_LINE, content}) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
