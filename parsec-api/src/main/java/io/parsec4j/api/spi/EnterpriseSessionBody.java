// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

/**
 * The body of a request for an enterprise session as it goes over the wire: {@code external_id}. Given to a
 * {@link Codec}.
 */
public final class EnterpriseSessionBody {
  private final String externalId;

  private EnterpriseSessionBody(String externalId) {
    this.externalId = requireNonNull(externalId, "externalId");
  }

  /**
   * Creates a body.
   *
   * @param externalId the field {@code external_id}
   * @return the body
   */
  public static EnterpriseSessionBody of(String externalId) {
    return new EnterpriseSessionBody(externalId);
  }

  /** {@return the field {@code external_id}} */
  public String externalId() {
    return externalId;
  }
}
