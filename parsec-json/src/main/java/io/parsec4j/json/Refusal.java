// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

/** A rule that the input breaks; {@link GuardedParser#failure} adds the place. Carries no part of the input. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String below;

  private Refusal(String below, String rule) {
    super(rule, null, false, false);
    this.below = below;
  }

  /** Refuses what was read last. */
  static Refusal of(String rule) {
    return new Refusal("", rule);
  }

  /** Refuses the object that was read last because it lacks a field. */
  static Refusal missing(String field) {
    return new Refusal("." + field, "is missing");
  }

  /** {@return the path from what was read last to what is refused} */
  String below() {
    return below;
  }

  /** {@return the rule, to follow the path in a message} */
  String rule() {
    return String.valueOf(getMessage());
  }
}
