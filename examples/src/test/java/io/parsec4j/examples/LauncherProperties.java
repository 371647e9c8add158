// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.jqwik.ParsecDomain;
import io.parsec4j.testkit.jqwik.ParsecProperty;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Properties of a user, with jqwik; only on the module path need they be {@link ParsecProperty}. */
class LauncherProperties {
  @ParsecProperty
  @Property(tries = 50)
  void showsEveryDesktop(
      @ForAll @Size(max = 5) List<@AlphaChars String> names, @ForAll FakeParsecServer server) {
    FakeAccount dude = server.account("dude@example.com", "secret");
    names.forEach(name -> dude.owns(FakeHost.desktop(name)));
    Launcher launcher = new Launcher(server.client());

    assertThat(launcher.desktops("dude@example.com", "secret", () -> "none"))
        .containsExactlyElementsOf(names);
  }

  @ParsecProperty
  @Property(tries = 25)
  void showsNothingThatIsNotThereAndTellsNoSecret(
      @ForAll Fault fault, @ForAll FakeParsecServer server) {
    server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
    server.fail(Endpoint.HOSTS, fault);
    try (ParsecClient parsec = server
        .clientBuilder()
        .retryPolicy(RetryPolicy.none())
        .timeout(Duration.ofMillis(500))
        .build()) {
      assertThat(new Launcher(parsec).desktops("dude@example.com", "secret", () -> "none"))
          .isSubsetOf(List.of("LEBOWSKI"));
    } catch (ParsecException e) {
      assertThat(e).hasMessageNotContaining("secret");
    }
  }

  @ParsecProperty
  void aPageIsItsHosts(@ForAll HostPage page) {
    assertThat(page).containsExactlyElementsOf(page.hosts());
  }

  @Property
  @Domain(ParsecDomain.class)
  @Domain(DomainContext.Global.class)
  void everyNameFitsOnALine(@ForAll Host host) {
    assertThat(host.name()).hasSizeBetween(1, 40);
  }
}
