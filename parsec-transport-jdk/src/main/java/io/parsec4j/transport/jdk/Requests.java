// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Turns a request into one of the JDK. */
final class Requests {
  private static final int LAST_PORT = 65_535;

  private Requests() {}

  /**
   * Refuses addresses of which the JDK's client drops a part without a word, or that it finds out about too late.
   *
   * @throws TransportException of stage CONNECT if the address is such a one
   */
  static void check(URI uri) {
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw refused("the scheme of the address must be http or https");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused("the address must not carry user information");
    }
    if (uri.getPort() > LAST_PORT) {
      throw refused(
          "the port of the address must be at most " + LAST_PORT + ", was " + uri.getPort());
    }
  }

  private static TransportException refused(String message) {
    return new TransportException(FailureStage.CONNECT, message);
  }

  static HttpRequest convert(
      TransportRequest request, HttpClient.Version preferred, Runnable bodyOpened) {
    // On plain http the JDK would offer h2c in headers that surprise servers and proxies.
    boolean tls = "https".equalsIgnoreCase(request.uri().getScheme());
    HttpRequest.Builder converted = HttpRequest.newBuilder(request.uri())
        .version(tls ? preferred : HttpClient.Version.HTTP_1_1);
    request.headers().forEach(converted::header);
    boolean bodiless = request.bodyLength().isEmpty();
    if (bodiless && request.method().equals("GET")) {
      return converted.GET().build();
    }
    return converted
        .method(
            request.method(),
            bodiless ? HttpRequest.BodyPublishers.noBody() : new OnDemandBody(request, bodyOpened))
        .build();
  }

  /**
   * Asks for the bytes when the JDK subscribes. Measured on 17 and 25: it does so on a connection that stands, with one
   * exception, a server that ends the TLS handshake with FIN. Then the bytes are asked for and not sent, so that a sign-in is
   * taken for sent that was not: it is not repeated, which is the safe side.
   */
  private static final class OnDemandBody implements HttpRequest.BodyPublisher {
    private final TransportRequest request;
    private final Runnable opened;

    OnDemandBody(TransportRequest request, Runnable opened) {
      this.request = request;
      this.opened = opened;
    }

    @Override
    public long contentLength() {
      return request.bodyLength().orElse(0);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      byte[] bytes;
      try {
        bytes = request.openBody();
        opened.run();
      } catch (RuntimeException e) {
        // Its text is the caller's, and it is no fault of the answer.
        refuse(
            subscriber,
            new TransportException(
                FailureStage.EXCHANGE, "the body was refused: " + e.getClass().getSimpleName()));
        return;
      }
      HttpRequest.BodyPublishers.ofByteArray(bytes).subscribe(subscriber);
    }

    private static void refuse(
        Flow.Subscriber<? super ByteBuffer> subscriber, RuntimeException reason) {
      subscriber.onSubscribe(new Flow.Subscription() {
        @Override
        public void request(long n) {
          // There is nothing to hand out: the error follows at once.
        }

        @Override
        public void cancel() {
          // Nothing was begun.
        }
      });
      subscriber.onError(reason);
    }
  }
}
