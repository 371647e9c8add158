// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.Operation;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a call sends, and how its answer is read.
 *
 * @param <T> what the call yields
 */
public final class CallSpec<T> {
  private final Operation operation;
  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte @Nullable [] body;
  private final int maxResponseBytes;
  private final AnswerReader<T> reader;

  private CallSpec(
      String method,
      URI uri,
      Headers headers,
      byte @Nullable [] body,
      int maxResponseBytes,
      AnswerReader<T> reader) {
    this.operation = reader.operation();
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.maxResponseBytes = maxResponseBytes;
    this.reader = reader;
  }

  /** Describes a call that may be repeated. */
  public static <T> CallSpec<T> get(
      URI uri, Headers headers, int maxResponseBytes, AnswerReader<T> reader) {
    return new CallSpec<>("GET", uri, headers, null, maxResponseBytes, reader);
  }

  /** Describes a call that may arrive once at most; the bytes are overwritten when it has ended. */
  public static <T> CallSpec<T> post(
      URI uri, Headers headers, byte[] body, int maxResponseBytes, AnswerReader<T> reader) {
    return new CallSpec<>("POST", uri, headers, body, maxResponseBytes, reader);
  }

  Operation operation() {
    return operation;
  }

  AnswerReader<T> reader() {
    return reader;
  }

  @Nullable
  OneShotBody newBody() {
    return body == null ? null : new OneShotBody(body);
  }

  TransportRequest request(
      @Nullable OneShotBody attemptBody, Duration timeout, Runnable queued, Runnable dequeued) {
    TransportRequest.Builder request = TransportRequest.builder(method, uri)
        .headers(headers)
        .maxResponseBytes(maxResponseBytes)
        .timeout(timeout)
        .queueing(queued, dequeued);
    return body == null || attemptBody == null
        ? request.build()
        : request.body(body.length, attemptBody).build();
  }

  void wipeBody() {
    if (body != null) {
      Arrays.fill(body, (byte) 0);
    }
  }
}
