// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.ErrorBody;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each list holds values of one type of which no two are equal; together they differ in every part. */
class EqualityTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  static Stream<Named<List<Supplier<Object>>>> types() {
    return Stream.of(
        Named.of("SessionId", sessionIds()),
        Named.of("Session", sessions()),
        Named.of("ApiKey", apiKeys()),
        Named.of("AuthCode", authCodes()),
        Named.of("Account", accounts()),
        Named.of("Credentials", credentials()),
        Named.of("HostMode", hostModes()),
        Named.of("HostQuery", hostQueries()),
        Named.of("HostUser", hostUsers()),
        Named.of("Host", hosts()),
        Named.of("HostPage", hostPages()),
        Named.of("HostChange", hostChanges()),
        Named.of("HostsUpdate", hostsUpdates()),
        Named.of("ErrorBody", errorBodies()),
        Named.of("ErrorAnswer", errorAnswers()),
        Named.of("CallDetails", callDetails()),
        Named.of("CallEvent", callEvents()),
        Named.of("AttemptEvent", attemptEvents()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void equalPartsMakeEqualValues(List<Supplier<Object>> values) {
    for (Supplier<Object> value : values) {
      Object one = value.get();
      Object other = value.get();
      Object same = one;

      assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
      assertThat(other).isEqualTo(one);
      assertThat(one).isEqualTo(same);
      assertThat(one.toString()).isEqualTo(other.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void anyOtherPartMakesAnotherValue(List<Supplier<Object>> values) {
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        if (i != j) {
          assertThat(values.get(i).get()).isNotEqualTo(values.get(j).get());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void hashesTellValuesApart(List<Supplier<Object>> values) {
    long hashes =
        values.stream().map(value -> value.get().hashCode()).distinct().count();

    assertThat(hashes).isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("types")
  void nothingEqualsNullOrAnotherType(List<Supplier<Object>> values) {
    for (Supplier<Object> value : values) {
      assertThat(value.get().equals(null)).isFalse();
      assertThat(value.get()).isNotEqualTo("text");
    }
  }

  private static List<Supplier<Object>> sessionIds() {
    return List.of(
        () -> SessionId.of("token"), () -> SessionId.of("Token"), () -> SessionId.of("token2"));
  }

  private static List<Supplier<Object>> sessions() {
    return variants(
        () -> Session.builder(SessionId.of("a")),
        Session.Builder::build,
        List.of(
            b -> b.userId(0),
            b -> b.userId(7),
            b -> b.hostPeerId("p"),
            b -> b.instanceId("p"),
            b -> b.clientPeerId("p"),
            b -> b.roles(List.of("p")),
            b -> b.expiresAt(Instant.EPOCH),
            b -> Session.builder(SessionId.of("b"))));
  }

  private static List<Supplier<Object>> apiKeys() {
    return List.of(() -> ApiKey.of("key"), () -> ApiKey.of("Key"), () -> ApiKey.of("key2"));
  }

  private static List<Supplier<Object>> authCodes() {
    return variants(
        () -> AuthCode.builder()
            .verificationUri(URI.create("https://a.example"))
            .userCode("a")
            .hash("a")
            .expiresAt(Instant.EPOCH),
        AuthCode.Builder::build,
        List.of(
            b -> b.verificationUri(URI.create("https://b.example")),
            b -> b.userCode("b"),
            b -> b.hash("b"),
            b -> b.expiresAt(Instant.EPOCH.plusSeconds(1)),
            b -> b.interval(SECOND)));
  }

  private static List<Supplier<Object>> accounts() {
    return variants(
        () -> Account.builder(1),
        Account.Builder::build,
        List.of(
            b -> Account.builder(2),
            b -> b.name("n"),
            b -> b.email("n"),
            b -> b.warp(true),
            b -> b.hasTfa(true),
            b -> b.hasTfa(false)));
  }

  private static List<Supplier<Object>> credentials() {
    return List.of(
        () -> Credentials.of("a@example.com", "one".toCharArray()),
        () -> Credentials.of("b@example.com", "one".toCharArray()),
        () -> Credentials.of("a@example.com", "two".toCharArray()),
        () -> Credentials.of("a@example.com", "one".toCharArray()).withTfaCode("123456"),
        () -> Credentials.of("a@example.com", "one".toCharArray()).withTfaCode("123457"));
  }

  private static List<Supplier<Object>> hostModes() {
    return List.of(
        () -> HostMode.of("desktop"),
        () -> HostMode.of("game"),
        () -> HostMode.of(""),
        () -> HostMode.of("Desktop"),
        () -> HostMode.of("squid"));
  }

  private static List<Supplier<Object>> hostQueries() {
    return List.of(
        HostQuery::any,
        HostQuery::desktop,
        HostQuery::game,
        () -> HostQuery.of(HostMode.of("squid")),
        () -> HostQuery.any().publicOnly(),
        () -> HostQuery.any().privateOnly(),
        () -> HostQuery.desktop().publicOnly(),
        () -> HostQuery.desktop().privateOnly());
  }

  private static List<Supplier<Object>> hostUsers() {
    return variants(
        HostUser::builder,
        HostUser.Builder::build,
        List.of(
            b -> b.id(1),
            b -> b.name("n"),
            b -> b.warp(true),
            b -> b.teamId(""),
            b -> b.teamId("n"),
            b -> b.externalId("n"),
            b -> b.externalProvider("n")));
  }

  private static List<Supplier<Object>> hosts() {
    return variants(
        () -> Host.builder("p"),
        Host.Builder::build,
        List.of(
            b -> Host.builder("q"),
            b -> b.user(HostUser.of(1, "n")),
            b -> b.gameId("n"),
            b -> b.build("n"),
            b -> b.description("n"),
            b -> b.maxPlayers(1),
            b -> b.mode(HostMode.GAME),
            b -> b.name("n"),
            b -> b.players(1),
            b -> b.isPublic(true),
            b -> b.self(true),
            b -> b.eventName("n"),
            b -> b.guestAccess(true),
            b -> b.guestAccess(false),
            b -> b.online(true),
            b -> b.online(false)));
  }

  private static List<Supplier<Object>> hostPages() {
    Host host = Host.builder("p").build();
    return List.of(
        () -> HostPage.of(List.of(), false),
        () -> HostPage.of(List.of(), true),
        () -> HostPage.of(List.of(host), false),
        () -> HostPage.of(List.of(host, host), false));
  }

  private static List<Supplier<Object>> hostChanges() {
    Host host = Host.builder("p").build();
    Host named = Host.builder("p").name("n").build();
    Host full = Host.builder("p").players(1).build();
    return List.of(
        () -> HostChange.appeared(host),
        () -> HostChange.appeared(named),
        () -> HostChange.gone(host),
        () -> HostChange.changed(host, named),
        () -> HostChange.changed(host, full),
        () -> HostChange.changed(full, named));
  }

  private static List<Supplier<Object>> hostsUpdates() {
    HostChange change = HostChange.appeared(Host.builder("p").build());
    return List.of(
        () -> HostsUpdate.of(HostPage.of(List.of(), false), List.of()),
        () -> HostsUpdate.of(HostPage.of(List.of(), true), List.of()),
        () -> HostsUpdate.of(HostPage.of(List.of(), false), List.of(change)));
  }

  private static List<Supplier<Object>> errorBodies() {
    return List.of(
        () -> ErrorBody.of(Optional.empty(), false, Optional.empty()),
        () -> ErrorBody.of(Optional.of("e"), false, Optional.empty()),
        () -> ErrorBody.of(Optional.empty(), true, Optional.empty()),
        () -> ErrorBody.of(Optional.empty(), false, Optional.of("e")));
  }

  private static List<Supplier<Object>> errorAnswers() {
    return List.of(
        () -> ErrorAnswer.of(404),
        () -> ErrorAnswer.of(405),
        () -> ErrorAnswer.of(404).withErrorText("e"),
        () -> ErrorAnswer.of(404).withRetryAfter(SECOND),
        () -> ErrorAnswer.of(404).withRetryAfter(SECOND).withErrorText("e"));
  }

  private static List<Supplier<Object>> callDetails() {
    return List.of(
        () -> CallDetails.of(Operation.HOSTS, 1, SECOND),
        () -> CallDetails.of(Operation.SIGN_IN, 1, SECOND),
        () -> CallDetails.of(Operation.HOSTS, 2, SECOND),
        () -> CallDetails.of(Operation.HOSTS, 1, Duration.ZERO));
  }

  private static List<Supplier<Object>> callEvents() {
    CallDetails details = CallDetails.of(Operation.HOSTS, 1, SECOND);
    CallDetails others = CallDetails.of(Operation.HOSTS, 2, SECOND);
    return List.of(
        () -> CallEvent.of(details, CallEvent.Outcome.SUCCESS),
        () -> CallEvent.of(details, CallEvent.Outcome.FAILED),
        () -> CallEvent.of(others, CallEvent.Outcome.SUCCESS));
  }

  private static List<Supplier<Object>> attemptEvents() {
    return variants(
        () -> AttemptEvent.builder(Operation.HOSTS, 1, SECOND),
        AttemptEvent.Builder::build,
        List.of(
            b -> AttemptEvent.builder(Operation.SIGN_IN, 1, SECOND),
            b -> AttemptEvent.builder(Operation.HOSTS, 2, SECOND),
            b -> AttemptEvent.builder(Operation.HOSTS, 1, Duration.ZERO),
            b -> b.success(true),
            b -> b.status(500),
            b -> b.stage(FailureStage.EXCHANGE),
            b -> b.retryAfter(SECOND),
            b -> b.retryIn(SECOND)));
  }

  private static <B> List<Supplier<Object>> variants(
      Supplier<B> start,
      java.util.function.Function<B, Object> build,
      List<UnaryOperator<B>> changes) {
    List<Supplier<Object>> all = new ArrayList<>();
    all.add(() -> build.apply(start.get()));
    changes.forEach(change -> all.add(() -> build.apply(change.apply(start.get()))));
    return all;
  }
}
