// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts to list: of one mode or of any, public, private or both. Immutable.
 *
 * <p><b>Source:</b> {@code mode} and {@code public} are the two documented parameters of {@code GET /v2/hosts}; what the
 * service lists when one is left out is its own choice.
 */
public final class HostQuery {
  private static final HostQuery ANY = new HostQuery(null, null);
  private static final HostQuery DESKTOP = new HostQuery(HostMode.DESKTOP, null);
  private static final HostQuery GAME = new HostQuery(HostMode.GAME, null);

  private final @Nullable HostMode mode;
  private final @Nullable Boolean isPublic;

  private HostQuery(@Nullable HostMode mode, @Nullable Boolean isPublic) {
    this.mode = mode;
    this.isPublic = isPublic;
  }

  /** {@return a query without any parameter} */
  public static HostQuery any() {
    return ANY;
  }

  /** {@return a query for hosts that share a desktop} */
  public static HostQuery desktop() {
    return DESKTOP;
  }

  /** {@return a query for hosts that share a game} */
  public static HostQuery game() {
    return GAME;
  }

  /**
   * Returns a query for hosts of a mode, for one that this version has no method for.
   *
   * @param mode sent as it is; the service refuses one that it does not know with status 400
   * @return the query
   * @throws IllegalArgumentException if {@code mode} is {@link HostMode#UNSTATED}
   */
  public static HostQuery of(HostMode mode) {
    if (requireNonNull(mode, "mode").equals(HostMode.UNSTATED)) {
      throw new IllegalArgumentException(
          "mode must be stated; use HostQuery.any() for hosts of any mode");
    }
    return new HostQuery(mode, null);
  }

  /** {@return this query for public hosts only} */
  public HostQuery publicOnly() {
    return new HostQuery(mode, true);
  }

  /** {@return this query for private hosts only} */
  public HostQuery privateOnly() {
    return new HostQuery(mode, false);
  }

  /** {@return the mode asked for; empty for any} */
  public Optional<HostMode> mode() {
    return Optional.ofNullable(mode);
  }

  /** {@return whether public or private hosts are asked for; empty for both} */
  public Optional<Boolean> isPublic() {
    return Optional.ofNullable(isPublic);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostQuery
        && Objects.equals(mode, ((HostQuery) other).mode)
        && Objects.equals(isPublic, ((HostQuery) other).isPublic);
  }

  @Override
  public int hashCode() {
    return Objects.hash(mode, isPublic);
  }

  /** {@return both parameters in words} */
  @Override
  public String toString() {
    String visibility = isPublic == null ? "public or private" : isPublic ? "public" : "private";
    return "HostQuery[" + (mode == null ? "any mode" : mode.value()) + ", " + visibility + "]";
  }
}
