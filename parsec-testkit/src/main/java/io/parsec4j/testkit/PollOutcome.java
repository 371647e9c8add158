// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a poll of an auth code: a session, a wait for the user or for the interval, or a refusal. Immutable. */
final class PollOutcome {
  static final PollOutcome PENDING = new PollOutcome(null, Duration.ZERO);
  static final PollOutcome REFUSED = new PollOutcome(null, Duration.ZERO);

  private final @Nullable OpenSession session;
  private final Duration early;

  private PollOutcome(@Nullable OpenSession session, Duration early) {
    this.session = session;
    this.early = early;
  }

  static PollOutcome of(OpenSession session) {
    return new PollOutcome(session, Duration.ZERO);
  }

  static PollOutcome early(Duration by) {
    return new PollOutcome(null, by);
  }

  @Nullable
  OpenSession session() {
    return session;
  }

  /** By how much the poll came before its time; zero if it did not. */
  Duration early() {
    return early;
  }
}
