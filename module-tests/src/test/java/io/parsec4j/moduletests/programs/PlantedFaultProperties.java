// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.transport.jdk.JdkTransport;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.ActionChain;

/** Random programs find a fault of the service, and tell of it in few steps. */
class PlantedFaultProperties {
  private static Transport jdk;

  private final List<World> worlds = new ArrayList<>();

  @BeforeContainer
  static void open() {
    jdk = JdkTransport.create();
  }

  @AfterContainer
  static void close() {
    jdk.close();
  }

  @AfterTry
  void closeWorlds() {
    worlds.forEach(World::close);
    worlds.clear();
  }

  // by default shrinking ends after 10 s, so that a slow machine would tell of it in more steps
  @Property(tries = 1_000, shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(IsFound.class)
  void aCodeThatIsGoodForOneStepTooLong(@ForAll("programs") ActionChain<World> program) {
    World unused = program.run();
  }

  @Provide
  Arbitrary<ActionChain<World>> programs() {
    return Chains.in(() -> {
      World world =
          new World(new Side("jdk", FakeParsecServer.builder().totpSkewSteps(2), server -> jdk));
      worlds.add(world);
      return world;
    });
  }

  /** Succeeds if the property fails, and that with a program of four steps at most. */
  static final class IsFound implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      PropertyExecutionResult result = property.execute();
      try {
        assertThat(result.throwable()).containsInstanceOf(AssertionError.class);
        ActionChain<?> shrunk =
            (ActionChain<?>) result.falsifiedParameters().orElseThrow().get(0);
        assertThat(shrunk.transformations()).hasSizeBetween(1, 4);
        return result.mapToSuccessful();
      } catch (AssertionError e) {
        return result.mapToFailed(e);
      }
    }
  }
}
