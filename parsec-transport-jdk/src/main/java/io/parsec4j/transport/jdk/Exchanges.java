// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.net.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
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
  private final Optional<Proxies> proxies;
  private final ExecutorService starters = Workers.forStarting();
  private final Set<ExchangeFuture> inFlight = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private SharedClient current;
  private boolean closed;

  private Exchanges(
      @Nullable ClientSettings settings,
      @Nullable ExecutorService workers,
      Optional<Proxies> proxies,
      SharedClient first) {
    this.settings = settings;
    this.workers = workers;
    this.proxies = proxies;
    this.current = first;
  }

  /** Builds its clients itself. */
  static Exchanges own(ClientSettings settings) {
    ExecutorService workers = Workers.create();
    return new Exchanges(
        settings,
        workers,
        settings.proxies(),
        SharedClient.own(settings.newClient(Workers.inPlaceOr(workers))));
  }

  /** Runs on a client of the user, which it neither replaces nor closes. */
  static Exchanges on(HttpClient client) {
    ClientSettings.refuseRepeatedPosts();
    return new Exchanges(null, null, Proxies.of(client), SharedClient.borrowed(client));
  }

  CompletableFuture<TransportResponse> send(TransportRequest request) {
    ExchangeFuture exchange = ExchangeFuture.create();
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the transport is closed; create a new one");
      }
      inFlight.add(exchange);
    }
    try {
      Requests.check(request.uri());
      starters.execute(() -> start(exchange, request));
    } catch (TransportException e) {
      fail(exchange, e);
    } catch (RuntimeException | Error e) {
      // The transport was closed in between, or the JVM has no thread left.
      fail(
          exchange,
          new TransportException(
              FailureStage.CONNECT, "the exchange could not be begun: " + kind(e)));
    }
    return exchange;
  }

  /** Asks for the way and begins, both of which may block: the JDK's client looks up the name of the host at once. */
  private void start(ExchangeFuture exchange, TransportRequest request) {
    if (exchange.isDone()) {
      inFlight.remove(exchange);
      return;
    }
    try {
      if (proxies.isPresent()) {
        begin(exchange, request, proxies.get(), proxies.get().ask(request.uri()));
      } else {
        begin(exchange, request, null, List.of());
      }
    } catch (TransportException e) {
      fail(exchange, e);
    }
  }

  private void begin(
      ExchangeFuture exchange, TransportRequest request, @Nullable Proxies asked, List<Proxy> way) {
    Optional<SharedClient> entered = enter();
    if (entered.isEmpty()) {
      fail(exchange, closedTransport());
      return;
    }
    SharedClient client = entered.get();
    try {
      HttpRequest converted =
          Requests.convert(request, client.http().version(), exchange::bodyOpened);
      AnswerHandler handler = new AnswerHandler(request.maxResponseBytes(), exchange::answered);
      Supplier<CompletableFuture<HttpResponse<TransportResponse>>> start =
          () -> client.http().sendAsync(converted, handler);
      exchange.begin(
          asked == null ? start.get() : asked.along(way, start),
          (answer, failure) -> ended(exchange, client, request, answer, failure));
    } catch (IllegalArgumentException e) {
      // Its text may repeat a header value, and the request was checked before: nothing of it is
      // passed on.
      leave(exchange, client);
      exchange.completeExceptionally(new TransportException(
          FailureStage.CONNECT, "the JDK's HTTP client refused the address or a header"));
    } catch (RejectedExecutionException e) {
      leave(exchange, client);
      exchange.completeExceptionally(new TransportException(
          FailureStage.CONNECT, "the executor of the HTTP client takes no more work", e));
    } catch (RuntimeException | Error e) {
      leave(exchange, client);
      exchange.completeExceptionally(new TransportException(
          exchange.isBodyOpened() ? FailureStage.EXCHANGE : FailureStage.CONNECT,
          "the JDK's HTTP client failed: " + kind(e)));
    }
  }

  private synchronized Optional<SharedClient> enter() {
    if (closed) {
      return Optional.empty();
    }
    current.enter();
    return Optional.of(current);
  }

  private void ended(
      ExchangeFuture exchange,
      SharedClient client,
      TransportRequest request,
      @Nullable HttpResponse<TransportResponse> answer,
      @Nullable Throwable failure) {
    if (exchange.isAnswered()) {
      leave(exchange, client);
      return;
    }
    try {
      if (settings != null && failure != null && Failures.leavesSocketOpen(failure)) {
        replace(client, settings);
      }
    } finally {
      leave(exchange, client);
      if (answer == null) {
        exchange.completeExceptionally(
            Failures.translate(requireNonNull(failure), request.uri(), exchange.isBodyOpened()));
      } else if (answer.body() != null) {
        exchange.complete(answer.body());
      } else {
        // Measured: a proxy's 407 to CONNECT comes like an answer of the service, but without a
        // body
        // object.
        exchange.completeExceptionally(new TransportException(
            FailureStage.CONNECT,
            "the proxy refused the connection (status " + answer.statusCode() + ")"));
      }
    }
  }

  private void leave(ExchangeFuture exchange, SharedClient client) {
    inFlight.remove(exchange);
    client.leave();
  }

  /** Ends an exchange that never got to a client. */
  private void fail(ExchangeFuture exchange, TransportException failure) {
    inFlight.remove(exchange);
    exchange.completeExceptionally(failure);
  }

  private void replace(SharedClient broken, ClientSettings rebuilding) {
    synchronized (this) {
      if (closed || current != broken || workers == null) {
        return;
      }
      try {
        current = SharedClient.own(rebuilding.newClient(Workers.inPlaceOr(workers)));
      } catch (RuntimeException | Error e) {
        LOG.warn(
            "an answer was not HTTP, and the HTTP client that keeps its socket open stays, because"
                + " no new one could be built: {}",
            kind(e));
        return;
      }
    }
    LOG.debug(
        "an answer was not HTTP: a new HTTP client takes over, because the old one keeps the socket open");
    broken.retire();
  }

  private static String kind(Throwable failure) {
    return failure.getClass().getSimpleName();
  }

  private static TransportException closedTransport() {
    return new TransportException(FailureStage.EXCHANGE, "the transport was closed");
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
      exchange.completeExceptionally(closedTransport());
    }
    last.retire();
    starters.shutdown();
    if (workers != null) {
      workers.shutdown();
    }
  }
}
