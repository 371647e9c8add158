// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.parsec4j.api.Account;
import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs sample properties as jqwik runs those of users. The samples are nested, so that surefire leaves them out. */
class ParsecPropertyTest {
  private static final Set<FakeParsecServer> SERVERS = new LinkedHashSet<>();
  private static final List<Object> FAILED_WITH = new ArrayList<>();
  private static int tries;

  @BeforeEach
  void forget() {
    SERVERS.clear();
    FAILED_WITH.clear();
    tries = 0;
  }

  private static int get(FakeParsecServer server, String path, String session) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) server.baseUri().resolve(path).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + session);
    return connection.getResponseCode();
  }

  static class WithServer {
    @Property(tries = 50)
    @ParsecProperty
    void meetsAServerAsNew(
        @ForAll SessionId unused, @ForAll FakeParsecServer server, @ForAll FakeParsecServer same)
        throws IOException {
      tries++;
      SERVERS.add(server);
      assertThat(same).isSameAs(server);
      assertThat(server.requests()).isEmpty();
      assertThat(server.pendingFaults()).isEmpty();

      FakeAccount account = server.account("dude", "p");
      account.owns(FakeHost.desktop("LEBOWSKI").peerId("1"));
      Session session = account.openSession();
      assertThat(get(server, "/v2/hosts", session.id().reveal())).isEqualTo(200);
      server.verify(Endpoint.HOSTS).once();
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }

    @Property(tries = 5)
    @ParsecProperty
    void meetsAnotherServer(@ForAll SessionId unused, @ForAll FakeParsecServer server) {
      SERVERS.add(server);
    }
  }

  @Test
  void aPropertyHasOneServerThatIsAsNewInEachTry() {
    long threads = serverThreads();

    assertThat(run(WithServer.class)).isEmpty();

    assertThat(tries).isEqualTo(50);
    assertThat(SERVERS).hasSize(2);
    assertThat(serverThreads()).isEqualTo(threads);
  }

  static class WithServerThatFails {
    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void fails(@ForAll Host host, @ForAll FakeParsecServer server) throws IOException {
      SERVERS.add(server);
      assertThat(server.requests()).isEmpty();
      assertThat(get(server, "/v2/hosts", "x")).isEqualTo(401);
      assertThat(host.name()).hasSizeLessThan(3);
    }
  }

  @Test
  void theServerIsAsNewWhileAFailureShrinksAndClosedThen() {
    long threads = serverThreads();

    assertThat(run(WithServerThatFails.class))
        .singleElement()
        .asString()
        .contains("to be less than 3 but was 3");

    assertThat(SERVERS).hasSize(1);
    assertThat(serverThreads()).isEqualTo(threads);
  }

  static class Shrinking {
    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void name(@ForAll Host host) {
      check(host, host.name().length() < 5);
    }

    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void page(@ForAll HostPage page) {
      check(page, page.hosts().size() < 2);
    }

    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void session(@ForAll Session session) {
      check(session, session.id().reveal().length() < 70);
    }

    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void authCode(@ForAll AuthCode code) {
      check(code, code.interval().compareTo(Duration.ofSeconds(7)) < 0);
    }

    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void account(@ForAll Account account) {
      check(account, account.id() < 7);
    }

    @Property(
        tries = 500,
        edgeCases = EdgeCasesMode.NONE,
        shrinking = ShrinkingMode.FULL,
        seed = "42")
    @ParsecProperty
    void apiKey(@ForAll ApiKey key) {
      check(key, key.reveal().length() < 70);
    }

    private static void check(Object value, boolean right) {
      if (!right) {
        FAILED_WITH.add(value);
      }
      assertThat(right).isTrue();
    }
  }

  @Test
  void valuesShrinkToThePlainestThatStillFails() {
    assertThat(run(Shrinking.class)).hasSize(6);

    assertThat(last(Host.class))
        .isEqualTo(Host.builder("0").name(last(Host.class).name()).build())
        .extracting(host -> host.name().length())
        .isEqualTo(5);
    assertThat(last(HostPage.class))
        .isEqualTo(
            HostPage.of(List.of(Host.builder("0").build(), Host.builder("1").build()), false));
    assertThat(last(Session.class)).isEqualTo(Session.of(SessionId.of("0".repeat(70))));
    assertThat(last(AuthCode.class))
        .isEqualTo(AuthCode.builder()
            .verificationUri(URI.create("https://example.com"))
            .userCode("0")
            .hash("0")
            .expiresAt(Instant.EPOCH)
            .interval(Duration.ofSeconds(7))
            .build());
    assertThat(last(Account.class)).isEqualTo(Account.builder(7).build());
    assertThat(last(ApiKey.class)).isEqualTo(ApiKey.of("0".repeat(70)));
  }

  /** What a property failed with at last, which is what its failure was shrunk to. */
  private static <T> T last(Class<T> type) {
    return FAILED_WITH.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((before, value) -> value)
        .orElseThrow();
  }

  static class OnTheClass {
    @ParsecProperty
    static class Annotated {
      @Property(tries = 3)
      void property(@ForAll HostQuery query, @ForAll int number) {
        tries++;
      }
    }
  }

  @Test
  void theAnnotationMayStandOnTheClass() {
    assertThat(run(OnTheClass.Annotated.class)).isEmpty();
    assertThat(tries).isEqualTo(3);
  }

  private static long serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("parsec-testkit-"))
        .count();
  }

  /** Runs a sample and returns what its failures say. */
  private static List<String> run(Class<?> sample) {
    List<String> failures = new ArrayList<>();
    List<String> finished = new ArrayList<>();
    LauncherFactory.create(LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(sample))
                .configurationParameter("jqwik.database", "")
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                finished.add(test.getDisplayName());
                result.getThrowable().ifPresent(e -> failures.add(e.toString()));
              }
            });
    assertThat(finished.stream().collect(Collectors.joining())).isNotEmpty();
    return failures;
  }
}
