// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates made by the JDK's keytool for one run of the tests. */
final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Certificates MADE = new Certificates();

  private final KeyStore store;

  private Certificates() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      Path file = folder.resolve("keys.p12");
      make(file, "ca", "-dname", "CN=Test CA", "-ext", "bc:c=ca:true");
      make(
          file,
          "good",
          "-dname",
          "CN=localhost",
          "-signer",
          "ca",
          "-ext",
          "san=dns:localhost,ip:127.0.0.1");
      make(
          file,
          "elsewhere",
          "-dname",
          "CN=localhost",
          "-signer",
          "ca",
          "-ext",
          "san=dns:elsewhere.example");
      make(
          file,
          "expired",
          "-dname",
          "CN=localhost",
          "-signer",
          "ca",
          "-ext",
          "san=dns:localhost",
          "-startdate",
          "-3d",
          "-validity",
          "1");
      make(file, "stranger", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
      try (InputStream in = Files.newInputStream(file)) {
        store = KeyStore.getInstance("PKCS12");
        store.load(in, PASSWORD);
      }
      Files.delete(file);
      Files.delete(folder);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void make(Path file, String alias, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        new String(PASSWORD),
        "-alias",
        alias));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A server's context with the certificate of this name: good, elsewhere, expired or stranger. */
  static SSLContext server(String alias) {
    try {
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      one.setKeyEntry(
          alias,
          MADE.store.getKey(alias, PASSWORD),
          PASSWORD,
          MADE.store.getCertificateChain(alias));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, PASSWORD);
      return context(keys.getKeyManagers(), null);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A client's context that trusts the test CA. */
  static SSLContext client() {
    try {
      Certificate ca = MADE.store.getCertificate("ca");
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", ca);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return context(null, trust.getTrustManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
