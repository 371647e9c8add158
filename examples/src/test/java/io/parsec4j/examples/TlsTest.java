// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.ServerCertificate;
import io.parsec4j.testkit.junit.ParsecServerTest;
import io.parsec4j.transport.jdk.JdkTransport;
import java.net.URI;
import java.security.KeyStore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with certificates that are made for the run. */
@ParsecServerTest(tls = true)
class TlsTest {
  @Test
  void theClientOfTheServerTrustsIt(FakeParsecServer server, ParsecClient parsec) {
    Session session = server.account("dude@example.com", "secret").openSession();

    assertThat(server.baseUri()).hasScheme("https");
    assertThat(parsec.hosts(session, HostQuery.any())).isEmpty();
  }

  @Test
  void soDoesAnyOtherThatIsHandedItsTrust(FakeParsecServer server) {
    Session session = server.account("dude@example.com", "secret").openSession();

    try (JdkTransport transport =
            JdkTransport.builder().sslContext(server.clientSslContext()).build();
        ParsecClient parsec = ParsecClient.builder()
            .baseUri(server.baseUri())
            .transport(transport)
            .build()) {
      assertThat(parsec.hosts(session, HostQuery.any())).isEmpty();
    }
  }

  @Test
  void andOneThatKeepsCertificatesItself(FakeParsecServer server) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("parsec", server.certificateAuthority());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);

    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(server.baseUri() + "/me").toURL().openConnection();
    connection.setSSLSocketFactory(tls.getSocketFactory());

    assertThat(connection.getResponseCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VALID")
  void nobodyTrustsAWrongCertificate(ServerCertificate certificate) {
    try (FakeParsecServer server = FakeParsecServer.builder().tls(certificate).start()) {
      Session session = server.account("dude@example.com", "secret").openSession();
      ParsecClient parsec = server.client();

      ParsecTransportException failure = catchThrowableOfType(
          ParsecTransportException.class, () -> parsec.hosts(session, HostQuery.any()));

      assertThat(failure.stage()).isEqualTo(FailureStage.TLS);
      assertThat(server.requests()).isEmpty();
    }
  }
}
