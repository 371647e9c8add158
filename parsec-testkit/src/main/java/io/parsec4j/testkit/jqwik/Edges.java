// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Values that differ from the plainest of their kind, which comes first, in one thing each. */
final class Edges {
  private static final String UNICODE = "\ud83c\udfb3 \u05d0\u05d1 e\u0301 \"\\ \u2028 \u0000";
  private static final int HUGE = 60_000;

  private Edges() {}

  static List<Host> hosts() {
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

  static List<Session> sessions() {
    SessionId id = SessionId.of("0");
    return List.of(
        Session.of(id),
        Session.of(SessionId.of("~".repeat(ParsecArbitraries.MAX_SECRET))),
        Session.builder(id)
            .userId(Long.MIN_VALUE)
            .hostPeerId("")
            .clientPeerId("")
            .instanceId("")
            .roles(List.of(""))
            .build(),
        Session.builder(id).roles(List.of("host", UNICODE, "host")).build(),
        Session.builder(id).expiresAt(Instant.MIN).build(),
        Session.builder(id).expiresAt(Instant.MAX).build());
  }

  static List<AuthCode> authCodes() {
    return List.of(
        authCode().build(),
        authCode()
            .verificationUri(URI.create("http://[::1]:8080/?code=0#\u00fc"))
            .build(),
        authCode().userCode("\ud83c\udfb3 \u05d0").build(),
        authCode().userCode("A".repeat(HUGE)).build(),
        authCode().hash("~".repeat(ParsecArbitraries.MAX_SECRET)).build(),
        authCode().expiresAt(Instant.MIN).build(),
        authCode().expiresAt(Instant.MAX).build(),
        authCode().interval(Duration.ofNanos(1)).build(),
        authCode().interval(Duration.ofMinutes(30)).build());
  }

  private static AuthCode.Builder authCode() {
    return AuthCode.builder()
        .verificationUri(URI.create("https://example.com"))
        .userCode("0")
        .hash("0")
        .expiresAt(Instant.EPOCH)
        .interval(Duration.ZERO);
  }

  static List<Account> accounts() {
    return List.of(
        Account.builder(0).build(),
        Account.builder(Long.MIN_VALUE).build(),
        Account.builder(Long.MAX_VALUE).build(),
        Account.builder(0).name(UNICODE).build(),
        Account.builder(0).name("n".repeat(HUGE)).build(),
        Account.builder(0).email("").build(),
        Account.builder(0).email("\ud83c\udfb3@\u4f8b.example").build(),
        Account.builder(0).warp(true).build(),
        Account.builder(0).hasTfa(false).build(),
        Account.builder(0).hasTfa(true).build());
  }
}
