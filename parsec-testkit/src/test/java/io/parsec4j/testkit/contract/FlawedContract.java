// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Run by {@link TransportContractTest} once for each flaw, never by itself. */
@ExtendWith(FlawedContract.FlawOfTheRun.class)
class FlawedContract extends TransportContract {
  /** The configuration parameter that names the flaw. */
  static final String FLAW = "io.parsec4j.testkit.contract.flaw";

  private static final Duration WAIT_IN_VAIN = Duration.ofSeconds(1);

  private final Flaw flaw;

  /** Held, so that no garbage collection closes what a flaw leaves open. */
  private final List<Transport> created = new ArrayList<>();

  private boolean noticing;

  FlawedContract(Flaw flaw) {
    this.flaw = flaw;
  }

  @BeforeEach
  void look(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    noticing = flaw.cases().stream().anyMatch(number -> name.startsWith("must_" + number + "_"));
  }

  @Override
  protected Transport create(TransportOptions options) {
    Transport transport = SocketTransport.with(flaw, options);
    created.add(transport);
    return transport;
  }

  /** Short only where the flaw keeps from happening what is waited for: the other cases pass on slow machines too. */
  @Override
  protected Duration mustHappenWithin() {
    return noticing ? WAIT_IN_VAIN : super.mustHappenWithin();
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
