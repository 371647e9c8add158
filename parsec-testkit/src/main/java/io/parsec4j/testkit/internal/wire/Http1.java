// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/** Writes HTTP/1.1, right or wrong, as bytes; one char is one byte. */
public final class Http1 {
  private Http1() {}

  /** {@return one byte for each char} */
  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** {@return one char for each byte} */
  public static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** {@return the parts one after the other} */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** {@return a head with its empty line} */
  public static byte[] head(String statusLine, String... fields) {
    StringBuilder head = new StringBuilder(statusLine).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return bytes(head.append("\r\n").toString());
  }

  /** {@return a head with Content-Length and the given fields, and a body} */
  public static byte[] answer(String statusLine, byte[] body, String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = "Content-Length: " + body.length;
    return join(head(statusLine, all), body);
  }

  /** {@return a head with Content-Length and the given fields, and a body} */
  public static byte[] answer(String statusLine, String body, String... fields) {
    return answer(statusLine, bytes(body), fields);
  }

  /** {@return 200 with Content-Length} */
  public static byte[] ok(String body, String... fields) {
    return answer("HTTP/1.1 200 OK", body, fields);
  }

  /** {@return 200 with Content-Length} */
  public static byte[] ok(byte[] body, String... fields) {
    return answer("HTTP/1.1 200 OK", body, fields);
  }

  /** {@return the head of a 200 with a chunked body} */
  public static byte[] chunkedHead(String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = "Transfer-Encoding: chunked";
    return head("HTTP/1.1 200 OK", all);
  }

  /** {@return the body in chunks of at most {@code size} bytes, without the last, empty one} */
  public static byte[] chunks(byte[] body, int size) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; from += size) {
      int length = Math.min(size, body.length - from);
      all.writeBytes(bytes(Integer.toHexString(length).toUpperCase(Locale.ROOT) + "\r\n"));
      all.write(body, from, length);
      all.writeBytes(bytes("\r\n"));
    }
    return all.toByteArray();
  }

  /** {@return 200 with a whole chunked body} */
  public static byte[] okChunked(byte[] body, int size, String... fields) {
    return join(chunkedHead(fields), chunks(body, size), bytes("0\r\n\r\n"));
  }
}
