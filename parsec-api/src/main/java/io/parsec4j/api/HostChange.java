// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One host that appeared, changed or is gone, as {@link ParsecClient#watchHosts} tells. Immutable. */
public final class HostChange {
  private final Kind kind;
  private final Host host;
  private final @Nullable Host before;

  private HostChange(Kind kind, Host host, @Nullable Host before) {
    this.kind = kind;
    this.host = host;
    this.before = before;
  }

  /**
   * Tells of a host that was not known before.
   *
   * @param host the host
   * @return the change
   */
  public static HostChange appeared(Host host) {
    return new HostChange(Kind.APPEARED, requireNonNull(host, "host"), null);
  }

  /**
   * Tells of a host of which something is different.
   *
   * @param before what was known
   * @param host what is known instead
   * @return the change
   * @throws IllegalArgumentException if the two are equal or have different peer IDs
   */
  public static HostChange changed(Host before, Host host) {
    requireNonNull(before, "before");
    requireNonNull(host, "host");
    if (!before.peerId().equals(host.peerId()) || before.equals(host)) {
      throw new IllegalArgumentException(
          "before and host must have the same peer ID and differ in something else, were " + before
              + " and " + host);
    }
    return new HostChange(Kind.CHANGED, host, before);
  }

  /**
   * Tells of a host that is listed no more.
   *
   * @param before what was known
   * @return the change
   */
  public static HostChange gone(Host before) {
    return new HostChange(Kind.GONE, requireNonNull(before, "before"), before);
  }

  /** {@return what happened to the host} */
  public Kind kind() {
    return kind;
  }

  /** {@return the host as it is; for one that is gone, as it was} */
  public Host host() {
    return host;
  }

  /** {@return the host as it was; empty if it appeared} */
  public Optional<Host> before() {
    return Optional.ofNullable(before);
  }

  /** {@return what is different, in the order of {@link HostField}; empty unless the host changed; unmodifiable} */
  public Set<HostField> fields() {
    return before == null
        ? Set.of()
        : Collections.unmodifiableSet(HostField.differing(before, host));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostChange
        && kind == ((HostChange) other).kind
        && host.equals(((HostChange) other).host)
        && Objects.equals(before, ((HostChange) other).before);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, host, before);
  }

  /** {@return the kind, the host, and what is different} */
  @Override
  public String toString() {
    return "HostChange[" + kind + ", " + host + (kind == Kind.CHANGED ? ", " + fields() : "") + "]";
  }

  /** What happened to a host. */
  public enum Kind {
    /** It is listed and was not known before. */
    APPEARED,
    /** Something of it is different. */
    CHANGED,
    /** A complete list is without it. */
    GONE
  }
}
