// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.net.URI;
import java.util.List;

/** The library as it comes, with the transport that is on the path or that the system property names. */
final class Parsec implements Stack {
  private final ParsecClient client;
  private final Session session;

  Parsec(URI address, String token, int callers) {
    client = ParsecClient.builder().baseUri(address).build();
    session = Session.of(SessionId.of(token));
  }

  @Override
  public List<String> names() {
    return client.hosts(session, HostQuery.any()).hosts().stream()
        .map(Host::name)
        .toList();
  }
}
