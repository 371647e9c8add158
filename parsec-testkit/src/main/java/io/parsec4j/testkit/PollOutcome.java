// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a poll of an auth code: a session, a wait for the user or for the interval, or a refusal. Immutable. */
final class PollOutcome {
  static final PollOutcome PENDING = new PollOutcome(null, Duration.ZERO);
  static final PollOutcome REFUSED = new PollOutcome(null, Duration.ZERO);

  private final @Nullable Session session;
  private final Duration early;

  private PollOutcome(@Nullable Session session, Duration early) {
    this.session = session;
    this.early = early;
  }

  static PollOutcome of(Session session) {
    return new PollOutcome(session, Duration.ZERO);
  }

  static PollOutcome early(Duration by) {
    return new PollOutcome(null, by);
  }

  @Nullable
  Session session() {
    return session;
  }

  /** By how much the poll came before its time; zero if it did not. */
  Duration early() {
    return early;
  }
}
