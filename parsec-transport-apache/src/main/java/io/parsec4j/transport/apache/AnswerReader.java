// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** Reads an answer whole, within its limits; the library's own {@code EntityUtils} knows none. */
final class AnswerReader {
  private static final int FIRST_BUFFER = 8_192;
  private static final int LARGEST_FIRST_BUFFER = 65_536;

  /** The library's parser takes a sign, too. */
  private static final Predicate<String> DIGITS = Pattern.compile("\\d{1,19}").asMatchPredicate();

  private AnswerReader() {}

  /**
   * Reads an answer.
   *
   * @param maxBytes the largest body to accept
   * @throws TransportException if the answer is too large or ambiguous
   */
  static TransportResponse read(ClassicHttpResponse response, int maxBytes) throws IOException {
    int status = response.getCode();
    if (status < 200 || status > 999) {
      throw refused("the answer has no status of three digits");
    }
    Headers headers = headers(response);
    checkFraming(headers);
    HttpEntity entity = response.getEntity();
    return TransportResponse.of(
        status, headers, entity == null ? new byte[0] : body(entity, status, headers, maxBytes));
  }

  private static Headers headers(ClassicHttpResponse response) {
    Headers.Builder headers = Headers.builder();
    int size = 0;
    int fields = 0;
    for (Header header : response.getHeaders()) {
      String value = header.getValue() == null ? "" : header.getValue();
      headers = headers.add(header.getName(), value);
      size += header.getName().length() + value.length();
      fields++;
    }
    // Known to hold where the client is our own, which stops while it reads.
    if (fields > Transport.MAX_HEAD_FIELDS || size > Transport.MAX_HEAD_BYTES) {
      throw new TransportException(
          FailureStage.TOO_LARGE, "the head of the answer is larger than allowed");
    }
    return headers.build();
  }

  private static void checkFraming(Headers headers) {
    List<String> codings = headers.all("Transfer-Encoding");
    Set<String> lengths = new HashSet<>(headers.all("Content-Length"));
    if (!codings.isEmpty() && !lengths.isEmpty()) {
      throw refused("the answer has both a Content-Length and a Transfer-Encoding");
    }
    if (lengths.size() > 1) {
      throw refused("the answer has several Content-Lengths");
    }
    if (!lengths.stream().allMatch(DIGITS)) {
      throw refused("the answer has a Content-Length that is not a number");
    }
    if (codings.size() > 1
        || codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"))) {
      throw refused("the answer has a Transfer-Encoding other than chunked");
    }
  }

  private static byte[] body(HttpEntity entity, int status, Headers headers, int maxBytes)
      throws IOException {
    long announced = entity.getContentLength();
    if (announced > maxBytes) {
      throw TransportException.bodyTooLarge(maxBytes, status, headers);
    }
    long first = announced < 0 ? FIRST_BUFFER : Math.min(announced, LARGEST_FIRST_BUFFER);
    byte[] buffer = new byte[(int) Math.min(first, maxBytes)];
    int size = 0;
    InputStream in = entity.getContent();
    byte[] next = new byte[1];
    for (; ; ) {
      if (size == buffer.length) {
        // Not the read() of one byte, which takes a cut chunk for the end.
        if (in.read(next) < 0) {
          break;
        }
        if (size == maxBytes) {
          throw TransportException.bodyTooLarge(maxBytes, status, headers);
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, Math.max(FIRST_BUFFER, 2L * size)));
        buffer[size++] = next[0];
      }
      int read = in.read(buffer, size, buffer.length - size);
      if (read < 0) {
        break;
      }
      size += read;
    }
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private static TransportException refused(String message) {
    return new TransportException(FailureStage.EXCHANGE, message);
  }
}
