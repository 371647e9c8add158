// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import io.parsec4j.testkit.internal.wire.Http1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;

/** One exchange of a {@link SocketTransport}. */
final class Exchange extends CompletableFuture<TransportResponse> {
  private static final int MOST_REDIRECTS = 5;

  private final TransportRequest request;
  private final Connector connector;
  private final Flaw flaw;
  private volatile FailureStage stage = FailureStage.CONNECT;
  private final CountDownLatch returned = new CountDownLatch(1);
  private volatile Socket socket;
  private boolean repeated;
  private Line early;
  private byte[] body;
  private int redirects;
  private String cookie = "";
  private String authorization = "";

  Exchange(TransportRequest request, Connector connector, Flaw flaw) {
    this.request = request;
    this.connector = connector;
    this.flaw = flaw;
  }

  private Exchange reusing(byte[] opened) {
    body = opened;
    return this;
  }

  void connectNow() {
    try {
      early = connector.lease(request.uri(), this);
    } catch (IOException e) {
      fail(translated(e));
    }
  }

  void run() {
    if (isDone() && flaw != Flaw.CANCEL_LEAVES_THE_SOCKET) {
      return;
    }
    try {
      if (flaw == Flaw.OPENS_THE_BODY_AT_ONCE) {
        openBody();
      }
      super.complete(finished(attempts(request.uri())));
    } catch (TransportException e) {
      fail(e);
    } catch (IOException e) {
      fail(translated(e));
    } catch (RuntimeException e) {
      abort();
      if (flaw.isUnchecked()) {
        super.completeExceptionally(e);
      } else {
        fail(new TransportException(stage, "failed: " + e.getClass().getSimpleName()));
      }
    }
  }

  private TransportResponse attempts(URI uri) throws IOException {
    boolean post = request.bodyLength().isPresent();
    int left = flaw == Flaw.REPEATS || (flaw == Flaw.REPEATS_POSTS && post) ? 2 : 1;
    while (true) {
      try {
        return once(uri);
      } catch (IOException e) {
        left--;
        if (left == 0 || stage != FailureStage.EXCHANGE || isDone()) {
          throw e;
        }
        repeated = true;
      }
    }
  }

  private TransportResponse once(URI uri) throws IOException {
    Line line = early != null ? early : connector.lease(uri, this);
    early = null;
    boolean kept = false;
    try {
      stage = FailureStage.EXCHANGE;
      line.write(requestBytes(uri, line));
      if (poolsCancelled()) {
        while (line.in().available() == 0 && !isDone()) {
          Thread.onSpinWait();
        }
        kept = isDone();
        if (kept) {
          throw new IOException("given up");
        }
      }
      ResponseReader reader = new ResponseReader(line, request, flaw);
      TransportResponse answer = reader.read();
      kept = reader.mayKeep() || (flaw == Flaw.POOLS_BROKEN_CONNECTIONS);
      return again(answer, uri, line);
    } catch (TransportException e) {
      kept = flaw == Flaw.POOLS_BROKEN_CONNECTIONS;
      throw e;
    } finally {
      if (kept && (!isDone() || poolsCancelled())) {
        connector.release(line);
        returned.countDown();
      } else if (flaw != Flaw.LEAVES_BROKEN_CONNECTIONS || reasonIsClean(kept)) {
        line.close();
      } else {
        connector.forget(line);
      }
    }
  }

  private boolean reasonIsClean(boolean kept) {
    return kept || stage != FailureStage.EXCHANGE;
  }

  private TransportResponse again(TransportResponse answer, URI uri, Line line) throws IOException {
    Optional<String> location = answer.headers().first("Location");
    if (flaw == Flaw.FOLLOWS_REDIRECTS
        && location.isPresent()
        && answer.status() == 302
        && redirects < MOST_REDIRECTS) {
      redirects++;
      line.close();
      return once(uri.resolve(location.get()));
    }
    if (flaw == Flaw.REPEATS_REDIRECTED_POSTS
        && location.isPresent()
        && answer.status() == 307
        && request.bodyLength().isPresent()) {
      line.close();
      return new Exchange(request, connector, Flaw.NONE).reusing(body).once(uri);
    }
    if (flaw == Flaw.OBEYS_RETRY_AFTER
        && answer.headers().first("Retry-After").orElse("").equals("soon")) {
      line.close();
      body = null;
      return request.bodyLength().isPresent()
          ? answer
          : new Exchange(request, connector, Flaw.NONE).once(uri);
    }
    if (flaw == Flaw.ANSWERS_CHALLENGES
        && answer.status() == 401
        && authorization.isEmpty()
        && answer.headers().first("WWW-Authenticate").isPresent()) {
      authorization = "Authorization: Basic dXNlcjpwYXNz\r\n";
      line.close();
      return once(uri);
    }
    if (flaw == Flaw.ASKS_THE_AUTHENTICATOR && answer.status() == 401 && authorization.isEmpty()) {
      PasswordAuthentication asked = Authenticator.requestPasswordAuthentication(
          InetAddress.getLoopbackAddress(), uri.getPort(), "http", "realm", "basic");
      authorization = asked == null ? "" : "Authorization: Basic dXNlcjpwYXNz\r\n";
    }
    return answer;
  }

  private TransportResponse finished(TransportResponse answer) throws IOException {
    URI uri = request.uri();
    if (flaw == Flaw.KEEPS_COOKIES) {
      answer.headers().first("Set-Cookie").ifPresent(connector::keepCookie);
    }
    if (flaw == Flaw.TELLS_THE_COOKIE_HANDLER && CookieHandler.getDefault() != null) {
      Map<String, List<String>> cookies = Map.of("Set-Cookie", answer.headers().all("Set-Cookie"));
      CookieHandler.getDefault().put(uri, cookies);
    }
    if (flaw == Flaw.SORTS_ANSWER_FIELDS) {
      Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      answer
          .headers()
          .forEach((name, value) ->
              sorted.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
      Headers.Builder headers = Headers.builder();
      for (Map.Entry<String, List<String>> field : sorted.entrySet()) {
        for (String value : field.getValue()) {
          headers = headers.add(field.getKey(), value);
        }
      }
      return TransportResponse.of(answer.status(), headers.build(), answer.body());
    }
    if (flaw == Flaw.UNPACKS && answer.headers().first("Content-Encoding").isPresent()) {
      byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
      return TransportResponse.of(answer.status(), answer.headers(), unpacked);
    }
    if (flaw == Flaw.DECODES_TEXT
        && answer.headers().first("Content-Type").orElse("").contains("charset")) {
      byte[] recoded = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return TransportResponse.of(answer.status(), answer.headers(), recoded);
    }
    if (flaw == Flaw.MIXES_ANSWERS_UP && uri.getPath().startsWith("/thread-7/")) {
      return TransportResponse.of(answer.status(), answer.headers(), Http1.bytes("another's"));
    }
    return answer;
  }

  @CanIgnoreReturnValue
  private synchronized byte[] openBody() {
    if (body == null) {
      if (isDone() && flaw != Flaw.CANCEL_LEAVES_THE_SOCKET) {
        throw new IllegalStateException("given up");
      }
      try {
        body = request.bodyLength().isPresent() ? request.openBody() : new byte[0];
      } catch (IllegalStateException e) {
        if (flaw != Flaw.SENDS_REFUSED_BODIES) {
          throw e;
        }
        body = Http1.bytes("secret".repeat(100)).clone();
      }
    }
    return body;
  }

  private byte[] requestBytes(URI uri, Line line) {
    byte[] bytes = openBody();
    if (flaw == Flaw.OPENS_THE_BODY_TWICE && request.bodyLength().isPresent()) {
      bytes = request.openBody();
    }
    if (flaw == Flaw.CHANGES_BODIES && bytes.length > 100_000) {
      bytes = bytes.clone();
      bytes[bytes.length - 1]++;
    }
    String method = request.method();
    if (flaw == Flaw.CHANGES_METHODS && method.equals("PATCH")) {
      method = "POST";
    }
    StringBuilder head = new StringBuilder(method + " " + line.target(uri) + " HTTP/1.1\r\n");
    head.append("Host: ").append(Connector.hostField(uri, flaw)).append("\r\n");
    head.append(fields());
    boolean empty = bytes.length == 0 && flaw == Flaw.OMITS_THE_LENGTH_OF_NOTHING;
    if (request.bodyLength().isPresent() && !empty) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    } else if (flaw == Flaw.ANNOUNCES_A_BODY_OF_GET) {
      head.append("Transfer-Encoding: chunked\r\n");
      bytes = Http1.bytes("0\r\n\r\n");
    }
    if (flaw == Flaw.ASKS_FOR_COMPRESSION) {
      head.append("Accept-Encoding: gzip\r\n");
    }
    if (flaw == Flaw.KEEPS_COOKIES) {
      cookie = connector.cookie();
      head.append(cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
    }
    head.append(authorization).append("\r\n");
    return Http1.join(head.toString().getBytes(ISO_8859_1), bytes);
  }

  private String fields() {
    Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    StringBuilder given = new StringBuilder();
    request.headers().forEach((name, value) -> {
      given.append(name).append(": ").append(value).append("\r\n");
      sorted.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    });
    if (flaw == Flaw.SORTS_REQUEST_FIELDS || flaw == Flaw.JOINS_REPEATED_FIELDS) {
      StringBuilder joined = new StringBuilder();
      String between = flaw == Flaw.JOINS_REPEATED_FIELDS ? ", " : "\r\n%s: ";
      sorted.forEach((name, values) -> joined
          .append(name)
          .append(": ")
          .append(String.join(String.format(Locale.ROOT, between, name), values))
          .append("\r\n"));
      return flaw == Flaw.JOINS_REPEATED_FIELDS
              && sorted.size() == request.headers().size()
          ? given.toString()
          : joined.toString();
    }
    return given.toString();
  }

  /** Makes the plain socket known to whoever cancels. */
  void uses(Socket connecting, FailureStage reached) throws IOException {
    stage = repeated ? FailureStage.EXCHANGE : reached;
    socket = connecting;
    if (isDone() && flaw != Flaw.CANCEL_LEAVES_THE_SOCKET) {
      connecting.close();
      throw new IOException("given up");
    }
    if (flaw == Flaw.OPENS_THE_BODY_BEFORE_THE_HANDSHAKE && reached == FailureStage.TLS) {
      openBody();
    }
  }

  private TransportException translated(IOException e) {
    String detail = flaw == Flaw.QUOTES_THE_ADDRESS ? request.uri().toString() : "";
    boolean timeout = e instanceof SocketTimeoutException;
    boolean wrong = flaw == Flaw.TELLS_TLS_AS_EXCHANGE && e instanceof SSLException;
    boolean misnamed = flaw == Flaw.TELLS_CONNECT_AS_EXCHANGE && stage == FailureStage.CONNECT;
    FailureStage told = wrong || misnamed
        ? FailureStage.EXCHANGE
        : flaw == Flaw.TELLS_EXCHANGE_AS_CONNECT
            ? FailureStage.CONNECT
            : timeout && stage != FailureStage.EXCHANGE ? FailureStage.TIMEOUT : stage;
    return new TransportException(told, "failed " + detail, e);
  }

  void fail(TransportException failure) {
    super.completeExceptionally(failure);
  }

  @Override
  public boolean complete(TransportResponse value) {
    return abortingIf(super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return abortingIf(super.completeExceptionally(failure));
  }

  private boolean abortingIf(boolean givenUp) {
    if (givenUp && !knowsCancellingOnly() && flaw != Flaw.CANCEL_LEAVES_THE_SOCKET) {
      abort();
    }
    return givenUp;
  }

  private boolean knowsCancellingOnly() {
    return flaw == Flaw.KNOWS_CANCELLING_ONLY || flaw == Flaw.KNOWS_NO_DERIVED_STAGES;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return flaw == Flaw.KNOWS_NO_DERIVED_STAGES ? new CompletableFuture<>() : new Derived<>(this);
  }

  /** Ends its exchange, too, when it is given up. */
  private static final class Derived<T> extends CompletableFuture<T> {
    private final Exchange source;

    Derived(Exchange source) {
      this.source = source;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Derived<>(source);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return cancellingIf(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(T value) {
      return cancellingIf(super.complete(value) && !source.knowsCancellingOnly());
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
      return cancellingIf(super.completeExceptionally(failure) && !source.knowsCancellingOnly());
    }

    private boolean cancellingIf(boolean givenUp) {
      if (givenUp) {
        source.cancel(true);
      }
      return givenUp;
    }
  }

  void close() {
    String detail = flaw == Flaw.QUOTES_THE_ADDRESS ? request.uri().toString() : "";
    // In one step with opening the body, so that CONNECT is true.
    synchronized (this) {
      FailureStage reached = stage == FailureStage.TLS ? FailureStage.CONNECT : stage;
      fail(new TransportException(reached, "the transport was closed " + detail));
    }
    abort();
  }

  private void abort() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @CanIgnoreReturnValue
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (flaw == Flaw.CANCELS_WHAT_IS_DONE && isDone()) {
      obtrudeException(new CancellationException());
      return true;
    }
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (poolsCancelled()) {
      awaitReturned();
    } else if (cancelled && flaw != Flaw.CANCEL_LEAVES_THE_SOCKET) {
      abort();
    }
    if (flaw == Flaw.CANCEL_BREAKS_THE_TRANSPORT) {
      connector.breakDown();
    }
    if (flaw == Flaw.KEEPS_A_THREAD_FOR_WHAT_IS_CANCELLED) {
      connector.waitForTheEnd();
    }
    return cancelled;
  }

  private boolean poolsCancelled() {
    return flaw == Flaw.POOLS_CANCELLED_CONNECTIONS && request.bodyLength().isEmpty();
  }

  private void awaitReturned() {
    try {
      if (stage == FailureStage.EXCHANGE && !returned.await(1, TimeUnit.SECONDS)) {
        abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return flaw == Flaw.PRINTS_THE_ADDRESS ? "Exchange " + request.uri() : "Exchange";
  }
}
