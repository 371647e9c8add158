// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;

/** A key on the curve P-256 and its chain of certificates, its own first. */
final class Identity {
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SERIAL_BITS = 64;

  /** keyCertSign and cRLSign, digitalSignature: as bit strings whose unused bits are told in their first byte. */
  private static final byte[] USE_AS_AUTHORITY = {0x03, 0x02, 0x01, 0x06};

  private static final byte[] USE_AS_SERVER = {0x03, 0x02, 0x07, (byte) 0x80};

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private Identity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  PrivateKey key() {
    return key;
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  List<X509Certificate> chain() {
    return chain;
  }

  /** Signed with its own key. */
  static Identity selfSigned(CertificateSpec spec) {
    try {
      KeyPair keys = newKeys();
      byte[] name = name(spec.commonName);
      return new Identity(keys.getPrivate(), List.of(sign(spec, name, keys, keys.getPrivate())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make certificates", e);
    }
  }

  /** Signed by this one, whether it may do so or not. */
  Identity issue(CertificateSpec spec) {
    try {
      KeyPair keys = newKeys();
      byte[] issuer = certificate().getSubjectX500Principal().getEncoded();
      List<X509Certificate> issued = new ArrayList<>();
      issued.add(sign(spec, issuer, keys, key));
      issued.addAll(chain);
      return new Identity(keys.getPrivate(), List.copyOf(issued));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make certificates", e);
    }
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(
      CertificateSpec spec, byte[] issuer, KeyPair keys, PrivateKey issuerKey)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] body = Der.sequence(
        Der.explicit(0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
        algorithm,
        issuer,
        Der.sequence(Der.time(spec.notBefore), Der.time(spec.notAfter)),
        name(spec.commonName),
        keys.getPublic().getEncoded(),
        Der.explicit(3, extensions(spec)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuerKey);
    signature.update(body);
    byte[] certificate = Der.sequence(body, algorithm, Der.bitString(signature.sign()));
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
  }

  private static byte[] extensions(CertificateSpec spec) {
    List<byte[]> all = new ArrayList<>();
    all.add(extension(
        BASIC_CONSTRAINTS, true, spec.authority ? Der.sequence(Der.bool(true)) : Der.sequence()));
    all.add(extension(KEY_USAGE, true, spec.authority ? USE_AS_AUTHORITY : USE_AS_SERVER));
    if (!spec.extendedUse.isEmpty()) {
      all.add(extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(spec.extendedUse))));
    }
    if (!spec.dnsNames.isEmpty() || !spec.addresses.isEmpty()) {
      List<byte[]> names = new ArrayList<>();
      spec.dnsNames.forEach(name -> names.add(Der.tagged(DNS_NAME, name.getBytes(US_ASCII))));
      spec.addresses.forEach(address -> names.add(Der.tagged(IP_ADDRESS, address)));
      all.add(extension(ALTERNATIVE_NAMES, false, Der.sequence(names.toArray(byte[][]::new))));
    }
    return Der.sequence(all.toArray(byte[][]::new));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octetString(value))
        : Der.sequence(Der.oid(oid), Der.octetString(value));
  }
}
