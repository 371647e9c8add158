// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a fake service behaves, fixed when it starts. Immutable. */
final class Settings {
  final Dialect dialect;
  final Clock clock;
  final long seed;
  final @Nullable Duration sessionLifetime;
  final int hostCap;
  final int totpSkewSteps;
  final int invalidSessionStatus;
  final boolean nullForNoHosts;
  final boolean asksAgainAfterWrongCode;

  Settings(
      Dialect dialect,
      Clock clock,
      long seed,
      @Nullable Duration sessionLifetime,
      int hostCap,
      int totpSkewSteps,
      int invalidSessionStatus,
      boolean nullForNoHosts,
      boolean asksAgainAfterWrongCode) {
    this.dialect = dialect;
    this.clock = clock;
    this.seed = seed;
    this.sessionLifetime = sessionLifetime;
    this.hostCap = hostCap;
    this.totpSkewSteps = totpSkewSteps;
    this.invalidSessionStatus = invalidSessionStatus;
    this.nullForNoHosts = nullForNoHosts;
    this.asksAgainAfterWrongCode = asksAgainAfterWrongCode;
  }
}
