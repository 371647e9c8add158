// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A host whose peer ID comes when the other things are known already; not safe for use by several threads. */
final class HostDraft {
  private final List<UnaryOperator<Host.Builder>> settings = new ArrayList<>();
  private String peerId;

  HostDraft(String peerId) {
    this.peerId = peerId;
  }

  HostDraft peerId(String id) {
    peerId = id;
    return this;
  }

  HostDraft with(UnaryOperator<Host.Builder> setting) {
    settings.add(setting);
    return this;
  }

  Host build() {
    Host.Builder host = Host.builder(peerId);
    for (UnaryOperator<Host.Builder> setting : settings) {
      host = setting.apply(host);
    }
    return host.build();
  }
}
