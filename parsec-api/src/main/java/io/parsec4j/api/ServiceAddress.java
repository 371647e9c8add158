// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.net.URI;

/** The addresses under which the service was or is reached, by name. */
public enum ServiceAddress {
  /**
   * The addresses of the vendor's documentation: {@code https://api.parsecgaming.com} for sign-in and
   * {@code https://kessel-api.parsecgaming.com} for hosts. The default.
   */
  DOCUMENTED("https://api.parsecgaming.com", "https://kessel-api.parsecgaming.com"),

  /** The one address of the later edition of the documentation: {@code https://kessel-api.parsecgaming.com}. */
  LATER_EDITION("https://kessel-api.parsecgaming.com", "https://kessel-api.parsecgaming.com"),

  /** The one address that public clients use today: {@code https://kessel-api.parsec.app}. Not documented. */
  PARSEC_APP("https://kessel-api.parsec.app", "https://kessel-api.parsec.app");

  private final URI authUri;
  private final URI hostsUri;

  ServiceAddress(String authUri, String hostsUri) {
    this.authUri = URI.create(authUri);
    this.hostsUri = URI.create(hostsUri);
  }

  /** {@return the base address for sign-in} */
  public URI authUri() {
    return authUri;
  }

  /** {@return the base address for everything else} */
  public URI hostsUri() {
    return hostsUri;
  }
}
