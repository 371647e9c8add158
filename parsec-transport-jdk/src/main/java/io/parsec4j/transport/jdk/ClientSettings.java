// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.spi.TransportOptions;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** How the clients of one transport are built. */
final class ClientSettings {
  static final String NO_HOST_CHECK = "jdk.internal.httpclient.disableHostnameVerification";

  private static final String REPEAT_POST = "jdk.httpclient.enableAllMethodRetry";
  private static final String HOST_CHECK = "HTTPS";
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final TransportOptions options;
  private final boolean http2;
  private final SSLContext sslContext;
  private final Optional<Proxies> proxies;

  ClientSettings(TransportOptions options, boolean http2) {
    refuseRepeatedPosts();
    this.options = options;
    this.http2 = http2;
    this.sslContext = options.sslContext().orElseGet(ClientSettings::trustOfTheJvm);
    this.proxies = options.proxy().map(Proxies::of);
  }

  /** Returns what chooses proxies; empty if there are none. */
  Optional<Proxies> proxies() {
    return proxies;
  }

  /** Measured: with this property the JDK sends a sign-in twice. */
  static void refuseRepeatedPosts() {
    if (isSet(REPEAT_POST)) {
      throw new ParsecConfigurationException("the system property " + REPEAT_POST
          + " makes the JDK send a sign-in twice, which may lock the account; remove it");
    }
  }

  /** Measured: the property switches the check off only where the parameters do not ask for it. */
  static boolean checksHostNames(HttpClient client) {
    return !isSet(NO_HOST_CHECK)
        || HOST_CHECK.equalsIgnoreCase(client.sslParameters().getEndpointIdentificationAlgorithm());
  }

  private static boolean isSet(String property) {
    String value = System.getProperty(property);
    return value != null && (value.isEmpty() || Boolean.parseBoolean(value));
  }

  HttpClient newClient(Executor executor) {
    return HttpClient.newBuilder()
        .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(options.connectTimeout())
        .proxy(proxies.isPresent() ? proxies.get() : HttpClient.Builder.NO_PROXY)
        .sslContext(sslContext)
        .sslParameters(parameters())
        .executor(executor)
        .build();
  }

  private SSLParameters parameters() {
    List<String> supported =
        Arrays.asList(sslContext.getSupportedSSLParameters().getProtocols());
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS.stream().filter(supported::contains).toArray(String[]::new));
    // Set explicitly, because a system property switches off only the check that is implied.
    parameters.setEndpointIdentificationAlgorithm(HOST_CHECK);
    return parameters;
  }

  private static SSLContext trustOfTheJvm() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new ParsecConfigurationException(
          "the JVM has no default TLS context; hand one in by sslContext(...)", e);
    }
  }
}
