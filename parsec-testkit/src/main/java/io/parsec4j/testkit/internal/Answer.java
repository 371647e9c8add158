// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;

/** What a request is answered: a status, fields, and a body of some type. Immutable. */
public final class Answer {
  private static final String JSON = "application/json";
  private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
  private static final byte[] END_OF_LINE = {'\r', '\n'};
  private static final byte[] NOTHING = {};
  private static final String[] REASONS = new String[1_000];
  private static final byte[][] JSON_HEADS = new byte[REASONS.length][];

  static {
    reason(200, "OK");
    reason(201, "Created");
    reason(202, "Accepted");
    reason(204, "No Content");
    reason(302, "Found");
    reason(304, "Not Modified");
    reason(400, "Bad Request");
    reason(401, "Unauthorized");
    reason(403, "Forbidden");
    reason(404, "Not Found");
    reason(405, "Method Not Allowed");
    reason(408, "Request Timeout");
    reason(411, "Length Required");
    reason(413, "Content Too Large");
    reason(415, "Unsupported Media Type");
    reason(417, "Expectation Failed");
    reason(429, "Too Many Requests");
    reason(431, "Request Header Fields Too Large");
    reason(500, "Internal Server Error");
    reason(501, "Not Implemented");
    reason(502, "Bad Gateway");
    reason(503, "Service Unavailable");
    reason(504, "Gateway Timeout");
    reason(505, "HTTP Version Not Supported");
  }

  private final int status;
  private final String contentType;
  private final byte[] fields;
  private final byte[] body;

  private Answer(int status, String contentType, byte[] fields, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.fields = fields;
    this.body = body;
  }

  private static void reason(int status, String reason) {
    REASONS[status] = reason;
    JSON_HEADS[status] = startOfHead(status, JSON);
  }

  private static byte[] startOfHead(int status, String contentType) {
    String reason = REASONS[status] == null ? "" : REASONS[status];
    return ("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: " + contentType + "\r\n")
        .getBytes(US_ASCII);
  }

  /** An answer with a JSON body, which is not copied. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, NOTHING, body);
  }

  /** An answer whose body has the one member {@code error}. */
  public static Answer error(int status, String text) {
    return json(status, JsonText.write(json -> json.write("error", text)));
  }

  /** The answer 405, naming the one method that the path knows. */
  public static Answer methodNotAllowed(String allowed) {
    return error(405, "the method must be " + allowed).withField("Allow", allowed);
  }

  /** The answer with the time to wait, rounded up to seconds. */
  public Answer withRetryAfter(Duration wait) {
    long seconds = wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0);
    return withField("Retry-After", Long.toString(seconds));
  }

  public Answer withField(String name, String value) {
    byte[] field = (name + ": " + value + "\r\n").getBytes(US_ASCII);
    return new Answer(status, contentType, join(fields, field), body);
  }

  public Answer withContentType(String other) {
    return new Answer(status, other, fields, body);
  }

  /** The answer with another body, which is not copied. */
  public Answer withBody(byte[] other) {
    return new Answer(status, contentType, fields, other);
  }

  public int status() {
    return status;
  }

  /** The body itself, not to be changed, also if the answer is one that goes without. */
  public byte[] body() {
    return body;
  }

  /** What follows the head in the answer to a request: the body, or nothing where HTTP has none. */
  public byte[] content(HttpRequest request) {
    return request.method().equals("HEAD") || isBodiless() ? NOTHING : body;
  }

  private boolean isBodiless() {
    return status == 204 || status == 304;
  }

  /** The bytes that answer a request: one array, because two small writes may cost the peer 40 ms. */
  public byte[] bytes(HttpRequest request) {
    return bytes(content(request), !request.persistent());
  }

  byte[] closing() {
    return bytes(body, true);
  }

  private byte[] bytes(byte[] content, boolean close) {
    return join(head(framing(), close), content);
  }

  /** The head as it should be. */
  public byte[] head(HttpRequest request) {
    return head(framing(), !request.persistent());
  }

  /** The head with fields of the caller's choice where it says how long the body is. */
  public byte[] head(HttpRequest request, String framing) {
    return head(framing.getBytes(US_ASCII), !request.persistent());
  }

  private byte[] framing() {
    return isBodiless() ? NOTHING : ("Content-Length: " + body.length + "\r\n").getBytes(US_ASCII);
  }

  private byte[] head(byte[] framing, boolean close) {
    boolean known = contentType.equals(JSON) && JSON_HEADS[status] != null;
    return join(
        known ? JSON_HEADS[status] : startOfHead(status, contentType),
        framing,
        fields,
        close ? CLOSE : NOTHING,
        END_OF_LINE);
  }

  /** The parts one after the other. */
  public static byte[] join(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
