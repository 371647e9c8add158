// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

/**
 * What a host shares. An open set: the service may name a mode that this version does not know, and {@link #value()}
 * then is that name. Immutable; equal if the names are.
 *
 * <p><b>Source:</b> {@code desktop} and {@code game} are documented by the vendor.
 */
public final class HostMode {
  /** The whole desktop. */
  public static final HostMode DESKTOP = new HostMode("desktop");

  /** One game. */
  public static final HostMode GAME = new HostMode("game");

  /** The service did not say; its value is the empty string. */
  public static final HostMode UNSTATED = new HostMode("");

  private final String value;

  private HostMode(String value) {
    this.value = value;
  }

  /**
   * Returns the mode of a name.
   *
   * @param value the name on the wire, case kept; the empty string is {@link #UNSTATED}
   * @return the mode
   */
  public static HostMode of(String value) {
    switch (requireNonNull(value, "value")) {
      case "desktop":
        return DESKTOP;
      case "game":
        return GAME;
      case "":
        return UNSTATED;
      default:
        return new HostMode(value);
    }
  }

  /** {@return the name on the wire, for example {@code desktop}} */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostMode && value.equals(((HostMode) other).value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** {@return the name on the wire} */
  @Override
  public String toString() {
    return value;
  }
}
