// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import io.parsec4j.testkit.Fault;

/** What happens to one request, and what that means. */
@SuppressWarnings("ImmutableEnumChecker") // a Fault is immutable, which the checker cannot know
enum Mishap {
  BUSY(Fault.status(503), Effect.REFUSED, "API 503"),
  SLOW_DOWN(Fault.status(429), Effect.REFUSED, "API 429"),
  BAD_REQUEST(Fault.status(400), Effect.REFUSED, "API 400"),
  MOVED(Fault.redirect("http://127.0.0.1:1/elsewhere"), Effect.REFUSED, "API 302"),
  GARBAGE(Fault.garbage(), Effect.REFUSED, "EXCHANGE"),
  LOST_REQUEST(Fault.resetConnection(), Effect.REFUSED, "EXCHANGE"),
  LOST_ANSWER(Fault.closeConnection().afterServing(), Effect.ANSWER_LOST, "EXCHANGE"),
  CUT_ANSWER(Fault.truncatedBody(3), Effect.ANSWER_LOST, "EXCHANGE"),
  CUT_JSON(Fault.cutJson(), Effect.BODY_DAMAGED, "DECODE"),
  NOT_UTF8(Fault.invalidUtf8(), Effect.BODY_DAMAGED, "DECODE"),
  COMPRESSED(Fault.gzipped(), Effect.BODY_DAMAGED, "DECODE"),
  COOKIE(Fault.header("Set-Cookie", "a=b"), Effect.NONE, ""),
  EARLY_HINTS(Fault.interim(103, 2), Effect.NONE, "");

  /** What is left of the service's own answer. */
  enum Effect {
    NONE,
    BODY_DAMAGED,
    ANSWER_LOST,
    REFUSED
  }

  private final Fault fault;
  private final Effect effect;
  private final String outcome;

  Mishap(Fault fault, Effect effect, String outcome) {
    this.fault = fault;
    this.effect = effect;
    this.outcome = outcome;
  }

  Fault fault() {
    return fault;
  }

  Effect effect() {
    return effect;
  }

  /** Returns what a caller gets if it was the last word, in the words of {@link World}. */
  String outcome() {
    return outcome;
  }

  /** Returns whether a list is asked for again after it. */
  boolean isTransient() {
    return outcome.equals("EXCHANGE") || this == BUSY || this == SLOW_DOWN;
  }

  /** Returns whether the JDK's client sends a GET once more in silence: no byte of an answer came. */
  boolean isRepeatedByTheJdk() {
    return this == LOST_REQUEST || this == LOST_ANSWER;
  }
}
