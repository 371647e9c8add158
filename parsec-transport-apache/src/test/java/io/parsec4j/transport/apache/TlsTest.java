// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static io.parsec4j.transport.apache.Calls.untouchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ApacheTransport transport =
      ApacheTransport.builder().noProxy().sslContext(Certificates.client()).build();

  @AfterEach
  void close() {
    transport.close();
  }

  private static RawServer server(String certificate) {
    return RawServer.startTls(Certificates.server(certificate), peer -> {
      peer.readRequest();
      peer.send(OK);
    });
  }

  @Test
  void talksToAServerThatIsTrusted() throws Exception {
    try (RawServer server = server("good")) {
      assertThat(text(result(transport.send(post(server.uri(), "x"))))).isEqualTo("ok");
      assertThat(server.next().request()).contains("\r\nHost: localhost:" + server.port() + "\r\n");
    }
  }

  @Test
  void talksToAnAddressThatTheCertificateNames() throws Exception {
    try (RawServer server = server("good")) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");

      assertThat(text(result(transport.send(get(uri))))).isEqualTo("ok");
    }
  }

  @Test
  void takesLeaveOfTheServer() throws Exception {
    CompletableFuture<Integer> afterwards = new CompletableFuture<>();
    try (RawServer server = RawServer.startTls(Certificates.server("good"), peer -> {
      peer.readRequest();
      peer.send(OK);
      afterwards.complete(peer.readOrThrow());
    })) {
      assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
      // The end, and not an exception about a missing close_notify.
      assertThat(result(afterwards)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere", "expired", "stranger"})
  void refusesACertificateBeforeAnythingIsSent(String certificate) throws Exception {
    try (RawServer server = server(certificate)) {
      TransportException failure = failure(transport.send(untouchable(server.uri())));

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      assertThat(failure)
          .hasMessage("TLS handshake with localhost:" + server.port() + " failed")
          .hasCauseInstanceOf(SSLException.class);
      assertThatThrownBy(() -> server.next().request()).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void trustsNobodyUnknownByDefault() throws Exception {
    try (ApacheTransport plain = ApacheTransport.builder().noProxy().build();
        RawServer server = server("good")) {
      assertThat(failure(plain.send(untouchable(server.uri()))).stage())
          .isEqualTo(FailureStage.TLS);
    }
  }

  @Test
  void checksTheHostEvenIfTheContextTrustsEverything() throws Exception {
    try (ApacheTransport gullible = ApacheTransport.builder()
            .noProxy()
            .sslContext(Certificates.context(null, new TrustManager[] {new TrustsEverything()}))
            .build();
        RawServer server = server("elsewhere")) {
      TransportException failure = failure(gullible.send(untouchable(server.uri())));

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      assertThat(failure).hasRootCauseMessage("the certificate is not one for this host");
    }
  }

  @Test
  void refusesTls11() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      // A ServerHello of TLS 1.1.
      peer.send(new byte[] {22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2});
      peer.send(new byte[32]);
      peer.send(new byte[] {0, (byte) 0xc0, 0x13, 0});
      peer.awaitLeave();
    })) {
      TransportException failure =
          failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))));

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      result(server.next().left());
    }
  }

  @Test
  void plainTextOnATlsPortIsATlsFailure() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
      peer.awaitLeave();
    })) {
      assertThat(
              failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))))
                  .stage())
          .isEqualTo(FailureStage.TLS);
      result(server.next().left());
    }
  }

  @Test
  void anEndInsideTheHandshakeIsATlsFailure() throws Exception {
    try (RawServer server = RawServer.start(Peer::skipByte)) {
      assertThat(
              failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))))
                  .stage())
          .isEqualTo(FailureStage.TLS);
    }
  }

  @Test
  void aResetInsideTheHandshakeIsATlsFailure() throws Exception {
    try (RawServer server = RawServer.start(peer -> {
      peer.skipByte();
      peer.reset();
    })) {
      assertThat(
              failure(transport.send(untouchable(URI.create("https://localhost:" + server.port()))))
                  .stage())
          .isEqualTo(FailureStage.TLS);
    }
  }

  @Test
  void aBrokenRecordInTheAnswerIsAnExchangeFailure() throws Exception {
    try (RawServer server = RawServer.startTls(Certificates.server("good"), peer -> {
      peer.readRequest();
      peer.sendBare(new byte[] {23, 3, 3, 0, 32});
      peer.sendBare(new byte[32]);
      peer.awaitLeave();
    })) {
      TransportException failure = failure(transport.send(get(server.uri())));

      assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
      assertThat(failure).hasMessage("the connection to localhost:" + server.port() + " broke");
      assertThat(failure).hasCauseInstanceOf(SSLException.class);
    }
  }

  @Test
  void aContextThatFailsIsATlsFailureWithoutItsText() throws Exception {
    SSLContext broken = new Context(null, "TLSv1.3");
    try (ApacheTransport failing =
            ApacheTransport.builder().noProxy().sslContext(broken).build();
        RawServer server = RawServer.start(Peer::awaitLeave)) {
      TransportException failure =
          failure(failing.send(untouchable(URI.create("https://localhost:" + server.port()))));

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      assertThat(failure)
          .hasMessageEndingWith("failed: UnsupportedOperationException")
          .hasNoCause();
    }
  }

  @Test
  void anErrorInATrustManagerClosesTheConnection() throws Exception {
    TrustManager[] broken = {
      new TrustsEverything() {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
          throw new AssertionError("canary");
        }
      }
    };
    try (ApacheTransport failing = ApacheTransport.builder()
            .noProxy()
            .sslContext(Certificates.context(null, broken))
            .build();
        RawServer server = server("good")) {
      assertThat(failure(failing.send(untouchable(server.uri()))))
          .hasMessageEndingWith("AssertionError");
      assertThatThrownBy(() -> server.next().request()).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void needsAContextWithTls12Or13() {
    ApacheTransport.Builder builder =
        ApacheTransport.builder().sslContext(new Context(null, "TLSv1.1", "SSLv3"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sslContext must have TLSv1.2 or TLSv1.3 enabled");
  }

  @Test
  void offersNothingOlderThanTls12EvenIfTheContextDoes() throws Exception {
    SSLContext lax =
        new Context(Certificates.client().getSocketFactory(), "TLSv1.3", "TLSv1.2", "TLSv1.1");
    try (RawServer server = server("good");
        Socket bare = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      SSLSocket secured = new Dialer(InetAddress::getAllByName, Optional.of(lax))
          .secure(bare, "localhost", server.port());

      assertThat(secured.getSupportedProtocols()).contains("TLSv1.1");
      assertThat(secured.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
      assertThat(secured.getSSLParameters().getEndpointIdentificationAlgorithm())
          .isEqualTo("HTTPS");
    }
  }

  @Test
  void offersNoMoreThanTheContextDoes() throws Exception {
    SSLContext strict = new Context(Certificates.client().getSocketFactory(), "TLSv1.2");
    try (RawServer server = server("good");
        Socket bare = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      SSLSocket secured = new Dialer(InetAddress::getAllByName, Optional.of(strict))
          .secure(bare, "localhost", server.port());

      assertThat(secured.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  /** Trusts every certificate, and does not look at the host though the parameters ask for it. */
  private static class TrustsEverything extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** A context with these versions enabled, that makes sockets with every version enabled or cannot make any. */
  private static final class Context extends SSLContext {
    Context(SSLSocketFactory factory, String... versions) {
      super(
          new Spi(factory, versions),
          new Provider("none", "1", "none") {
            private static final long serialVersionUID = 1L;
          },
          "none");
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLSocketFactory factory;
    private final String[] versions;

    Spi(SSLSocketFactory factory, String... versions) {
      this.factory = factory;
      this.versions = versions;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      if (factory == null) {
        throw new UnsupportedOperationException("canary");
      }
      return new LaxFactory(factory);
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("canary");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException("canary");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException("canary");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException("canary");
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException("canary");
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return new SSLParameters(new String[0], versions);
    }
  }

  private static final class LaxFactory extends SSLSocketFactory {
    private final SSLSocketFactory factory;

    LaxFactory(SSLSocketFactory factory) {
      this.factory = factory;
    }

    @Override
    public Socket createSocket(Socket bare, String host, int port, boolean autoClose)
        throws IOException {
      SSLSocket socket = (SSLSocket) factory.createSocket(bare, host, port, autoClose);
      socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"});
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
