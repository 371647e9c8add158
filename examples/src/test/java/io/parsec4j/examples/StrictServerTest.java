// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.junit.ParsecServerTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A test that did not do what it was written for fails at its end: two such tests, and what JUnit says of them. */
class StrictServerTest {
  @ParsecServerTest
  static class Forgetful {
    @Test
    void neverMakesTheCallThatIsToFail(FakeParsecServer server) {
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }

    @Test
    void asksForWhatTheServiceDoesNotHave(URI baseUri) throws IOException {
      baseUri.resolve("/v3/hosts").toURL().openConnection().getHeaderFields();
    }
  }

  @Test
  void tellsOfAFaultThatNeverCameToPass() {
    assertThat(failureOf("neverMakesTheCallThatIsToFail", FakeParsecServer.class))
        .hasMessageStartingWith("faults were scheduled and not used up:\n  status(503)\n");
  }

  @Test
  void tellsOfARequestThatWentAstray() {
    assertThat(failureOf("asksForWhatTheServiceDoesNotHave", URI.class))
        .hasMessageStartingWith("requests came to paths that the service does not know:\n")
        .hasMessageContaining("GET /v3/hosts");
  }

  private static Throwable failureOf(String method, Class<?> parameter) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            request()
                .selectors(selectMethod(Forgetful.class, method, parameter))
                .build(),
            listener);
    assertThat(listener.getSummary().getFailures()).hasSize(1);
    return listener.getSummary().getFailures().get(0).getException();
  }
}
