// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.Session;
import java.time.Instant;
import java.util.List;

/** A session that was opened: whose it is, and until when. Immutable. */
final class OpenSession {
  private final FakeAccount account;
  private final Session session;
  private final String clientPeerId;
  private final List<String> roles;
  private final Instant end;

  OpenSession(FakeAccount account, Session session, String clientPeerId, Instant end) {
    this.account = account;
    this.session = session;
    this.clientPeerId = clientPeerId;
    this.roles = account.currentRoles();
    this.end = end;
  }

  FakeAccount account() {
    return account;
  }

  Session session() {
    return session;
  }

  String hostPeerId() {
    return session.hostPeerId().orElseThrow();
  }

  /** The peer ID under which the session would connect to hosts; only told of sessions of an API key. */
  String clientPeerId() {
    return clientPeerId;
  }

  /** The roles of the account when it was opened. */
  List<String> roles() {
    return roles;
  }

  /** The first moment in which it is not valid. */
  Instant end() {
    return end;
  }
}
