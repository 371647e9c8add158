// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A session whose ID comes when the other things are known already; not safe for use by several threads. */
final class SessionDraft {
  private final List<UnaryOperator<Session.Builder>> settings = new ArrayList<>();
  private SessionId id;

  SessionDraft(SessionId id) {
    this.id = id;
  }

  SessionDraft id(SessionId next) {
    id = next;
    return this;
  }

  SessionDraft with(UnaryOperator<Session.Builder> setting) {
    settings.add(setting);
    return this;
  }

  Session build() {
    Session.Builder session = Session.builder(id);
    for (UnaryOperator<Session.Builder> setting : settings) {
      session = setting.apply(session);
    }
    return session.build();
  }
}
