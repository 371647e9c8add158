// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.spi.AnswerFuture;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.AnswerParser;
import io.parsec4j.testkit.internal.HttpRequest;
import io.parsec4j.testkit.internal.Playback;
import io.parsec4j.testkit.internal.Reception;
import java.net.URI;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Parsec service without a socket: a transport that answers from memory, for unit tests.
 *
 * <pre>{@code
 * service.fail(Endpoint.HOSTS, Fault.rateLimit(ofSeconds(5)));
 *
 * CompletableFuture<HostPage> hosts = parsec.async().hosts(session, HostQuery.any());
 * timer.advance(ofSeconds(4));
 * assertThat(hosts).isNotDone();
 * timer.advance(ofSeconds(2));
 *
 * assertThat(hosts.join()).hasSize(1);
 * }</pre>
 *
 * <p>Here {@code service} is such a transport, {@code parsec} a client that {@link #clientBuilder()} has begun, and
 * {@code timer} a {@link ManualTimer} that both were given.
 *
 * <p>It knows and decides what a {@link FakeParsecServer} does: an answer is made of the same bytes, damaged by the same
 * faults, and read with the limits that every transport has. What becomes of a fault is what the transports of parsec4j
 * make of it on a socket: an answer that breaks off or makes no sense fails as EXCHANGE, a refused connection as CONNECT,
 * a broken handshake as TLS, too many bytes as TOO_LARGE, and a stall as nothing until the caller gives up.
 *
 * <p>The differences: each exchange is a connection of its own; whatever the address, it is this service that answers;
 * and no request is repeated in silence, which the JDK's client does with a GET whose connection ends before an answer.
 */
public final class FakeTransport extends FakeParsec implements Transport {
  private final FakeService service;
  private final Clients clients;
  private final Timer timer;
  private final boolean virtualTime;
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean closed;

  private FakeTransport(FakeService service, Clients clients, @Nullable Timer timer) {
    super(service, clients);
    this.service = service;
    this.clients = clients;
    this.timer = timer == null ? Timer.system() : timer;
    this.virtualTime = timer != null;
  }

  /** {@return a transport with the defaults of {@link Builder}: documented dialect, the time of the JVM} */
  public static FakeTransport create() {
    return builder().build();
  }

  /** {@return a builder with the defaults that its methods name} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this transport is closed
   */
  @Override
  public CompletableFuture<TransportResponse> send(TransportRequest request) {
    requireNonNull(request, "request");
    Exchange exchange = new Exchange(request);
    exchanges.add(exchange);
    if (closed) {
      exchanges.remove(exchange);
      throw new IllegalStateException("the transport is closed; create a new one");
    }
    try {
      exchange.connect();
    } catch (TransportException e) {
      exchange.answer.completeExceptionally(e);
    }
    CompletionStage<TransportResponse> end = exchange.answer;
    end.whenComplete((response, failure) -> exchange.end());
    return exchange.answer;
  }

  private static byte[] body(TransportRequest request) {
    if (request.bodyLength().isEmpty()) {
      return new byte[0];
    }
    try {
      return request.openBody();
    } catch (IllegalStateException e) {
      throw new TransportException(FailureStage.EXCHANGE, "the request was given up", e);
    }
  }

  private static HttpRequest received(TransportRequest request, byte[] body, int connection) {
    URI uri = request.uri();
    Headers.Builder headers = Headers.builder().add("Host", uri.getRawAuthority());
    headers = withFields(headers, request.headers());
    OptionalInt length = request.bodyLength();
    if (length.isPresent()) {
      headers = headers.add("Content-Length", Integer.toString(length.getAsInt()));
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new HttpRequest(
        request.method(), path, query, headers.build(), body.clone(), true, connection);
  }

  private static Headers.Builder withFields(Headers.Builder some, Headers more) {
    Headers.Builder[] all = {some};
    more.forEach((name, value) -> all[0] = all[0].add(name, value));
    return all[0];
  }

  /**
   * {@inheritDoc}
   *
   * <p>It has this transport, and its timer if it was given one. A codec is found on the class or module path unless one
   * is set, and the address is the real service's, which nobody asks.
   */
  @Override
  public ParsecClient.Builder clientBuilder() {
    ParsecClient.Builder builder = ParsecClient.builder().transport(this);
    return virtualTime ? builder.timer(timer) : builder;
  }

  @Override
  int lastConnection() {
    return connections.get();
  }

  @Override
  void cutConnections() {
    for (Exchange exchange : exchanges) {
      exchange.answer.completeExceptionally(
          new TransportException(FailureStage.EXCHANGE, "the connection was cut"));
    }
  }

  /**
   * Closes the clients that {@link #client()} made and fails what is in flight. Further calls do nothing; what was
   * recorded can still be read.
   */
  @Override
  public void close() {
    closed = true;
    clients.close();
    cutConnections();
  }

  /** {@return how many exchanges wait for their answer} */
  @Override
  public String toString() {
    return "FakeTransport[" + exchanges.size() + " in flight]";
  }

  /** One request that waits for its answer. */
  private final class Exchange {
    private final TransportRequest request;
    private final AnswerFuture answer = new AnswerFuture();
    private @Nullable Playback playback;

    Exchange(TransportRequest request) {
      this.request = request;
    }

    void connect() {
      if (service.isShut()) {
        throw new TransportException(FailureStage.CONNECT, "connection refused");
      }
      int connection = connections.incrementAndGet();
      Reception reception = service.receive();
      switch (reception) {
        case ANSWERED_IN_PLAIN_TEXT:
        case HANDSHAKE_RESET:
        case HANDSHAKE_CLOSED:
          throw new TransportException(FailureStage.TLS, "the TLS handshake failed");
        case HANDSHAKE_STALLED:
          return;
        default:
        // From here on the connection stands.
      }
      byte[] body = body(request);
      if (reception == Reception.SERVED) {
        HttpRequest received = received(request, body, connection);
        AnswerParser parser = new AnswerParser(request.method(), request.maxResponseBytes());
        playback = new Playback(service.handle(received), parser, timer, answer);
        playback.play();
      } else if (reception != Reception.STALLED) {
        throw new TransportException(
            FailureStage.EXCHANGE, "the connection ended without an answer");
      }
    }

    void end() {
      exchanges.remove(this);
      if (playback != null) {
        playback.stop();
      }
    }
  }

  /** Says how a service in memory is to behave; not safe for use by several threads. Can build several. */
  public static final class Builder extends ServiceBuilder<Builder> {
    private @Nullable Timer timer;

    private Builder() {}

    /**
     * Sets the timer of everything that takes time: {@link Fault#delay}, {@link Fault#drip} and {@link Latency}; the
     * time of the JVM if not called. The clients have it, too.
     *
     * @param timer for example a {@link ManualTimer}
     * @return this builder
     */
    public Builder timer(Timer timer) {
      this.timer = requireNonNull(timer, "timer");
      return this;
    }

    /**
     * Builds a transport.
     *
     * @return the transport, which answers already
     */
    public FakeTransport build() {
      return new FakeTransport(new FakeService(settings()), new Clients(), timer);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
