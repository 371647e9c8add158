// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofSeconds;

import io.parsec4j.api.CallOptions;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.transport.apache.ApacheTransport;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Forms of a call: asynchronous, with options of its own, over a transport that is handed in, with a session from storage. */
final class Calls {
  private Calls() {}

  static CompletableFuture<List<String>> publicGames(ParsecClient parsec, Session session) {
    CompletableFuture<HostPage> page =
        parsec.async().hosts(session, HostQuery.game().publicOnly());
    return page.thenApply(
        hosts -> hosts.hosts().stream().map(Host::name).collect(Collectors.toList()));
  }

  static HostPage privateGamesWithinTwoSeconds(ParsecClient parsec, Session session) {
    return parsec
        .with(CallOptions.timeout(ofSeconds(2)))
        .hosts(session, HostQuery.game().privateOnly());
  }

  static HostPage hostsOverApache(URI address, Session session) {
    try (ApacheTransport transport =
            ApacheTransport.builder().connectTimeout(ofSeconds(3)).build();
        ParsecClient parsec =
            ParsecClient.builder().baseUri(address).transport(transport).build()) {
      return parsec.hosts(session, HostQuery.any());
    }
  }

  static HostPage desktopsOfStoredSession(ParsecClient parsec, String token) {
    Session restored = Session.of(SessionId.of(token));
    return parsec.hosts(restored, HostQuery.desktop());
  }

  static Session restoredOrNew(ParsecClient parsec, String token, Supplier<Session> signIn) {
    Session restored = Session.of(SessionId.of(token));
    return parsec.isValid(restored) ? restored : signIn.get();
  }
}
