// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges in flight of one transport, and the client they run on.
 *
 * <p>A client whose connection got a broken answer is replaced: measured, the JDK keeps the socket of such an answer open
 * for as long as that client lives.
 */
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(JdkTransport.class);

  private final @Nullable ClientSettings settings;
  private final @Nullable ExecutorService workers;
  private final Set<ExchangeFuture> inFlight = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private SharedClient current;
  private boolean closed;

  private Exchanges(
      @Nullable ClientSettings settings, @Nullable ExecutorService workers, SharedClient first) {
    this.settings = settings;
    this.workers = workers;
    this.current = first;
  }

  /** Builds its clients itself. */
  static Exchanges own(ClientSettings settings) {
    ExecutorService workers = Workers.create();
    return new Exchanges(settings, workers, SharedClient.own(settings.newClient(workers)));
  }

  /** Runs on a client of the user, which it neither replaces nor closes. */
  static Exchanges on(HttpClient client) {
    ClientSettings.refuseRepeatedPosts();
    return new Exchanges(null, null, SharedClient.borrowed(client));
  }

  CompletableFuture<TransportResponse> send(TransportRequest request) {
    SharedClient client;
    ExchangeFuture exchange;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the transport is closed; create a new one");
      }
      client = current;
      client.enter();
      exchange = new ExchangeFuture();
      inFlight.add(exchange);
    }
    try {
      HttpRequest converted = Requests.convert(request, client.version());
      exchange.begin(
          client.http().sendAsync(converted, new AnswerHandler(request.maxResponseBytes())),
          (answer, failure) -> {
            if (failure != null) {
              failed(exchange, client, failure, request);
            } else if (answer.body() != null) {
              finish(exchange, client, () -> exchange.succeed(answer.body()));
            } else {
              // Measured: a proxy's 407 to CONNECT comes like an answer of the service, but without
              // a body object.
              finish(
                  exchange,
                  client,
                  () -> exchange.fail(new TransportException(
                      FailureStage.CONNECT,
                      "the proxy refused the connection (status " + answer.statusCode() + ")")));
            }
          });
    } catch (IllegalArgumentException e) {
      // Its text may repeat a header value, and the request was checked before: nothing of it is
      // passed on.
      finish(
          exchange,
          client,
          () -> exchange.fail(new TransportException(
              FailureStage.CONNECT, "the JDK's HTTP client refused the address or a header")));
    } catch (RejectedExecutionException e) {
      finish(
          exchange,
          client,
          () -> exchange.fail(new TransportException(
              FailureStage.CONNECT, "the executor of the HTTP client takes no more work", e)));
    }
    return exchange;
  }

  private void failed(
      ExchangeFuture exchange, SharedClient client, Throwable failure, TransportRequest request) {
    if (settings != null && Failures.leavesSocketOpen(failure)) {
      replace(client, settings);
    }
    finish(exchange, client, () -> exchange.fail(Failures.translate(failure, request)));
  }

  private void finish(ExchangeFuture exchange, SharedClient client, Runnable completion) {
    inFlight.remove(exchange);
    client.leave();
    completion.run();
  }

  private void replace(SharedClient broken, ClientSettings rebuilding) {
    synchronized (this) {
      if (closed || current != broken || workers == null) {
        return;
      }
      current = SharedClient.own(rebuilding.newClient(workers));
    }
    LOG.debug(
        "an answer was not HTTP: a new HTTP client takes over, because the old one keeps the socket open");
    broken.retire();
  }

  void close() {
    SharedClient last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = current;
    }
    for (ExchangeFuture exchange : inFlight) {
      exchange.fail(new TransportException(FailureStage.EXCHANGE, "the transport was closed"));
      exchange.abort();
    }
    last.retire();
    if (workers != null) {
      workers.shutdown();
    }
  }
}
