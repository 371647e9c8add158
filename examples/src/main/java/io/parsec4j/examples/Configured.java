// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofSeconds;

import io.parsec4j.api.CallListener;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.json.JsonbCodec;
import io.parsec4j.transport.jdk.JdkTransport;
import java.net.ProxySelector;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** A client that is told everything; the transport that is handed in stays the caller's to close. */
final class Configured {
  private Configured() {}

  static JdkTransport transport(ProxySelector proxy, SSLContext tls) {
    return JdkTransport.builder()
        .connectTimeout(ofSeconds(3))
        .proxy(proxy)
        .sslContext(tls)
        .build();
  }

  static ParsecClient client(URI address, JdkTransport transport, CallListener metrics) {
    return ParsecClient.builder()
        .baseUri(address)
        .transport(transport)
        .codec(JsonbCodec.create())
        .timeout(ofSeconds(20))
        .attemptTimeout(ofSeconds(5))
        .retryPolicy(RetryPolicy.standard().withMaxAttempts(4))
        .listener(metrics)
        .build();
  }
}
