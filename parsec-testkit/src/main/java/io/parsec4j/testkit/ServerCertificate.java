// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.tls.TestCertificates;
import javax.net.ssl.SSLContext;

/**
 * What a {@link FakeParsecServer} with TLS shows of itself. Each certificate is made when the server starts, of a new
 * key on the curve P-256, so that nothing is kept anywhere and nothing expires in a repository.
 */
public enum ServerCertificate {
  /** For localhost, 127.0.0.1 and ::1, valid now, and issued by the server's own authority: the right one. */
  VALID,
  /** For another host. */
  WRONG_HOST,
  /** Valid until yesterday. */
  EXPIRED,
  /** Valid from tomorrow on. */
  NOT_YET_VALID,
  /** Signed with its own key, which nobody trusts. */
  SELF_SIGNED,
  /** Issued by an authority that nobody trusts. */
  UNKNOWN_ISSUER;

  SSLContext server(TestCertificates certificates) {
    switch (this) {
      case WRONG_HOST:
        return certificates.wrongHost();
      case EXPIRED:
        return certificates.expired();
      case NOT_YET_VALID:
        return certificates.notYetValid();
      case SELF_SIGNED:
        return certificates.selfSigned();
      case UNKNOWN_ISSUER:
        return certificates.unknownIssuer();
      default:
        return certificates.good();
    }
  }
}
