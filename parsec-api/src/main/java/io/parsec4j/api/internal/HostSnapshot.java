// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostChange;
import io.parsec4j.api.HostPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list of hosts, and the hosts known by it: those in it, and if it was cut, those known before. Immutable. */
final class HostSnapshot {
  private final HostPage page;
  private final Map<String, Host> known = new LinkedHashMap<>();

  HostSnapshot(HostPage page, @Nullable HostSnapshot before) {
    this.page = page;
    page.forEach(host -> known.putIfAbsent(host.peerId(), host));
    if (page.hasMore() && before != null) {
      before.known.forEach(known::putIfAbsent);
    }
  }

  HostPage page() {
    return page;
  }

  List<HostChange> changesSince(@Nullable HostSnapshot before) {
    Map<String, Host> old = before == null ? Map.of() : before.known;
    List<HostChange> changes = new ArrayList<>();
    known.forEach((peerId, host) -> {
      Host was = old.get(peerId);
      if (was == null) {
        changes.add(HostChange.appeared(host));
      } else if (!was.equals(host)) {
        changes.add(HostChange.changed(was, host));
      }
    });
    old.forEach((peerId, was) -> {
      if (!known.containsKey(peerId)) {
        changes.add(HostChange.gone(was));
      }
    });
    return changes;
  }
}
