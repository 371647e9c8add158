// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parsec4j.api.spi.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 requests one after the other from a connection, strictly: what RFC 9112 lets a server refuse is
 * refused, because a client that gets away with it here would fail elsewhere. Used by one thread.
 */
final class RequestReader {
  static final int MAX_HEAD_BYTES = 64 * 1024;
  static final int MAX_FIELDS = 100;
  static final int MAX_BODY_BYTES = 64 * 1024;

  private static final int MAX_BLANK_LINES = 4;
  private static final int MAX_CHUNK_SIZE_DIGITS = 16;
  private static final int MAX_CHUNK_EXTENSION_BYTES = 1024;
  private static final int FIRST_BUFFER_BYTES = 2048;
  private static final byte[] NO_BODY = {};
  private static final boolean[] TOKEN = new boolean[128];

  static {
    "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        .chars()
        .forEach(c -> TOKEN[c] = true);
  }

  private final InputStream in;
  private final Interim interim;
  private final int connection;

  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int start;
  private int end;

  /** Tells the peer, before its body is read, that the body is welcome. */
  @FunctionalInterface
  interface Interim {
    void sendContinue() throws IOException;
  }

  RequestReader(InputStream in, Interim interim, int connection) {
    this.in = in;
    this.interim = interim;
    this.connection = connection;
  }

  /**
   * Waits for the next request.
   *
   * @return the request, or null if the peer ended the connection between two requests
   * @throws RefusedException if what came is not a request that the server reads; nothing more can be read then
   */
  @Nullable
  HttpRequest next() throws IOException, RefusedException {
    int headBytes = awaitHead();
    if (headBytes < 0) {
      return null;
    }
    int endOfHead = start + headBytes;
    int lineEnd = lineEnd(start);

    int methodEnd = indexOf(' ', start, lineEnd);
    int targetEnd = indexOf(' ', methodEnd + 1, lineEnd);
    if (methodEnd == lineEnd || targetEnd == lineEnd || targetEnd == methodEnd + 1) {
      throw new RefusedException(400, "the request line must be a method, a target and a version");
    }
    requireToken(start, methodEnd, "the method");
    boolean http10 = isHttp10(targetEnd + 1, lineEnd);
    String method = text(start, methodEnd);
    String target = target(methodEnd + 1, targetEnd);

    Head head = fields(lineEnd + 2, endOfHead);
    start = endOfHead;
    head.check(http10, method);
    byte[] body = body(head);

    int mark = target.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        head.fields.build(),
        body,
        !http10 && !head.close,
        connection);
  }

  /** Reads until the empty line after the head; returns the length of the head, or -1 at the end of the connection. */
  private int awaitHead() throws IOException, RefusedException {
    int blankLines = 0;
    int line = 0;
    int at = 0;
    while (true) {
      while (start + at < end) {
        byte b = buffer[start + at];
        at++;
        if (b == '\n') {
          if (at - line < 2 || buffer[start + at - 2] != '\r') {
            throw new RefusedException(400, "a line of the head must end with CR LF");
          }
          if (at - line > 2) {
            line = at;
          } else if (line > 0) {
            return at;
          } else {
            // Some clients send an empty line after the body before; RFC 9112 asks servers to pass
            // over it.
            if (++blankLines > MAX_BLANK_LINES) {
              throw new RefusedException(400, "too many empty lines before the request");
            }
            start += 2;
            at = 0;
          }
        } else if (at == 1 && b != '\r' && !isToken(b)) {
          // Most likely TLS: its client would wait for ever for an answer to a line that does not
          // end.
          throw new RefusedException(
              400, "a request must start with a method; is this plain HTTP?");
        }
      }
      if (at >= MAX_HEAD_BYTES) {
        throw new RefusedException(431, "the head must have at most " + MAX_HEAD_BYTES + " bytes");
      }
      if (!fill()) {
        if (at == 0) {
          return -1;
        }
        throw new RefusedException(400, "the connection ended within the head");
      }
    }
  }

  private boolean isHttp10(int from, int to) throws RefusedException {
    String version = text(from, to);
    if (version.length() != 8
        || !version.startsWith("HTTP/")
        || !isDigit(version.charAt(5))
        || version.charAt(6) != '.'
        || !isDigit(version.charAt(7))) {
      throw new RefusedException(400, "the version must be HTTP/1.1 or HTTP/1.0");
    }
    if (version.charAt(5) != '1') {
      throw new RefusedException(505, "the version must be HTTP/1.1 or HTTP/1.0");
    }
    return version.charAt(7) == '0';
  }

  /** Takes the target in origin form, and what an absolute form has after the authority. */
  private String target(int from, int to) throws RefusedException {
    for (int i = from; i < to; i++) {
      if (buffer[i] <= ' ' || buffer[i] > '~' || buffer[i] == '#') {
        throw new RefusedException(400, "the target has a character that must be percent-encoded");
      }
    }
    String target = text(from, to);
    if (target.charAt(0) == '/' || target.equals("*")) {
      return target;
    }
    if (!target.regionMatches(true, 0, "http://", 0, 7)) {
      throw new RefusedException(400, "the target must start with a slash");
    }
    int path = 7;
    while (path < target.length() && target.charAt(path) != '/' && target.charAt(path) != '?') {
      path++;
    }
    return target.startsWith("/", path) ? target.substring(path) : "/" + target.substring(path);
  }

  private Head fields(int from, int to) throws RefusedException {
    Head head = new Head();
    int at = from;
    int count = 0;
    while (at < to - 2) {
      if (++count > MAX_FIELDS) {
        throw new RefusedException(431, "the head must have at most " + MAX_FIELDS + " fields");
      }
      int lineEnd = lineEnd(at);
      int colon = indexOf(':', at, lineEnd);
      if (colon == lineEnd) {
        throw new RefusedException(400, "a header field must have a colon");
      }
      requireToken(at, colon, "the name of a header field");
      int first = colon + 1;
      int last = lineEnd;
      while (first < last && isBlank(buffer[first])) {
        first++;
      }
      while (last > first && isBlank(buffer[last - 1])) {
        last--;
      }
      for (int i = first; i < last; i++) {
        if ((buffer[i] >= 0 && buffer[i] < ' ' && buffer[i] != '\t') || buffer[i] == 0x7F) {
          throw new RefusedException(
              400, "the value of a header field must not have control characters");
        }
      }
      head.add(text(at, colon), text(first, last));
      at = lineEnd + 2;
    }
    return head;
  }

  private byte[] body(Head head) throws IOException, RefusedException {
    if (head.expectContinue && start == end && (head.chunked || head.length > 0)) {
      interim.sendContinue();
    }
    if (head.chunked) {
      return chunks();
    }
    if (head.length <= 0) {
      return NO_BODY;
    }
    byte[] body = new byte[head.length];
    int have = Math.min(body.length, end - start);
    System.arraycopy(buffer, start, body, 0, have);
    start += have;
    while (have < body.length) {
      int n = in.read(body, have, body.length - have);
      if (n < 0) {
        throw new RefusedException(400, "the connection ended within the body");
      }
      have += n;
    }
    return body;
  }

  private byte[] chunks() throws IOException, RefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = chunkSize();
    while (size > 0) {
      if (body.size() + size > MAX_BODY_BYTES) {
        throw tooLarge();
      }
      for (int i = 0; i < size; i++) {
        body.write(read());
      }
      if (read() != '\r' || read() != '\n') {
        throw new RefusedException(400, "a chunk must be followed by CR LF");
      }
      size = chunkSize();
    }
    trailers();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException, RefusedException {
    int size = 0;
    int digits = 0;
    int c = read();
    for (int digit = hexDigit(c); digit >= 0; digit = hexDigit(c)) {
      if (++digits > MAX_CHUNK_SIZE_DIGITS) {
        throw new RefusedException(
            400, "the size of a chunk must have at most " + MAX_CHUNK_SIZE_DIGITS + " digits");
      }
      size = size * 16 + digit;
      if (size > MAX_BODY_BYTES) {
        throw tooLarge();
      }
      c = read();
    }
    if (digits == 0 || (c != '\r' && c != ';' && !isBlank((byte) c))) {
      throw new RefusedException(400, "the size of a chunk must be hexadecimal");
    }
    int extension = 0;
    while (c != '\r') {
      if (c == '\n' || ++extension > MAX_CHUNK_EXTENSION_BYTES) {
        throw new RefusedException(
            400, "the extension of a chunk must be short and end with CR LF");
      }
      c = read();
    }
    if (read() != '\n') {
      throw new RefusedException(400, "the size of a chunk must end with CR LF");
    }
    return size;
  }

  /** Passes over the trailer fields, which no client of this service has a use for. */
  private void trailers() throws IOException, RefusedException {
    int bytes = 0;
    int line = 0;
    int before = 0;
    while (true) {
      int c = read();
      if (++bytes > MAX_HEAD_BYTES) {
        throw new RefusedException(
            431, "the trailer must have at most " + MAX_HEAD_BYTES + " bytes");
      }
      if (c == '\n') {
        if (before != '\r') {
          throw new RefusedException(400, "a line of the trailer must end with CR LF");
        }
        if (line == 1) {
          return;
        }
        line = 0;
      } else {
        line++;
      }
      before = c;
    }
  }

  private int read() throws IOException, RefusedException {
    if (start == end && !fill()) {
      throw new RefusedException(400, "the connection ended within the body");
    }
    return buffer[start++] & 0xFF;
  }

  /** Reads more behind what is there; returns false at the end of the connection. */
  private boolean fill() throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
    }
    if (end == buffer.length) {
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
      } else {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    int n = in.read(buffer, end, buffer.length - end);
    if (n < 0) {
      return false;
    }
    end += n;
    return true;
  }

  private void requireToken(int from, int to, String what) throws RefusedException {
    boolean token = from < to;
    for (int i = from; token && i < to; i++) {
      token = isToken(buffer[i]);
    }
    if (!token) {
      throw new RefusedException(400, what + " must be a token");
    }
  }

  private int lineEnd(int from) {
    int at = from;
    while (buffer[at] != '\n') {
      at++;
    }
    return at - 1;
  }

  private int indexOf(char c, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != c) {
      at++;
    }
    return Math.min(at, to);
  }

  private String text(int from, int to) {
    return new String(buffer, from, to - from, ISO_8859_1);
  }

  private static boolean isToken(byte b) {
    return b >= 0 && TOKEN[b];
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hexDigit(int c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static RefusedException tooLarge() {
    return new RefusedException(413, "the body must have at most " + MAX_BODY_BYTES + " bytes");
  }

  /** The fields of one request, and what those say that concern the connection. */
  private static final class Head {
    private Headers.Builder fields = Headers.builder();
    private int hosts;
    private int length = -1;
    private boolean chunked;
    private boolean close;
    private boolean expectContinue;

    void add(String name, String value) throws RefusedException {
      switch (name.length()) {
        case 4:
          if (name.equalsIgnoreCase("host")) {
            hosts++;
          }
          break;
        case 6:
          if (name.equalsIgnoreCase("expect")) {
            expect(value);
          }
          break;
        case 10:
          if (name.equalsIgnoreCase("connection")) {
            connection(value);
          }
          break;
        case 14:
          if (name.equalsIgnoreCase("content-length")) {
            contentLength(value);
          }
          break;
        case 17:
          if (name.equalsIgnoreCase("transfer-encoding")) {
            transferEncoding(value);
          }
          break;
        default:
      }
      fields = fields.add(name, value);
    }

    private void expect(String value) throws RefusedException {
      if (!value.equalsIgnoreCase("100-continue")) {
        throw new RefusedException(417, "the one expectation that is met is 100-continue");
      }
      expectContinue = true;
    }

    private void connection(String value) {
      int from = 0;
      while (from <= value.length()) {
        int comma = value.indexOf(',', from);
        int to = comma < 0 ? value.length() : comma;
        if (value.substring(from, to).strip().equalsIgnoreCase("close")) {
          close = true;
        }
        from = to + 1;
      }
    }

    private void contentLength(String value) throws RefusedException {
      if (length >= 0) {
        throw new RefusedException(400, "Content-Length must stand once");
      }
      if (value.isEmpty() || !value.chars().allMatch(c -> isDigit((char) c))) {
        throw new RefusedException(400, "Content-Length must be a number");
      }
      length = 0;
      for (int i = 0; i < value.length(); i++) {
        length = length * 10 + value.charAt(i) - '0';
        if (length > MAX_BODY_BYTES) {
          throw tooLarge();
        }
      }
    }

    private void transferEncoding(String value) throws RefusedException {
      if (chunked) {
        throw new RefusedException(400, "Transfer-Encoding must stand once");
      }
      if (!value.equalsIgnoreCase("chunked")) {
        throw new RefusedException(501, "the one transfer encoding that is known is chunked");
      }
      chunked = true;
    }

    void check(boolean http10, String method) throws RefusedException {
      if (hosts > 1 || (hosts == 0 && !http10)) {
        throw new RefusedException(400, "Host must stand once");
      }
      if (chunked && (http10 || length >= 0)) {
        throw new RefusedException(
            400, "Transfer-Encoding must not stand in HTTP/1.0 or beside Content-Length");
      }
      if (!chunked && length < 0 && method.equals("POST")) {
        throw new RefusedException(411, "a POST must have Content-Length or be chunked");
      }
      expectContinue &= !http10;
    }
  }
}
