// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

/**
 * The body of the question whether an auth code was approved, as it goes over the wire: {@code grant_type}, which is
 * {@code auth_code}, and {@code auth_code_hash}.
 *
 * <p>Made for one call and given to a {@link Codec}; not to be kept. Printing it shows nothing.
 */
public final class ApprovalBody {
  private final String authCodeHash;

  private ApprovalBody(String authCodeHash) {
    this.authCodeHash = requireNonNull(authCodeHash, "authCodeHash");
  }

  /**
   * Creates a body.
   *
   * @param authCodeHash the field {@code auth_code_hash}: a secret
   * @return the body
   */
  public static ApprovalBody of(String authCodeHash) {
    return new ApprovalBody(authCodeHash);
  }

  /** {@return the field {@code grant_type}: {@code auth_code}} */
  public String grantType() {
    return "auth_code";
  }

  /** {@return the field {@code auth_code_hash}} */
  public String authCodeHash() {
    return authCodeHash;
  }

  /** {@return a fixed text without the hash} */
  @Override
  public String toString() {
    return "ApprovalBody[…]";
  }
}
