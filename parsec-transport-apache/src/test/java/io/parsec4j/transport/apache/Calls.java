// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Requests, and what becomes of them. */
final class Calls {
  static final Duration GENEROUS = Duration.ofSeconds(40);

  private Calls() {}

  static TransportRequest get(URI uri) {
    return TransportRequest.builder("GET", uri).timeout(GENEROUS).build();
  }

  static TransportRequest post(URI uri, String body) {
    return TransportRequest.builder("POST", uri)
        .timeout(GENEROUS)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** A POST whose body must not be asked for. */
  static TransportRequest untouchable(URI uri) {
    return TransportRequest.builder("POST", uri)
        .timeout(GENEROUS)
        .body(3, () -> {
          throw new AssertionError("the body was asked for");
        })
        .build();
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody went on within 60 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static <T> T result(Future<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  static String text(TransportResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static TransportException failure(CompletableFuture<?> future) throws Exception {
    try {
      throw new AssertionError("succeeded with " + future.get(60, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransportException) {
        return (TransportException) e.getCause();
      }
      throw new AssertionError("failed with something else", e.getCause());
    }
  }
}
