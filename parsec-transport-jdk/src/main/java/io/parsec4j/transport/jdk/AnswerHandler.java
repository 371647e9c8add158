// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Checks the head of an answer, which the JDK does leniently, and then reads the body up to the limit. */
final class AnswerHandler implements HttpResponse.BodyHandler<TransportResponse> {
  /** Colon, blank, carriage return and line feed. */
  private static final int BYTES_AROUND_FIELD = 4;

  private final int maxBytes;

  /** Empty once it was called: the JDK keeps the handler of the last exchange with an idle connection. */
  private final AtomicReference<@Nullable BiConsumer<TransportResponse, Runnable>> whole;

  AnswerHandler(int maxBytes, BiConsumer<TransportResponse, Runnable> whole) {
    this.maxBytes = maxBytes;
    this.whole = new AtomicReference<>(whole);
  }

  @Override
  public HttpResponse.BodySubscriber<TransportResponse> apply(HttpResponse.ResponseInfo head) {
    Optional<TransportException> defect = defectOf(head);
    if (defect.isPresent()) {
      return CappedBody.refusing(defect.get());
    }
    Headers.Builder headers = Headers.builder();
    for (Map.Entry<String, List<String>> field : head.headers().map().entrySet()) {
      for (String value : field.getValue()) {
        headers = headers.add(field.getKey(), value);
      }
    }
    return new CappedBody(
        head.statusCode(),
        headers.build(),
        maxBytes,
        head.headers().firstValueAsLong("content-length").orElse(-1),
        this::answered);
  }

  private void answered(TransportResponse answer, Runnable telling) {
    BiConsumer<TransportResponse, Runnable> taker = whole.getAndSet(null);
    if (taker != null) {
      taker.accept(answer, telling);
    }
  }

  private Optional<TransportException> defectOf(HttpResponse.ResponseInfo head) {
    HttpHeaders headers = head.headers();
    long fields = 0;
    long bytes = 0;
    for (Map.Entry<String, List<String>> field : headers.map().entrySet()) {
      for (String value : field.getValue()) {
        fields++;
        bytes += field.getKey().length() + value.length() + BYTES_AROUND_FIELD;
      }
    }
    if (fields > Transport.MAX_HEAD_FIELDS || bytes > Transport.MAX_HEAD_BYTES) {
      return Optional.of(new TransportException(
          FailureStage.TOO_LARGE,
          "response head larger than " + Transport.MAX_HEAD_FIELDS + " fields or "
              + Transport.MAX_HEAD_BYTES + " bytes"));
    }
    List<String> lengths = headers.allValues("content-length");
    if (!lengths.stream().allMatch(AnswerHandler::isNumber)) {
      // The JDK takes -1 for "until the connection ends", and +5 for 5.
      return Optional.of(
          new TransportException(FailureStage.EXCHANGE, "response with a length that is none"));
    }
    List<String> encodings = headers.allValues("transfer-encoding");
    if (lengths.stream().distinct().count() > 1 || (!lengths.isEmpty() && !encodings.isEmpty())) {
      return Optional.of(
          new TransportException(FailureStage.EXCHANGE, "response with contradictory lengths"));
    }
    if (encodings.size() > 1
        || encodings.stream().anyMatch(e -> !e.strip().equalsIgnoreCase("chunked"))) {
      return Optional.of(new TransportException(
          FailureStage.EXCHANGE, "response with an unknown transfer encoding"));
    }
    if (headers.firstValueAsLong("content-length").orElse(0) > maxBytes) {
      Headers kept = headers
          .firstValue("retry-after")
          .map(value -> Headers.of("Retry-After", value))
          .orElse(Headers.of());
      return Optional.of(TransportException.bodyTooLarge(maxBytes, head.statusCode(), kept));
    }
    return Optional.empty();
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
