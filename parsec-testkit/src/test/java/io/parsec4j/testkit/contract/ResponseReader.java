// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer, strictly. */
final class ResponseReader {
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final int FIRST_BYTES = 60;
  private static final int MOST_INTERIM = 8;

  private final InputStream in;
  private final TransportRequest request;
  private final Flaw flaw;
  private final int cap;
  private int headBytes;
  private Headers headers = Headers.of();
  private boolean keep;

  ResponseReader(Line line, TransportRequest request, Flaw flaw) {
    this.in = line.in();
    this.request = request;
    this.flaw = flaw;
    this.cap = request.maxResponseBytes();
  }

  boolean mayKeep() {
    return keep;
  }

  TransportResponse read() throws IOException {
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      headBytes = 0;
      String line = readStatusLine();
      Matcher matcher = STATUS_LINE.matcher(line);
      if (!matcher.matches() || (flaw == Flaw.WANTS_A_REASON && matcher.group(3) == null)) {
        return odd(line);
      }
      int status = Integer.parseInt(matcher.group(2));
      headers = readFields();
      boolean final1xx = (status == 100 && flaw == Flaw.TAKES_100_FOR_THE_ANSWER)
          || (status == 101 && flaw == Flaw.TAKES_101_FOR_AN_ANSWER);
      if (status == 101 && !final1xx) {
        throw broken("an upgrade that nobody asked for");
      }
      if (status >= 200 || final1xx) {
        return answer(status, matcher.group(1).equals("0"));
      }
    }
    throw broken("too many interim answers");
  }

  private TransportResponse odd(String line) throws IOException {
    if (flaw == Flaw.BELIEVES_ANY_VERSION && line.matches("HTTP/[0-9]\\.[0-9] [1-9][0-9]{2} .*")) {
      headers = readFields();
      return answer(Integer.parseInt(line.substring(9, 12)), false);
    }
    if (flaw == Flaw.BELIEVES_ANY_STATUS && line.startsWith("HTTP/1.1 ")) {
      headers = readFields();
      return answer(1, false);
    }
    throw broken(flaw == Flaw.QUOTES_THE_ANSWER ? "bad status line: " + line : "bad status line");
  }

  private TransportResponse answer(int status, boolean http10) throws IOException {
    if ((flaw == Flaw.FAILS_ON_402 && status == 402)
        || (flaw == Flaw.FAILS_ON_600 && status >= 600)) {
      throw broken("an error");
    }
    String connection = headers.first("Connection").orElse("").toLowerCase(Locale.ROOT);
    keep = !connection.contains("close") || flaw == Flaw.IGNORES_CONNECTION_CLOSE;
    keep &= !http10 || connection.contains("keep-alive") || flaw == Flaw.KEEPS_HTTP_1_0;
    byte[] body = readBody(status);
    if (flaw == Flaw.DROPS_EARLY_ANSWERS && status == 413) {
      body = new byte[0];
    }
    return TransportResponse.of(status, headers, body);
  }

  private byte[] readBody(int status) throws IOException {
    boolean none = request.method().equals("HEAD") && flaw != Flaw.WAITS_FOR_THE_BODY_OF_HEAD;
    none |= status == 304 && flaw != Flaw.WAITS_FOR_THE_BODY_OF_304;
    none |= status == 101;
    List<String> lengths = headers.all("Content-Length");
    List<String> encodings = headers.all("Transfer-Encoding");
    if (status == 204 && flaw != Flaw.READS_THE_BODY_OF_204) {
      keep &= lengths.isEmpty() && encodings.isEmpty();
      none = true;
    }
    if (none || (status == 204 && lengths.isEmpty())) {
      return new byte[0];
    }
    if (new HashSet<>(lengths).size() > 1 && flaw != Flaw.TAKES_THE_FIRST_LENGTH) {
      throw broken("two lengths");
    }
    if (!lengths.isEmpty() && !encodings.isEmpty() && flaw != Flaw.PREFERS_CHUNKS) {
      throw broken("a length and chunks");
    }
    if (!encodings.isEmpty()) {
      boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
      if (!chunked && flaw != Flaw.IGNORES_ENCODINGS) {
        throw broken("an unknown encoding");
      }
      if (chunked) {
        return readChunked(status);
      }
    }
    if (!lengths.isEmpty()) {
      return readLength(status, lengths);
    }
    keep = false;
    byte[] body = readUpTo(Long.MAX_VALUE, status, new ByteArrayOutputStream());
    return flaw == Flaw.CUTS_BODIES_WITHOUT_LENGTH && body.length == 127 ? new byte[126] : body;
  }

  private byte[] readLength(int status, List<String> lengths) throws IOException {
    String text = lengths.get(0);
    long length = 0;
    if (text.matches("[0-9]{1,18}")) {
      length = Long.parseLong(text);
    } else if (flaw != Flaw.BELIEVES_ANY_LENGTH) {
      throw broken("a length that is none");
    }
    if (flaw == Flaw.ADDS_EQUAL_LENGTHS) {
      length *= lengths.size();
    }
    if (length > limit() && flaw != Flaw.BELIEVES_LARGE_LENGTHS) {
      throw tooLarge(status);
    }
    if (flaw == Flaw.READS_ONE_PACKET && length == 300) {
      byte[] once = new byte[300];
      int n = Math.max(0, in.read(once, 0, 5));
      in.readNBytes(once, n, 300 - n - 1);
      return once;
    }
    byte[] body = readUpTo(length, status, new ByteArrayOutputStream());
    if (body.length < length && flaw != Flaw.ACCEPTS_SHORT_BODIES) {
      throw new EOFException("the body is shorter than announced");
    }
    if (flaw == Flaw.READS_BEYOND_THE_LENGTH && in.available() > 0) {
      return new byte[body.length + in.available()];
    }
    return flaw == Flaw.CUTS_LARGE_BODIES && length == 65_536 ? new byte[65_535] : body;
  }

  private byte[] readChunked(int status) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line;
      try {
        line = readLine(Integer.MAX_VALUE);
      } catch (EOFException e) {
        if (flaw == Flaw.ACCEPTS_UNENDED_CHUNKS) {
          return body.toByteArray();
        }
        throw e;
      }
      long size = chunkSize(line);
      if (size < 0) {
        keep = false;
        return body.toByteArray();
      }
      if (size == 0) {
        break;
      }
      long before = body.size();
      readUpTo(size, status, body);
      if (body.size() - before < size || !readLine(Integer.MAX_VALUE).isEmpty()) {
        throw new EOFException("a chunk is cut");
      }
    }
    Headers trailers = readFields(Headers.builder());
    if (flaw == Flaw.MIXES_TRAILERS_IN) {
      headers =
          Headers.builder().add("X-Other", trailers.first("X-Other").orElse("")).build();
    }
    byte[] whole = body.toByteArray();
    return flaw == Flaw.CUTS_CHUNKED_BODIES && whole.length == 65_536 ? new byte[65_535] : whole;
  }

  private long chunkSize(String line) {
    int semicolon = line.indexOf(';');
    if (semicolon >= 0 && flaw == Flaw.KNOWS_NO_EXTENSIONS) {
      throw broken("an extension");
    }
    String size = semicolon < 0 ? line : line.substring(0, semicolon);
    if (size.matches("[0-9a-fA-F]{1,15}")) {
      return Long.parseLong(size, 16);
    }
    if (flaw == Flaw.TAKES_BAD_SIZES_FOR_THE_END) {
      return -1;
    }
    Matcher digits = Pattern.compile("^([0-9a-fA-F]{1,15})[^0-9a-fA-F]").matcher(size);
    if (flaw == Flaw.READS_LEADING_DIGITS && digits.find()) {
      return Long.parseLong(digits.group(1), 16);
    }
    throw broken("a chunk size that is none");
  }

  @CanIgnoreReturnValue
  private byte[] readUpTo(long most, int status, ByteArrayOutputStream body) throws IOException {
    byte[] buffer = new byte[8_192];
    long left = most;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        break;
      }
      body.write(buffer, 0, n);
      left -= n;
      if (body.size() > limit()) {
        if (flaw == Flaw.DRAINS_LARGE_BODIES) {
          while (in.read(buffer) >= 0) {
            // Until the end that never comes.
          }
        }
        throw tooLarge(status);
      }
    }
    return body.toByteArray();
  }

  private int limit() {
    return flaw == Flaw.ALLOWS_ONE_BYTE_MORE
        ? cap + 1
        : flaw == Flaw.ALLOWS_ONE_BYTE_LESS ? cap - 1 : cap;
  }

  private TransportException tooLarge(int status) {
    return flaw == Flaw.FORGETS_THE_STATUS
        ? new TransportException(FailureStage.TOO_LARGE, "too large")
        : TransportException.bodyTooLarge(cap, status);
  }

  private String readStatusLine() throws IOException {
    return readLine(Transport.MAX_HEAD_BYTES);
  }

  private Headers readFields() throws IOException {
    return readFields(Headers.builder());
  }

  private Headers readFields(Headers.Builder empty) throws IOException {
    Headers.Builder fields = empty;
    int count = 0;
    while (true) {
      String line;
      try {
        line = readLine(mostHeadBytes());
      } catch (EOFException e) {
        if (flaw == Flaw.ACCEPTS_CUT_HEADS) {
          return fields.build();
        }
        throw e;
      }
      if (line.isEmpty()) {
        return fields.build();
      }
      count++;
      if (count > Transport.MAX_HEAD_FIELDS && flaw != Flaw.COUNTS_NO_FIELDS) {
        throw new TransportException(FailureStage.TOO_LARGE, "too many fields");
      }
      if (flaw == Flaw.ALLOWS_SHORT_LINES_ONLY && line.length() > 8_192) {
        throw new TransportException(FailureStage.TOO_LARGE, "a field is too long");
      }
      int colon = line.indexOf(':');
      if (colon <= 0 && flaw != Flaw.STUMBLES_OVER_ODD_LINES) {
        throw broken("a line that is no field");
      }
      String value = line.substring(colon + 1).strip();
      fields = fields.add(line.substring(0, colon), value);
    }
  }

  private int mostHeadBytes() {
    return flaw == Flaw.COUNTS_NO_BYTES ? 4 << 20 : Transport.MAX_HEAD_BYTES;
  }

  private String readLine(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection ended within a line");
      }
      headBytes++;
      if (headBytes > most) {
        if (flaw == Flaw.COUNTS_NO_BYTES) {
          throw broken("far too large");
        }
        throw new TransportException(FailureStage.TOO_LARGE, "the head is too large");
      }
      if (b == '\n') {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
            ? line.substring(0, end - 1)
            : line.toString();
      }
      line.append((char) b);
      if (flaw == Flaw.WANTS_HEADS_IN_ONE_PACKET
          && headBytes < FIRST_BYTES
          && in.available() == 0) {
        throw broken("half a head");
      }
    }
  }

  private TransportException broken(String what) {
    keep = false;
    return new TransportException(FailureStage.EXCHANGE, what);
  }

  Optional<String> field(String name) {
    return headers.first(name);
  }
}
