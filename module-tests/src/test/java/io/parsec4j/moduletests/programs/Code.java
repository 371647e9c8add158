// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import java.time.Instant;

/** Which two-factor code is sent. */
enum Code {
  NONE,
  OF_NOW,
  OF_THE_STEP_BEFORE,
  OF_THE_STEP_AFTER,
  TOO_OLD,
  TOO_NEW;

  String of(Instant now) {
    return this == NONE ? "" : ServiceModel.CODES.codeAt(now.plusSeconds(30L * steps()));
  }

  private int steps() {
    return switch (this) {
      case NONE, OF_NOW -> 0;
      case OF_THE_STEP_BEFORE -> -1;
      case OF_THE_STEP_AFTER -> 1;
      case TOO_OLD -> -2;
      case TOO_NEW -> 2;
    };
  }
}
