// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static java.util.Objects.requireNonNull;

/** The body of a request for an auth code as it goes over the wire: {@code game_id}. Given to a {@link Codec}. */
public final class AuthCodeBody {
  private final String gameId;

  private AuthCodeBody(String gameId) {
    this.gameId = requireNonNull(gameId, "gameId");
  }

  /**
   * Creates a body.
   *
   * @param gameId the field {@code game_id}
   * @return the body
   */
  public static AuthCodeBody of(String gameId) {
    return new AuthCodeBody(gameId);
  }

  /** {@return the field {@code game_id}} */
  public String gameId() {
    return gameId;
  }
}
