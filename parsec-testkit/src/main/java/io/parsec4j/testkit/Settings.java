// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How a fake service behaves, fixed when it starts. Immutable. */
final class Settings {
  final Dialect dialect;
  final Clock clock;
  final long seed;
  final @Nullable Duration sessionLifetime;
  final Duration authCodeLifetime;
  final Duration authCodeInterval;
  final boolean refusesEarlyPolls;
  final int hostCap;
  final int totpSkewSteps;
  final int invalidSessionStatus;
  final boolean nullForNoHosts;
  final boolean asksAgainAfterWrongCode;

  Settings(ServiceBuilder<?> builder) {
    this.dialect = builder.dialect;
    this.clock = builder.clock;
    this.seed = builder.seed == null ? ThreadLocalRandom.current().nextLong() : builder.seed;
    this.sessionLifetime = builder.sessionLifetime;
    this.authCodeLifetime = builder.authCodeLifetime;
    this.authCodeInterval = builder.authCodeInterval;
    this.refusesEarlyPolls = builder.refusesEarlyPolls;
    this.hostCap = builder.hostCap;
    this.totpSkewSteps = builder.totpSkewSteps;
    this.invalidSessionStatus = builder.invalidSessionStatus;
    this.nullForNoHosts =
        builder.nullForNoHosts == null ? dialect == Dialect.LIVE : builder.nullForNoHosts;
    this.asksAgainAfterWrongCode = builder.asksAgainAfterWrongCode;
  }
}
