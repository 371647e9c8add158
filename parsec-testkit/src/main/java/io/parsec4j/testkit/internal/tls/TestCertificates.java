// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of its own, a client that trusts it alone, and servers with one right certificate and many wrong ones.
 *
 * <p>Everything is signed by the authority where it can be, also what has expired: a JVM does not check the dates of a
 * certificate that it trusts directly. Safe for use by several threads; each context is a new one.
 */
public final class TestCertificates {
  private static final char[] NO_PASSWORD = new char[0];

  private final Identity authority;

  private TestCertificates(Identity authority) {
    this.authority = authority;
  }

  /** {@return a new authority, unknown to everyone} */
  public static TestCertificates create() {
    return new TestCertificates(
        Identity.selfSigned(CertificateSpec.authority("parsec4j test authority")));
  }

  /** {@return the certificate of the authority} */
  public X509Certificate authority() {
    return authority.certificate();
  }

  /** {@return a server for localhost, 127.0.0.1 and ::1} */
  public SSLContext good() {
    return server(authority.issue(CertificateSpec.server()));
  }

  /** {@return a server whose certificate names another host} */
  public SSLContext wrongHost() {
    return server(authority.issue(CertificateSpec.server().named("elsewhere.invalid")));
  }

  /** {@return a server whose certificate was valid until yesterday} */
  public SSLContext expired() {
    Instant now = Instant.now();
    return server(authority.issue(CertificateSpec.server()
        .valid(now.minus(Duration.ofDays(30)), now.minus(Duration.ofDays(1)))));
  }

  /** {@return a server whose certificate is valid from tomorrow on} */
  public SSLContext notYetValid() {
    Instant now = Instant.now();
    return server(authority.issue(CertificateSpec.server()
        .valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)))));
  }

  /** {@return a server that has signed its certificate itself} */
  public SSLContext selfSigned() {
    return server(Identity.selfSigned(CertificateSpec.server()));
  }

  /** {@return a server whose certificate comes from an authority that nobody knows} */
  public SSLContext unknownIssuer() {
    return create().good();
  }

  /** {@return a server whose certificate is good for clients only} */
  public SSLContext forClientsOnly() {
    return server(authority.issue(CertificateSpec.server().use(CertificateSpec.CLIENT_USE)));
  }

  /** {@return a server whose certificate was signed by one that may not sign} */
  public SSLContext issuedByServer() {
    return server(authority.issue(CertificateSpec.server()).issue(CertificateSpec.server()));
  }

  /** {@return a client that trusts this authority and nobody else} */
  public SSLContext client() {
    try {
      KeyStore anchors = emptyStore();
      anchors.setCertificateEntry("authority", authority.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make a TLS context", e);
    }
  }

  /**
   * Writes a certificate like that of {@link #good()} and its key as PEM, for servers that are other programs.
   *
   * @throws IOException if a file cannot be written
   */
  public void writePem(Path chain, Path key) throws IOException {
    Identity identity = authority.issue(CertificateSpec.server());
    StringBuilder certificates = new StringBuilder();
    identity.chain().forEach(certificate -> certificates.append(pem(certificate)));
    Files.writeString(chain, certificates, US_ASCII);
    Files.writeString(key, pem("PRIVATE KEY", identity.key().getEncoded()), US_ASCII);
  }

  /** {@return a certificate of our own as PEM} */
  public static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  private static SSLContext server(Identity identity) {
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "server", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make a TLS context", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
