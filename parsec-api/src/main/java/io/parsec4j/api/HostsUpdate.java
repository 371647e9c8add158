// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a subscriber of {@link ParsecClient#watchHosts} is told: the newest list, and what changed since the update that
 * this subscriber got before. Immutable.
 */
public final class HostsUpdate {
  private final HostPage page;
  private final List<HostChange> changes;

  private HostsUpdate(HostPage page, List<HostChange> changes) {
    this.page = requireNonNull(page, "page");
    this.changes = List.copyOf(requireNonNull(changes, "changes"));
  }

  /**
   * Creates an update.
   *
   * @param page the newest list
   * @param changes what led to it, copied
   * @return the update
   */
  public static HostsUpdate of(HostPage page, List<HostChange> changes) {
    return new HostsUpdate(page, changes);
  }

  /** {@return the newest list as the service gave it} */
  public HostPage page() {
    return page;
  }

  /**
   * Returns the changes, at most one for each host: first what appeared or changed in the order of {@link #page()}, then
   * what is gone in the order in which it was known. The first update of a subscriber tells of every host that it
   * appeared.
   *
   * @return the changes; empty only in the first update, if no host is known; unmodifiable
   */
  public List<HostChange> changes() {
    return changes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostsUpdate
        && page.equals(((HostsUpdate) other).page)
        && changes.equals(((HostsUpdate) other).changes);
  }

  @Override
  public int hashCode() {
    return page.hashCode() * 31 + changes.hashCode();
  }

  /** {@return the changes} */
  @Override
  public String toString() {
    return "HostsUpdate" + changes;
  }
}
