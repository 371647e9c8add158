// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Run by {@link TransportContractTest} once for each flaw, never by itself. */
@ExtendWith(FlawedContract.FlawOfTheRun.class)
class FlawedContract extends TransportContract {
  /** The configuration parameter that names the flaw. */
  static final String FLAW = "io.parsec4j.testkit.contract.flaw";

  private final Flaw flaw;

  FlawedContract(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  protected Transport create(TransportOptions options) {
    return SocketTransport.with(flaw, options);
  }

  /** Shorter than by default: what a flaw keeps from happening is waited for again and again. */
  @Override
  protected Duration mustHappenWithin() {
    return Duration.ofSeconds(4);
  }

  /** Hands the flaw to the constructor. */
  static final class FlawOfTheRun implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Flaw.class;
    }

    @Override
    public Flaw resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Flaw.valueOf(context.getConfigurationParameter(FLAW).orElseThrow());
    }
  }
}
