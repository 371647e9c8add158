// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 answer from bytes as they come, as strictly as a transport has to, and within its limits. Not safe
 * for use by several threads.
 */
public final class AnswerParser {
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?", Pattern.DOTALL);
  private static final int MOST_INTERIM = 8;
  private static final int MOST_CHUNK_LINE_BYTES = 1_024;

  private final boolean head;
  private final int maxBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private State state = State.STATUS_LINE;
  private int status;
  private int interim;
  private int headBytes;
  private int fieldCount;
  private Headers.Builder fields = Headers.builder();
  private Headers headers = Headers.of();
  private long left;
  private @Nullable TransportResponse answer;

  /** What is to come next. */
  private enum State {
    STATUS_LINE,
    FIELDS,
    LENGTH,
    TO_THE_END,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS
  }

  /**
   * Starts before the first byte of an answer.
   *
   * @param method of the request
   * @param maxBytes the largest body to accept
   */
  public AnswerParser(String method, int maxBytes) {
    this.head = method.equals("HEAD");
    this.maxBytes = maxBytes;
  }

  /**
   * Reads bytes; those after the end of the answer are passed over.
   *
   * @return the answer as soon as it is whole
   * @throws TransportException if it is broken or too large
   */
  public @Nullable TransportResponse read(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && answer == null) {
      if (state == State.LENGTH || state == State.CHUNK || state == State.TO_THE_END) {
        at += readBody(bytes, at);
      } else {
        readLine(bytes[at]);
        at++;
      }
    }
    return answer;
  }

  /**
   * Says that no byte will come any more.
   *
   * @return the answer if it is whole now
   * @throws TransportException if it is not
   */
  public TransportResponse end() {
    if (state == State.TO_THE_END) {
      complete();
    }
    if (answer == null) {
      throw new TransportException(
          FailureStage.EXCHANGE, "the connection ended before the answer did");
    }
    return answer;
  }

  private int readBody(byte[] bytes, int at) {
    int n = (int) Math.min(left, bytes.length - at);
    if (n > maxBytes - body.size()) {
      throw TransportException.bodyTooLarge(maxBytes, status, headers);
    }
    body.write(bytes, at, n);
    left -= n;
    if (left == 0) {
      if (state == State.CHUNK) {
        state = State.CHUNK_END;
      } else {
        complete();
      }
    }
    return n;
  }

  private void readLine(byte b) {
    boolean inHead = state == State.STATUS_LINE || state == State.FIELDS;
    if (inHead && ++headBytes > Transport.MAX_HEAD_BYTES) {
      throw tooLargeHead();
    }
    if (!inHead && line.size() > MOST_CHUNK_LINE_BYTES) {
      throw broken("a chunk without end of line");
    }
    if (b != '\n') {
      line.write(b);
      return;
    }
    String text = line.toString(ISO_8859_1);
    line.reset();
    take(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  private void take(String text) {
    switch (state) {
      case STATUS_LINE:
        Matcher matcher = STATUS_LINE.matcher(text);
        if (!matcher.matches()) {
          throw broken("the answer is not HTTP/1.1");
        }
        status = Integer.parseInt(matcher.group(1));
        state = State.FIELDS;
        break;
      case FIELDS:
        takeField(text);
        break;
      case CHUNK_SIZE:
        takeChunkSize(text);
        break;
      case CHUNK_END:
        if (!text.isEmpty()) {
          throw broken("a chunk longer than announced");
        }
        state = State.CHUNK_SIZE;
        break;
      default:
        if (text.isEmpty()) {
          complete();
        }
    }
  }

  private void takeField(String text) {
    if (text.isEmpty()) {
      headers = fields.build();
      fields = Headers.builder();
      takeHead();
      return;
    }
    if (++fieldCount > Transport.MAX_HEAD_FIELDS) {
      throw tooLargeHead();
    }
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw broken("a field without a name");
    }
    fields = fields.add(text.substring(0, colon), text.substring(colon + 1).strip());
  }

  private void takeHead() {
    if (status == 101) {
      throw broken("an upgrade that nobody asked for");
    }
    if (status < 200) {
      if (++interim > MOST_INTERIM) {
        throw broken("more than " + MOST_INTERIM + " interim answers");
      }
      headBytes = 0;
      fieldCount = 0;
      state = State.STATUS_LINE;
      return;
    }
    List<String> lengths = headers.all("Content-Length");
    List<String> encodings = headers.all("Transfer-Encoding");
    if (new HashSet<>(lengths).size() > 1 || (!lengths.isEmpty() && !encodings.isEmpty())) {
      throw broken("contradictory lengths");
    }
    if (!encodings.isEmpty()
        && (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked"))) {
      throw broken("an unknown transfer encoding");
    }
    if (!lengths.isEmpty() && !lengths.get(0).matches("[0-9]{1,19}")) {
      throw broken("a length that is none");
    }
    if (head || status == 204 || status == 304) {
      complete();
    } else if (!encodings.isEmpty()) {
      state = State.CHUNK_SIZE;
    } else if (lengths.isEmpty()) {
      left = Long.MAX_VALUE;
      state = State.TO_THE_END;
    } else {
      takeLength(lengths.get(0));
    }
  }

  private void takeLength(String digits) {
    // Not larger than twice the largest long, so that too large a number is negative.
    long length = Long.parseUnsignedLong(digits);
    if (length < 0 || length > maxBytes) {
      throw TransportException.bodyTooLarge(maxBytes, status, headers);
    }
    left = length;
    state = State.LENGTH;
    if (length == 0) {
      complete();
    }
  }

  private void takeChunkSize(String text) {
    String size = text.split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw broken("a chunk size that is none");
    }
    left = Long.parseLong(size, 16);
    state = left == 0 ? State.TRAILERS : State.CHUNK;
  }

  private void complete() {
    answer = TransportResponse.of(status, headers, body.toByteArray());
  }

  private static TransportException tooLargeHead() {
    return new TransportException(FailureStage.TOO_LARGE, "response head too large");
  }

  private static TransportException broken(String what) {
    return new TransportException(FailureStage.EXCHANGE, what);
  }
}
