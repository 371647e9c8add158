// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.FileSessionStore;
import io.parsec4j.api.KeySource;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ServiceAddress;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionStore;
import io.parsec4j.api.SessionStoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Signs in once, and again only when the service refuses the session that was kept. */
final class KeptSession {
  private final ParsecClient parsec;
  private final SessionStore store;
  private final Supplier<Credentials> credentials;

  KeptSession(ParsecClient parsec, SessionStore store, Supplier<Credentials> credentials) {
    this.parsec = parsec;
    this.store = store;
    this.credentials = credentials;
  }

  static SessionStore storeIn(Path file, String email, KeySource key) {
    return FileSessionStore.builder(file)
        .service(ServiceAddress.PARSEC_APP)
        .account(email)
        .key(key)
        .build();
  }

  Session signedIn() {
    Optional<Session> kept = kept();
    if (kept.isPresent() && parsec.isValid(kept.get())) {
      return kept.get();
    }
    Session session = signIn();
    store.save(session);
    return session;
  }

  private Optional<Session> kept() {
    try {
      return store.load();
    } catch (SessionStoreException e) {
      if (e.kind() == SessionStoreException.Kind.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Session signIn() {
    try (Credentials current = credentials.get()) {
      return parsec.signIn(current);
    }
  }
}
