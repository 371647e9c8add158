// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The smallest transport that keeps every promise, on blocking sockets; and, on demand, one that breaks one of them. */
final class SocketTransport implements Transport {
  private static final int WORKERS = 16;
  private static final int IDLE_SECONDS = 60;
  private static final int CROWD = 200;

  private final Connector connector;
  private final Flaw flaw;
  private final ThreadPoolExecutor workers;
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private SocketTransport(TransportOptions options, Flaw flaw) {
    this.connector = new Connector(options, flaw);
    this.flaw = flaw;
    int threads = flaw == Flaw.THREAD_FOR_EACH_EXCHANGE ? CROWD : WORKERS;
    this.workers = new ThreadPoolExecutor(
        threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, "socket-transport");
          thread.setDaemon(flaw != Flaw.THREADS_THAT_KEEP_THE_JVM);
          return thread;
        });
    workers.allowCoreThreadTimeOut(true);
  }

  static SocketTransport sound(TransportOptions options) {
    return new SocketTransport(options, Flaw.NONE);
  }

  static SocketTransport with(Flaw flaw, TransportOptions options) {
    return new SocketTransport(options, flaw);
  }

  @Override
  public CompletableFuture<TransportResponse> send(TransportRequest request) {
    Exchange exchange = new Exchange(request, connector, flaw);
    synchronized (this) {
      if (closed) {
        if (flaw == Flaw.CLOSED_TOLD_BY_A_FUTURE) {
          exchange.fail(new TransportException(FailureStage.CONNECT, "closed"));
          return exchange;
        }
        throw new IllegalStateException("the transport is closed");
      }
      inFlight.add(exchange);
      if (flaw == Flaw.CONNECTS_ON_THE_CALLERS_THREAD) {
        exchange.connectNow();
      }
      if (flaw == Flaw.ASKS_SELECTORS_ON_THE_CALLERS_THREAD) {
        connector.proxy(request.uri());
      }
      workers.execute(() -> {
        exchange.run();
        inFlight.remove(exchange);
      });
    }
    return exchange;
  }

  @Override
  public void close() {
    List<Exchange> unfinished;
    synchronized (this) {
      if (closed) {
        if (flaw == Flaw.CLOSES_ONLY_ONCE) {
          throw new IllegalStateException("closed already");
        }
        return;
      }
      closed = true;
      unfinished = new ArrayList<>(inFlight);
    }
    if (flaw != Flaw.CLOSE_LEAVES_EXCHANGES) {
      unfinished.forEach(Exchange::close);
    }
    if (flaw != Flaw.CLOSE_LEAVES_IDLE_SOCKETS) {
      connector.close();
    }
    if (flaw != Flaw.CLOSE_LEAVES_THREADS) {
      workers.shutdown();
    }
  }
}
