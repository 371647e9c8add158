// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to a limit; beyond it the subscription is cancelled, which closes the connection at once. The bytes
 * are copied out of the JDK's buffers, because an answer in tiny chunks would keep a whole buffer alive for each.
 */
final class CappedBody implements HttpResponse.BodySubscriber<TransportResponse> {
  private static final int FIRST_SIZE = 8_192;

  /** A length that is only announced must not cost more memory than this. */
  private static final int LARGEST_FIRST_SIZE = 65_536;

  private final CompletableFuture<TransportResponse> answer = new CompletableFuture<>();
  private final int status;
  private final Headers headers;
  private final int maxBytes;
  private final int firstSize;
  private final BiConsumer<TransportResponse, Runnable> whole;
  private final @Nullable TransportException refusal;
  private Flow.@Nullable Subscription subscription;
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * Reads a body.
   *
   * @param announced its length; negative if unknown
   * @param whole takes the answer when nothing more is to come, and what tells the JDK so, to be run in any case
   */
  CappedBody(
      int status,
      Headers headers,
      int maxBytes,
      long announced,
      BiConsumer<TransportResponse, Runnable> whole) {
    this(status, headers, maxBytes, announced, whole, null);
  }

  private CappedBody(
      int status,
      Headers headers,
      int maxBytes,
      long announced,
      BiConsumer<TransportResponse, Runnable> whole,
      @Nullable TransportException refusal) {
    this.status = status;
    this.headers = headers;
    this.maxBytes = maxBytes;
    this.firstSize = (int) (announced < 0 ? FIRST_SIZE : Math.min(announced, LARGEST_FIRST_SIZE));
    this.whole = whole;
    this.refusal = refusal;
  }

  /** Reads nothing and fails. */
  static CappedBody refusing(TransportException refusal) {
    return new CappedBody(0, Headers.of(), 0, 0, (response, telling) -> {}, refusal);
  }

  @Override
  public CompletionStage<TransportResponse> getBody() {
    return answer;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (refusal != null) {
      stop(refusal);
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (answer.isDone()) {
        return;
      }
      int more = buffer.remaining();
      if (more > maxBytes - length) {
        stop(TransportException.bodyTooLarge(maxBytes, status, headers));
        return;
      }
      if (more > bytes.length - length) {
        long wanted = Math.max(Math.max(firstSize, 2L * bytes.length), (long) length + more);
        bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, wanted));
      }
      buffer.get(bytes, length, more);
      length += more;
    }
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (answer.isDone()) {
      // Measured: also told of a body that was cut off, if its end had come with the rest.
      return;
    }
    byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    // Nor is the JDK given the answer, for it would keep it as long as the connection is idle.
    bytes = new byte[0];
    whole.accept(TransportResponse.of(status, headers, body), () -> answer.complete(null));
  }

  private void stop(TransportException reason) {
    // Cancel first: whoever is told must find the connection closed.
    if (subscription != null) {
      subscription.cancel();
    }
    bytes = new byte[0];
    answer.completeExceptionally(reason);
  }
}
