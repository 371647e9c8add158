// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest {
  private final SessionStore store = SessionStore.inMemory();

  @Test
  void isEmptyAtFirst() {
    assertThat(store.load()).isEmpty();
    assertThat(store.clear()).isFalse();
  }

  @Test
  void givesBackWhatWasSavedLast() {
    Session session = Session.of(SessionId.of("second"));
    store.save(Session.of(SessionId.of("first")));

    store.save(session);

    assertThat(store.load()).containsSame(session);
  }

  @Test
  void forgetsOnRequest() {
    store.save(Session.of(SessionId.of("token")));

    assertThat(store.clear()).isTrue();

    assertThat(store.load()).isEmpty();
    assertThat(store.clear()).isFalse();
  }

  @Test
  void sharesNothingWithAnotherStore() {
    store.save(Session.of(SessionId.of("token")));

    assertThat(SessionStore.inMemory().load()).isEmpty();
  }
}
