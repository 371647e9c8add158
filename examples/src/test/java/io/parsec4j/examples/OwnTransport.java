// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.contract.TransportContract;
import io.parsec4j.transport.jdk.JdkTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A transport of a user, and its test. Nested, so that surefire leaves the test out: it takes most of a minute, and the
 * same cases run with the bundled transports.
 */
final class OwnTransport {
  private OwnTransport() {}

  /** Counts what another transport sends. */
  static final class MyTransport implements Transport {
    private final Transport transport;
    private final AtomicLong sent = new AtomicLong();

    MyTransport(TransportOptions options) {
      this.transport = JdkTransport.create(options);
    }

    @Override
    public CompletableFuture<TransportResponse> send(TransportRequest request) {
      sent.incrementAndGet();
      // the other one's own future, so that cancelling it reaches the wire
      return transport.send(request);
    }

    long sent() {
      return sent.get();
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** Proves that the transport keeps the promises of transports. */
  static class MyTransportTest extends TransportContract {
    @Override
    protected Transport create(TransportOptions options) {
      return new MyTransport(options);
    }
  }
}
