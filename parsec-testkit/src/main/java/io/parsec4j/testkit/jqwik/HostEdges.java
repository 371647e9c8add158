// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostUser;
import java.util.List;

/** Hosts and users that differ from the plainest in one thing each. */
final class HostEdges {
  private static final String UNICODE = "\ud83c\udfb3 \u05d0\u05d1 e\u0301 \"\\ \u2028 \u0000";
  private static final int HUGE = 60_000;

  private HostEdges() {}

  static List<Host> all() {
    return List.of(
        Host.builder("0").build(),
        Host.builder("e")
            .gameId("")
            .build("")
            .description("")
            .name("")
            .eventName("")
            .user(HostUser.of(0, ""))
            .build(),
        Host.builder("u").name(UNICODE).description(UNICODE).eventName(UNICODE).build(),
        Host.builder("h").description("h".repeat(HUGE)).build(),
        Host.builder("m").mode(HostMode.of("arcade")).build(),
        Host.builder("n")
            .players(Integer.MAX_VALUE)
            .maxPlayers(Integer.MIN_VALUE)
            .build(),
        Host.builder("f")
            .isPublic(true)
            .self(true)
            .guestAccess(true)
            .online(false)
            .mode(HostMode.DESKTOP)
            .build(),
        Host.builder("w").user(users().get(3)).mode(HostMode.GAME).build());
  }

  static List<HostUser> users() {
    return List.of(
        HostUser.builder().build(),
        HostUser.of(Long.MAX_VALUE, UNICODE),
        HostUser.of(Long.MIN_VALUE, ""),
        HostUser.builder()
            .id(1)
            .name("n")
            .warp(true)
            .teamId("t")
            .externalId("i")
            .externalProvider("p")
            .build());
  }
}
