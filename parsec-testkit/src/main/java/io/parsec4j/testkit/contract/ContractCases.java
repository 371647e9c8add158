// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import io.parsec4j.testkit.internal.tls.TestCertificates;
import io.parsec4j.testkit.internal.wire.BlackHole;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WireConnection;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireScript;
import io.parsec4j.testkit.internal.wire.WireScripts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What every group of cases needs: transports and ports that are closed afterwards, and waits that end. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ResourceLock("io.parsec4j.testkit.contract")
abstract class ContractCases {
  /** Long enough for a handshake on a busy machine. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  /** Short, for cases in which it must strike. */
  static final Duration SHORT_CONNECT_LIMIT = Duration.ofMillis(400);

  private static final Duration OWN_END = Duration.ofSeconds(1);
  private static final int BARRIER_EXCHANGES = 3;

  private final TransportContract contract;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  ContractCases(TransportContract contract) {
    this.contract = contract;
  }

  @AfterEach
  void closeWhatWasOpened() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  final boolean can(TransportCapability capability) {
    return capabilities().contains(capability);
  }

  final Set<TransportCapability> capabilities() {
    return contract.capabilities();
  }

  final Duration patience() {
    return contract.mustHappenWithin();
  }

  final Transport transport() {
    return transport(options());
  }

  final Transport transport(TransportOptions.Builder options) {
    return keep(unmanaged(options));
  }

  /** Not closed afterwards: the case does it. */
  final Transport unmanaged(TransportOptions.Builder options) {
    return contract.create(options.build());
  }

  static TransportOptions.Builder options() {
    return TransportOptions.builder().connectTimeout(CONNECT_LIMIT).noProxy();
  }

  final WirePort port(WireScript script) throws IOException {
    return keep(WirePort.open(script));
  }

  final BlackHole blackHole() throws IOException {
    return keep(BlackHole.open());
  }

  final <C extends AutoCloseable> C keep(C closeable) {
    opened.push(closeable);
    return closeable;
  }

  static TestCertificates certificates() {
    return Certificates.SHARED;
  }

  static TransportRequest get(URI uri) {
    return TransportRequest.builder("GET", uri).build();
  }

  static TransportRequest post(URI uri, byte[] body) {
    return TransportRequest.builder("POST", uri).body(body).build();
  }

  static TransportRequest post(URI uri, String body) {
    return post(uri, Http1.bytes(body));
  }

  static TransportRequest post(URI uri, CountedBody body) {
    return TransportRequest.builder("POST", uri).body(body.length(), body).build();
  }

  /** Answers every request with an empty 200. */
  static WireScript answeringOk() {
    return WireScripts.answering(Http1.ok(""));
  }

  /** {@return so many bytes, with every value among them} */
  static byte[] patterned(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    return bytes;
  }

  /** Waits for an answer. */
  @CanIgnoreReturnValue
  final TransportResponse answer(CompletableFuture<TransportResponse> future, String promise) {
    try {
      return future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return fail(promise + "; but the exchange failed: " + e.getCause(), e);
    } catch (CancellationException e) {
      return fail(promise + "; but the exchange was cancelled", e);
    } catch (TimeoutException e) {
      future.cancel(true);
      return fail(promise + "; but nothing came within " + patience());
    } catch (InterruptedException e) {
      return fail(promise + "; but the case was interrupted, most likely by its time limit", e);
    }
  }

  @CanIgnoreReturnValue
  final TransportResponse answer(Transport transport, TransportRequest request, String promise) {
    return answer(transport.send(request), promise);
  }

  /** Waits for a failure of one of the stages. */
  @CanIgnoreReturnValue
  final TransportException failure(
      CompletableFuture<TransportResponse> future, String promise, FailureStage... stages) {
    try {
      TransportResponse answer = future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
      return fail(promise + "; but there was an answer: " + answer + " " + answer.headers());
    } catch (ExecutionException e) {
      return expected(e.getCause(), promise, stages);
    } catch (CancellationException e) {
      return fail(promise + "; but the exchange was cancelled", e);
    } catch (TimeoutException e) {
      future.cancel(true);
      return fail(promise + "; but nothing came within " + patience());
    } catch (InterruptedException e) {
      return fail(promise + "; but the case was interrupted, most likely by its time limit", e);
    }
  }

  @CanIgnoreReturnValue
  final TransportException failure(
      Transport transport, TransportRequest request, String promise, FailureStage... stages) {
    return failure(transport.send(request), promise, stages);
  }

  @CanIgnoreReturnValue
  private static TransportException expected(
      @Nullable Throwable cause, String promise, FailureStage... stages) {
    if (!(cause instanceof TransportException)) {
      return fail(promise + "; a transport fails with TransportException and nothing else", cause);
    }
    TransportException failure = (TransportException) cause;
    if (!List.of(stages).contains(failure.stage())) {
      return fail(
          promise + "; the stage must be " + List.of(stages) + " and was " + failure.stage(),
          failure);
    }
    return failure;
  }

  /** Waits for an answer or for a failure of one of the stages, where both are right. */
  @CanIgnoreReturnValue
  final Optional<TransportResponse> answerOrFailure(
      CompletableFuture<TransportResponse> future, String promise, FailureStage... stages) {
    try {
      return Optional.of(future.get(patience().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      expected(e.getCause(), promise, stages);
      return Optional.empty();
    } catch (CancellationException e) {
      return fail(promise + "; but the exchange was cancelled", e);
    } catch (TimeoutException e) {
      future.cancel(true);
      return fail(promise + "; but nothing came within " + patience());
    } catch (InterruptedException e) {
      return fail(promise + "; but the case was interrupted, most likely by its time limit", e);
    }
  }

  /** For what a transport may end by itself or leave to its caller's limit: gives it up after a while. */
  @CanIgnoreReturnValue
  final Optional<TransportResponse> awaitOrCancel(CompletableFuture<TransportResponse> future) {
    try {
      return Optional.of(future.get(OWN_END.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      assertTrue(future.cancel(true), "an exchange in flight must be cancellable");
      return Optional.empty();
    } catch (InterruptedException e) {
      return fail("the case was interrupted, most likely by its time limit", e);
    }
  }

  final void awaitRequests(WirePort port, int count) throws InterruptedException {
    assertTrue(
        port.awaitRequests(count, patience()),
        () -> count + " requests must arrive at the server; there were " + port.requests());
  }

  @CanIgnoreReturnValue
  final WireConnection awaitConnection(WirePort port, int number) throws InterruptedException {
    assertTrue(
        port.awaitConnections(number, patience()),
        () -> number + " connections must be made; there were "
            + port.connections().size());
    return port.connections().get(number - 1);
  }

  final void assertEnded(WireConnection connection, String promise) throws InterruptedException {
    assertTrue(
        connection.awaitEnded(patience()),
        promise + "; but the server has not seen the end of its connection");
  }

  final void assertAllEnded(WirePort port, String promise) throws InterruptedException {
    assertTrue(
        port.awaitAllEnded(patience()),
        promise + "; but the server has not seen the end of all its connections");
  }

  /**
   * Completes exchanges elsewhere, so that a transport has handled what reached this machine before: an event instead of
   * a pause.
   */
  final void settle(Transport transport) throws IOException {
    try (WirePort elsewhere = WirePort.open(WireScripts.answering(Http1.ok("settled")))) {
      for (int i = 0; i < BARRIER_EXCHANGES; i++) {
        TransportResponse answer =
            answer(transport, get(elsewhere.http("/settle")), "a GET must be answered");
        assertBody("settled", answer, "a GET must be answered");
      }
    }
  }

  static void assertBody(String expected, TransportResponse answer, String promise) {
    assertEquals(expected, Http1.text(answer.body()), promise);
  }

  /** For what may block its caller although it must not. */
  static <T extends @Nullable Object> CompletableFuture<T> onThread(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(
        () -> {
          try {
            result.complete(task.get());
          } catch (RuntimeException | AssertionError e) {
            result.completeExceptionally(e);
          }
        },
        "contract-caller");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  /** Certificates are slow to make and never change. */
  private static final class Certificates {
    static final TestCertificates SHARED = TestCertificates.create();

    private Certificates() {}
  }
}
