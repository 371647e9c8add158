// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import io.parsec4j.api.internal.InMemorySessionStore;
import java.util.Optional;

/**
 * Where an application keeps the session of one account between calls or between runs, so that the user signs in once.
 *
 * <p>A client never stores by itself: the application saves what a sign-in yields and loads it when it starts.
 *
 * <pre>{@code
 * Session signedIn() {
 *   Optional<Session> kept = kept();
 *   if (kept.isPresent() && parsec.isValid(kept.get())) {
 *     return kept.get();
 *   }
 *   Session session = signIn();
 *   store.save(session);
 *   return session;
 * }
 * }</pre>
 *
 * <p>A store is for one account at one address of the service, and never returns the session of another.
 *
 * @implSpec Implementations are safe for use by several threads; a save is seen by every load that begins after it has
 *     returned, in whole or not at all; what goes wrong is a {@link SessionStoreException} whose message has no secret.
 *     Further methods will have a default.
 */
public interface SessionStore {

  /**
   * Returns the session that was saved last.
   *
   * @return the session; empty only if none is stored
   * @throws SessionStoreException if the store cannot be read, or what is there is not a session of this store
   */
  Optional<Session> load();

  /**
   * Stores a session in the place of the one that was saved before. If it fails, that one is still there; or the new
   * one is, if all that failed was to make sure that it outlives a crash of the machine.
   *
   * @param session the session
   * @throws SessionStoreException if it cannot be stored
   */
  void save(Session session);

  /**
   * Removes the session, for example when the user signs out. The service is not told.
   *
   * @return whether a session of this store was there
   * @throws SessionStoreException if it cannot be removed
   */
  boolean clear();

  /** {@return a store that forgets everything when the program ends, or when the store is garbage-collected} */
  static SessionStore inMemory() {
    return new InMemorySessionStore();
  }
}
