// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.parsec4j.api.Account;
import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is generated: right for its type, and of the shapes that are promised. */
class ParsecArbitrariesProperties {
  private static FakeParsecServer server;

  @BeforeContainer
  static void start() {
    server = FakeParsecServer.start();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @ParsecProperty
  void textsCanStandInJson(
      @ForAll Host host,
      @ForAll HostUser user,
      @ForAll Account account,
      @ForAll AuthCode code,
      @ForAll Session session) {
    assertThat(Stream.of(
            account.name(),
            account.email().orElse(""),
            code.userCode(),
            session.clientPeerId().orElse(""),
            String.join("", session.roles()),
            host.name(),
            host.description(),
            host.build(),
            host.gameId(),
            host.eventName().orElse(""),
            user.name(),
            user.teamId().orElse(""),
            user.externalId().orElse(""),
            user.externalProvider().orElse("")))
        .allMatch(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .allMatch(text -> text.length() <= 65_536);
    assertThat(host.peerId()).isNotEmpty();
  }

  @Property(tries = 100)
  @ParsecProperty
  void hostsOfAPageAreTold(@ForAll HostPage page) {
    assertThat(page.hosts()).extracting(Host::peerId).doesNotHaveDuplicates();
    assertThat(page.hosts()).hasSizeLessThanOrEqualTo(20);
  }

  @ParsecProperty
  void queriesAreThoseThatTheServiceTakes(@ForAll HostQuery query) {
    assertThat(query.mode().map(HostMode::value).orElse("desktop")).isIn("desktop", "game");
  }

  @ParsecProperty
  void sessionsArePrintedWithoutTheirIds(@ForAll Session session, @ForAll SessionId id) {
    assertThat(id).hasToString("SessionId[…]");
    assertThat(session.toString()).startsWith("Session[");
    assertThat(id.reveal()).matches("[!-~]{1,4096}");
  }

  @ParsecProperty
  void authCodesArePrintedWithoutTheirSecrets(@ForAll AuthCode code) {
    assertThat(code.toString())
        .isEqualTo("AuthCode[expires " + code.expiresAt() + ", interval "
            + code.interval().toSeconds() + " s, …]");
    assertThat(code.revealHash()).matches("[!-~]{1,4096}");
  }

  @ParsecProperty
  void apiKeysArePrintedWithoutTheirText(@ForAll ApiKey key) {
    assertThat(key).hasToString("ApiKey[…]");
    assertThat(key.reveal()).matches("[!-~]{1,4096}");
  }

  @Property(tries = 1)
  void valuesAreAsTheServiceTellsThemAndOthers() {
    assertThat(samples(ParsecArbitraries.sessions()))
        .anyMatch(session -> session.roles().isEmpty())
        .anyMatch(session -> session.roles().size() > 1)
        .anyMatch(session -> session.expiresAt().isEmpty())
        .anyMatch(session -> session.expiresAt().isPresent())
        .anyMatch(session -> session.clientPeerId().isEmpty())
        .anyMatch(session -> session.clientPeerId().isPresent());
    assertThat(samples(ParsecArbitraries.sessionIds()))
        .extracting(SessionId::reveal)
        .anyMatch(id -> id.matches("[0-9a-f]{64}"))
        .anyMatch(id -> !id.matches("[0-9a-f]*"));
    assertThat(samples(ParsecArbitraries.accounts()))
        .anyMatch(account -> account.email().isEmpty())
        .anyMatch(account -> account.email().isPresent())
        .anyMatch(account -> account.hasTfa().isEmpty())
        .anyMatch(account -> account.hasTfa().isPresent());
  }

  private static <T> List<T> samples(Arbitrary<T> arbitrary) {
    return arbitrary.sampleStream().limit(200).collect(Collectors.toList());
  }

  @ParsecProperty
  void credentialsMayBeClosed(@ForAll Credentials credentials) {
    assertThat(credentials.email()).isNotBlank();
    // Which those of a try before would refuse, being closed.
    assertThat(credentials.withTfaCode("1").hasTfaCode()).isTrue();
    credentials.close();
  }

  @ParsecProperty
  void faultsMeetRequests(@ForAll Fault fault) {
    server.fail(Endpoint.HOSTS, fault);
    assertThat(server.pendingFaults()).containsExactly(fault);
    server.clearFaults();
  }

  @Provide
  Arbitrary<Fault> connectionFaults() {
    return ParsecArbitraries.connectionFaults();
  }

  @Property
  void connectionFaultsMeetConnections(@ForAll("connectionFaults") Fault fault) {
    try (FakeParsecServer own = FakeParsecServer.start()) {
      assertThatNoException().isThrownBy(() -> own.failConnections(fault));
    }
  }

  @Property(tries = 100)
  @ParsecProperty
  void otherTypesAreSuppliedAsEver(
      @ForAll int number, @ForAll String text, @ForAll List<Host> hosts) {
    assertThat(hosts).doesNotContainNull();
    assertThat(text).isNotNull();
  }

  @Property(tries = 5)
  @ParsecProperty
  void theAnnotationStandsBesideAProperty(@ForAll Host host) {
    assertThat(host.peerId()).isNotEmpty();
  }

  @Property(tries = 100)
  @Domain(ParsecDomain.class)
  @Domain(DomainContext.Global.class)
  void theDomainIsRealistic(
      @ForAll Host host,
      @ForAll HostPage page,
      @ForAll HostMode mode,
      @ForAll Session session,
      @ForAll SessionId id,
      @ForAll Credentials credentials,
      @ForAll HostUser user,
      @ForAll AuthCode code,
      @ForAll Account account,
      @ForAll ApiKey key) {
    assertThat(host.players()).isBetween(0, host.maxPlayers());
    assertThat(host.name()).isNotBlank();
    assertThat(host.peerId()).matches("[0-9A-Za-z]{27}");
    assertThat(host.user()).isPresent();
    assertThat(host.mode()).isIn(HostMode.DESKTOP, HostMode.GAME);
    assertThat(mode).isIn(HostMode.DESKTOP, HostMode.GAME);
    assertThat(page.hasMore() && page.hosts().isEmpty()).isFalse();
    assertThat(id.reveal()).matches("[0-9a-f]{64}");
    assertThat(session.hostPeerId()).isPresent();
    assertThat(session.userId().isPresent()).isEqualTo(session.clientPeerId().isEmpty());
    assertThat(session.instanceId().isPresent()).isEqualTo(session.expiresAt().isEmpty());
    assertThat(code.userCode()).matches("[A-Z2-7]{8}");
    assertThat(code.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(account.email().orElseThrow()).matches(".+@example\\.(com|net|org)");
    assertThat(account.name()).isNotBlank();
    assertThat(key.reveal()).matches("[0-9A-Za-z]{27}");
    assertThat(user.name()).isNotBlank();
    assertThat(credentials.email()).matches(".+@example\\.(com|net|org)");
  }

  @Property
  @ParsecProperty
  @Domain(ParsecDomain.class)
  void theDomainGoesBeforeEverythingElse(@ForAll HostMode mode) {
    assertThat(mode).isIn(HostMode.DESKTOP, HostMode.GAME);
  }

  @Property(tries = 1)
  void edgeCasesAreThoseThatArePromised() {
    Set<Host> hosts = edges(ParsecArbitraries.hosts());
    assertThat(hosts)
        .anyMatch(host -> host.equals(Host.builder("0").build()))
        .anyMatch(host -> host.name().contains("\ud83c\udfb3"))
        .anyMatch(host -> host.description().length() > 10_000)
        .anyMatch(host -> host.mode().equals(HostMode.of("arcade")))
        .anyMatch(host -> host.eventName().filter(String::isEmpty).isPresent())
        .anyMatch(host -> host.players() == Integer.MAX_VALUE)
        .hasSizeLessThan(20);
    assertThat(edges(ParsecArbitraries.hostPages()))
        .contains(HostPage.of(List.of(), false), HostPage.of(List.of(), true))
        .anyMatch(page -> page.hosts().size() > 5);
    assertThat(edges(ParsecArbitraries.hostModes()))
        .contains(HostMode.UNSTATED, HostMode.of("arcade"), HostMode.of("DESKTOP"));
    assertThat(edges(ParsecArbitraries.sessionIds()))
        .contains(SessionId.of("0"), SessionId.of("~".repeat(4_096)));
    assertThat(edges(ParsecArbitraries.apiKeys()))
        .contains(ApiKey.of("0"), ApiKey.of("~".repeat(4_096)));
    assertThat(edges(ParsecArbitraries.sessions()))
        .contains(Session.of(SessionId.of("0")))
        .anyMatch(session -> session.roles().equals(List.of("")))
        .anyMatch(session -> session.expiresAt().filter(Instant.MAX::equals).isPresent());
    assertThat(edges(ParsecArbitraries.authCodes()))
        .anyMatch(code -> code.expiresAt().equals(Instant.MIN))
        .anyMatch(code -> code.interval().equals(Duration.ofMinutes(30)))
        .anyMatch(code -> code.revealHash().length() == 4_096)
        .hasSizeLessThan(20);
    assertThat(edges(ParsecArbitraries.accounts()))
        .contains(Account.builder(0).build(), Account.builder(0).hasTfa(false).build())
        .anyMatch(account -> account.email().filter(String::isEmpty).isPresent())
        .hasSizeLessThan(20);
    assertThat(edges(ParsecArbitraries.faults())).contains(Fault.stall(), Fault.status(503));
    assertThat(edges(ParsecArbitraries.hostUsers())).contains(HostUser.builder().build());
    assertThat(ParsecArbitraries.hostQueries().allValues().orElseThrow()).hasSize(9);
    assertThat(edges(ParsecArbitraries.credentials()))
        .hasSizeBetween(4, 20)
        .anyMatch(Credentials::hasTfaCode)
        .anyMatch(credentials -> !credentials.hasTfaCode());
  }

  private static <T> Set<T> edges(Arbitrary<T> arbitrary) {
    return arbitrary.edgeCases().suppliers().stream()
        .map(edge -> edge.get().value())
        .collect(Collectors.toSet());
  }
}
