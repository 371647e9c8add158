// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;

/**
 * The hosts that the service listed, and whether it cut the list. Immutable.
 *
 * <p><b>Source:</b> {@code has_more} is documented, but no parameter to ask for the rest is: narrow the
 * {@link HostQuery} instead.
 */
public final class HostPage implements Iterable<Host> {
  private final List<Host> hosts;
  private final boolean hasMore;

  private HostPage(List<Host> hosts, boolean hasMore) {
    this.hosts = List.copyOf(requireNonNull(hosts, "hosts"));
    this.hasMore = hasMore;
  }

  /**
   * Creates a page.
   *
   * @param hosts the hosts in order, copied
   * @param hasMore whether the list was cut
   * @return the page
   */
  public static HostPage of(List<Host> hosts, boolean hasMore) {
    return new HostPage(hosts, hasMore);
  }

  /** {@return the hosts in the service's order; unmodifiable} */
  public List<Host> hosts() {
    return hosts;
  }

  /** {@return whether the service has more hosts than it listed} */
  public boolean hasMore() {
    return hasMore;
  }

  /** {@return an iterator over {@link #hosts()}} */
  @Override
  public Iterator<Host> iterator() {
    return hosts.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPage
        && hasMore == ((HostPage) other).hasMore
        && hosts.equals(((HostPage) other).hosts);
  }

  @Override
  public int hashCode() {
    return hosts.hashCode() * 31 + Boolean.hashCode(hasMore);
  }

  /** {@return the hosts, and whether there are more} */
  @Override
  public String toString() {
    return "HostPage[" + hosts + (hasMore ? ", cut]" : "]");
  }
}
