// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.contract.TransportCapability;
import io.parsec4j.testkit.contract.TransportContract;
import io.parsec4j.transport.apache.ApacheTransport;
import java.util.EnumSet;
import java.util.Set;
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
      this.transport = ApacheTransport.create(options);
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

  /** Proves that the transport keeps the promises of transports, but for what the one beneath does not do on purpose. */
  static class MyTransportTest extends TransportContract {
    @Override
    protected Transport create(TransportOptions options) {
      return new MyTransport(options);
    }

    @Override
    protected Set<TransportCapability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(TransportCapability.CONNECTION_REUSE));
    }
  }
}
