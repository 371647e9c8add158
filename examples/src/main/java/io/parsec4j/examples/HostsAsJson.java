// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Prints hosts as one line of JSON for machines. */
final class HostsAsJson {
  private HostsAsJson() {}

  static String format(HostPage page) {
    JsonArrayBuilder hosts = Json.createArrayBuilder();
    for (Host host : page) {
      JsonObjectBuilder fields = Json.createObjectBuilder()
          .add("name", host.name())
          .add("mode", host.mode().value())
          .add("players", host.players())
          .add("maxPlayers", host.maxPlayers())
          .add("owner", host.user().map(HostUser::name).orElse(""))
          .add("build", host.build())
          .add("peerId", host.peerId());
      hosts = hosts.add(fields);
    }
    return Json.createObjectBuilder()
            .add("hosts", hosts)
            .add("hasMore", page.hasMore())
            .build()
        + "\n";
  }
}
