// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsServerTest {
  private static final String GET = "GET /v2/hosts HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void hasALocalhostAddressThatTellsItsScheme() {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      assertThat(server.baseUri().toString()).matches("https://localhost:[1-9][0-9]*");
      assertThat(server).hasToString("FakeParsecServer[" + server.baseUri() + "]");
    }
    assertThat(FakeParsecServer.uri(true, InetAddress.getLoopbackAddress(), 1))
        .isEqualTo(URI.create("https://localhost:1"));
  }

  @Test
  void hasTheLiteralOfAnotherAddress() throws IOException {
    assertThat(FakeParsecServer.uri(true, InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 1))
        .isEqualTo(URI.create("https://10.0.0.1:1"));
    assertThat(FakeParsecServer.uri(true, InetAddress.getByAddress(new byte[4]), 1))
        .isEqualTo(URI.create("https://localhost:1"));
  }

  @Test
  void isTrustedByClientsThatHaveItsContext() throws Exception {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(server.clientSslContext()).build();

      HttpResponse<String> answer = client.send(
          HttpRequest.newBuilder(URI.create(server.baseUri() + "/v2/hosts")).build(),
          HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(server.certificateAuthority().getSubjectX500Principal().getName())
          .isEqualTo("CN=parsec4j test authority");
    }
  }

  @Test
  void isTrustedByNobodyElse() {
    try (FakeParsecServer server = FakeParsecServer.startTls();
        FakeParsecServer other = FakeParsecServer.startTls()) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> Wire.secured(other.clientSslContext(), server.baseUri()));
      try (Wire wire = new Wire(server)) {
        assertThat(wire.exchange(GET)).startsWith("HTTP/1.1 401 ");
      } catch (IOException e) {
        throw new AssertionError("a client that is refused must not disturb another", e);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  static Stream<Arguments> wrongCertificates() {
    return Stream.of(
        Arguments.of(ServerCertificate.WRONG_HOST, CertificateException.class, "localhost"),
        Arguments.of(ServerCertificate.EXPIRED, CertificateExpiredException.class, "NotAfter"),
        Arguments.of(
            ServerCertificate.NOT_YET_VALID, CertificateNotYetValidException.class, "NotBefore"),
        Arguments.of(ServerCertificate.SELF_SIGNED, CertificateException.class, "PKIX"),
        Arguments.of(ServerCertificate.UNKNOWN_ISSUER, CertificateException.class, "PKIX"));
  }

  @ParameterizedTest
  @MethodSource("wrongCertificates")
  void showsACertificateThatClientsRefuse(
      ServerCertificate certificate, Class<? extends Exception> cause, String text) {
    try (FakeParsecServer server = FakeParsecServer.builder().tls(certificate).start()) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> new Wire(server))
          .satisfies(refusal -> {
            Throwable root = refusal;
            while (root.getCause() != null && !cause.isInstance(root)) {
              root = root.getCause();
            }
            assertThat(root.getMessage()).contains(text);
          });
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void comesWithAnAuthorityWhateverItShows(ServerCertificate certificate) {
    try (FakeParsecServer server = FakeParsecServer.builder().tls(certificate).start()) {
      assertThat(server.certificateAuthority().getBasicConstraints()).isNotNegative();
      assertThat(server.clientSslContext()).isNotSameAs(server.clientSslContext());
    }
  }

  @Test
  void hasNothingToTrustWithoutTls() {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      String remedy = "the server speaks plain HTTP; start it with startTls() or builder().tls()";
      assertThatIllegalStateException().isThrownBy(server::clientSslContext).withMessage(remedy);
      assertThatIllegalStateException()
          .isThrownBy(server::certificateAuthority)
          .withMessage(remedy);
    }
    assertThatNullPointerException()
        .isThrownBy(() -> FakeParsecServer.builder().tls(null))
        .withMessage("certificate");
  }

  private static Wire bare(FakeParsecServer server) throws IOException {
    return new Wire(InetAddress.getLoopbackAddress(), server.baseUri().getPort());
  }

  @Test
  void answersAHandshakeInPlainText() throws IOException {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(Fault.plainText().times(2));
      try (Wire wire = bare(server)) {
        wire.send("\u0016");
        assertThat(wire.rest()).startsWith("HTTP/1.1 400 Bad Request\r\n");
      }
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Wire(server));
      assertServed(server);
    }
  }

  @Test
  void neverAnswersAHandshake() throws IOException {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(Fault.tlsStall());
      try (Wire wire = bare(server)) {
        wire.send("\u0016");
        wire.end();
        assertThat(wire.rest()).isEmpty();
      }
      assertServed(server);
    }
  }

  @Test
  void resetsAHandshake() throws IOException {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(Fault.tlsReset().times(2));
      try (Wire wire = bare(server)) {
        wire.send("\u0016");
        assertThat(wire.untilReset()).isEmpty();
      }
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> new Wire(server));
      assertServed(server);
    }
  }

  @Test
  void endsAHandshake() throws IOException {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(Fault.tlsClose().times(2));
      try (Wire wire = bare(server)) {
        wire.send("\u0016");
        assertThat(wire.rest()).isEmpty();
      }
      assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> new Wire(server));
      assertServed(server);
    }
  }

  @Test
  void breaksConnectionsWithOtherFaultsOnceTheHandshakeIsDone() throws IOException {
    try (FakeParsecServer server = FakeParsecServer.startTls()) {
      server.failConnections(Fault.resetConnection(), Fault.closeConnection(), Fault.stall());
      try (Wire reset = new Wire(server)) {
        reset.send("G");
        assertThat(reset.untilReset()).isEmpty();
      }
      try (Wire closed = new Wire(server)) {
        closed.send("G");
        assertThat(closed.rest()).isEmpty();
      }
      try (Wire stalled = new Wire(server)) {
        stalled.send(GET);
        stalled.end();
        assertThat(stalled.rest()).isEmpty();
      }
      assertServed(server);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static void assertServed(FakeParsecServer server) throws IOException {
    try (Wire wire = new Wire(server)) {
      assertThat(wire.exchange(GET)).startsWith("HTTP/1.1 401 ");
    }
  }
}
