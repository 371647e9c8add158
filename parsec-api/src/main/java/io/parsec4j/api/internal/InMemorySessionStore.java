// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.Session;
import io.parsec4j.api.SessionStore;
import java.util.Optional;

/** Keeps a session as long as the store lives. */
public final class InMemorySessionStore implements SessionStore {
  private Optional<Session> session = Optional.empty();

  @Override
  public synchronized Optional<Session> load() {
    return session;
  }

  @Override
  public synchronized void save(Session session) {
    this.session = Optional.of(requireNonNull(session, "session"));
  }

  @Override
  public synchronized boolean clear() {
    boolean wasThere = session.isPresent();
    session = Optional.empty();
    return wasThere;
  }
}
