// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.contract.TransportCapability;
import io.parsec4j.testkit.contract.TransportContract;
import java.net.http.HttpClient;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLParameters;

/** On a client of the caller's everything is kept but what needs the client to be replaced or closed. */
class ForeignClientContractTest extends TransportContract {
  @Override
  protected Transport create(TransportOptions options) {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    ExecutorService executor = Workers.create();
    HttpClient.Builder client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(options.connectTimeout())
        .proxy(options.proxy().orElse(HttpClient.Builder.NO_PROXY))
        .sslParameters(parameters)
        .executor(executor);
    options.sslContext().ifPresent(client::sslContext);
    return new WithExecutor(JdkTransport.of(client.build()), executor);
  }

  @Override
  protected Set<TransportCapability> capabilities() {
    return EnumSet.of(
        TransportCapability.CONNECTION_REUSE, TransportCapability.ENDS_WITH_DERIVED_STAGES);
  }

  /** Closes what is the caller's when the caller would: after the transport. */
  private static final class WithExecutor implements Transport {
    private final JdkTransport transport;
    private final ExecutorService executor;

    WithExecutor(JdkTransport transport, ExecutorService executor) {
      this.transport = transport;
      this.executor = executor;
    }

    @Override
    public CompletableFuture<TransportResponse> send(TransportRequest request) {
      return transport.send(request);
    }

    @Override
    public void close() {
      transport.close();
      executor.shutdown();
    }
  }
}
