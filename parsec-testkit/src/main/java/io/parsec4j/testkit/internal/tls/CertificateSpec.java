// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What stands in a certificate: by default a server's, for localhost, valid from yesterday for a month. */
final class CertificateSpec {
  static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  final String commonName;
  final boolean authority;
  final String extendedUse;
  final List<String> dnsNames;
  final List<byte[]> addresses;
  final Instant notBefore;
  final Instant notAfter;

  private CertificateSpec(
      String commonName,
      boolean authority,
      String extendedUse,
      List<String> dnsNames,
      List<byte[]> addresses,
      Instant notBefore,
      Instant notAfter) {
    this.commonName = commonName;
    this.authority = authority;
    this.extendedUse = extendedUse;
    this.dnsNames = dnsNames;
    this.addresses = addresses;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
  }

  /** An issuer of certificates. */
  static CertificateSpec authority(String commonName) {
    Instant now = Instant.now();
    return new CertificateSpec(
        commonName,
        true,
        "",
        List.of(),
        List.of(),
        now.minus(Duration.ofDays(365)),
        now.plus(Duration.ofDays(365)));
  }

  /** A server that is reached as localhost, 127.0.0.1 or ::1. */
  static CertificateSpec server() {
    Instant now = Instant.now();
    return new CertificateSpec(
        "localhost",
        false,
        SERVER_USE,
        List.of("localhost"),
        List.of(LOOPBACK_4, LOOPBACK_6),
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(30)));
  }

  CertificateSpec named(String dnsName) {
    return new CertificateSpec(
        dnsName, authority, extendedUse, List.of(dnsName), List.of(), notBefore, notAfter);
  }

  CertificateSpec valid(Instant from, Instant to) {
    return new CertificateSpec(commonName, authority, extendedUse, dnsNames, addresses, from, to);
  }

  CertificateSpec use(String purpose) {
    return new CertificateSpec(
        commonName, authority, purpose, dnsNames, addresses, notBefore, notAfter);
  }
}
