// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parsec4j.api.AuthCode;
import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Readme;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fake service answers as the real one is on record: with the same status, members and types. */
class RecordedAnswersTest {
  private static final Path RECORDS =
      Artifacts.root().resolve("parsec-json/src/test/resources/io/parsec4j/json/vectors");

  private final HttpClient http = HttpClient.newHttpClient();

  static Stream<Arguments> records() {
    return Stream.of(
        arguments("sign-in.documented.200", Dialect.DOCUMENTED, Asked.SIGN_IN),
        arguments("sign-in.live.201", Dialect.LIVE, Asked.SIGN_IN),
        arguments("sign-in.tfa-required.403", Dialect.DOCUMENTED, Asked.SIGN_IN_WITHOUT_CODE),
        arguments("sign-in.tfa-required.403", Dialect.LIVE, Asked.SIGN_IN_WITHOUT_CODE),
        arguments("sign-in.refused.403", Dialect.DOCUMENTED, Asked.SIGN_IN_WITH_WRONG_PASSWORD),
        arguments("sign-in.refused.403", Dialect.LIVE, Asked.SIGN_IN_WITH_WRONG_PASSWORD),
        arguments("hosts.documented.200", Dialect.DOCUMENTED, Asked.HOSTS),
        arguments("hosts.live.200", Dialect.LIVE, Asked.HOSTS),
        arguments("hosts.empty.200", Dialect.LIVE, Asked.HOSTS_OF_NOBODY),
        arguments("hosts.no-session.401", Dialect.DOCUMENTED, Asked.HOSTS_WITHOUT_SESSION),
        arguments("hosts.no-session.401", Dialect.LIVE, Asked.HOSTS_WITHOUT_SESSION),
        arguments("auth-codes.201", Dialect.DOCUMENTED, Asked.AUTH_CODE),
        arguments("auth-codes.201", Dialect.LIVE, Asked.AUTH_CODE),
        arguments("auth-sessions.201", Dialect.DOCUMENTED, Asked.SESSION_OF_AUTH_CODE),
        arguments("auth-sessions.201", Dialect.LIVE, Asked.SESSION_OF_AUTH_CODE),
        arguments("enterprise-sessions.201", Dialect.DOCUMENTED, Asked.ENTERPRISE_SESSION),
        arguments("enterprise-sessions.201", Dialect.LIVE, Asked.ENTERPRISE_SESSION));
  }

  @ParameterizedTest
  @MethodSource("records")
  void isTheShapeOfTheAnswer(String record, Dialect dialect, Asked asked) throws Exception {
    try (FakeParsecServer server = FakeParsecServer.builder().dialect(dialect).start()) {
      HttpResponse<String> answer = http.send(asked.of(server), BodyHandlers.ofString());

      assertThat(record).endsWith("." + answer.statusCode());
      assertThat(shape(answer.body())).isEqualTo(shape(Readme.read(file(record))));
    }
  }

  /** Of which there is no record, only what public clients read. */
  @ParameterizedTest
  @EnumSource
  void theAccountHasWhatPublicClientsRead(Dialect dialect) throws Exception {
    try (FakeParsecServer server = FakeParsecServer.builder().dialect(dialect).start()) {
      HttpResponse<String> answer = http.send(Asked.ACCOUNT.of(server), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(shape(answer.body())).isEqualTo(shape("""
              {"data":{"id":1,"name":"dude","email":"dude@example.com","warp":true,"has_tfa":false}}
              """));
    }
  }

  @Test
  void theRequestOnRecordIsUnderstood() throws Exception {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      String recorded = Readme.read(file("sign-in.request"));
      server.account("dude@example.com", "the-rug-really-tied-the-room-together");

      HttpResponse<String> answer = http.send(signIn(server, recorded), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private static Path file(String record) {
    return RECORDS.resolve(record + ".json");
  }

  private static HttpRequest signIn(FakeParsecServer server, String body) {
    return post(server, "/v1/auth", body).build();
  }

  private static HttpRequest.Builder post(FakeParsecServer server, String path, String body) {
    return HttpRequest.newBuilder(URI.create(server.baseUri() + path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static Object shape(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return shape(reader.readValue());
    }
  }

  /** The names of the members with the shapes of their values; of an array, the different shapes in it. */
  private static Object shape(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> {
        Map<String, Object> members = new TreeMap<>();
        value.asJsonObject().forEach((name, member) -> members.put(name, shape(member)));
        yield members;
      }
      case ARRAY -> {
        Set<Object> shapes = value.asJsonArray().stream()
            .map(RecordedAnswersTest::shape)
            .collect(Collectors.toSet());
        yield shapes;
      }
      case TRUE, FALSE -> "BOOLEAN";
      default -> value.getValueType().toString();
    };
  }

  /** What the service is asked. */
  enum Asked {
    SIGN_IN,
    SIGN_IN_WITHOUT_CODE,
    SIGN_IN_WITH_WRONG_PASSWORD,
    HOSTS,
    HOSTS_OF_NOBODY,
    HOSTS_WITHOUT_SESSION,
    AUTH_CODE,
    SESSION_OF_AUTH_CODE,
    ENTERPRISE_SESSION,
    ACCOUNT;

    HttpRequest of(FakeParsecServer server) {
      FakeAccount dude = server.account("dude@example.com", "secret");
      return switch (this) {
        case SIGN_IN -> signIn(server, CREDENTIALS);
        case SIGN_IN_WITHOUT_CODE -> {
          dude.withTotp("JBSWY3DPEHPK3PXP");
          yield signIn(server, CREDENTIALS);
        }
        case SIGN_IN_WITH_WRONG_PASSWORD -> signIn(server, CREDENTIALS.replace("secret", "wrong"));
        case HOSTS -> {
          dude.owns(FakeHost.desktop("LEBOWSKI"), FakeHost.game("Bowling").isPublic(true));
          yield get(server, "/v2/hosts", dude.openSession().id().reveal());
        }
        case HOSTS_OF_NOBODY -> get(server, "/v2/hosts", dude.openSession().id().reveal());
        case HOSTS_WITHOUT_SESSION -> get(server, "/v2/hosts", "");
        case AUTH_CODE ->
          post(server, "/auth/codes", "{\"game_id\":\"bowling\"}").build();
        case SESSION_OF_AUTH_CODE -> {
          AuthCode code = server.client().requestAuthCode("bowling");
          dude.approves(code.userCode());
          String hash = code.revealHash();
          yield post(
                  server,
                  "/auth/sessions",
                  "{\"grant_type\":\"auth_code\",\"auth_code_hash\":\"" + hash + "\"}")
              .build();
        }
        case ENTERPRISE_SESSION -> {
          server.enterpriseKeys("key-of-the-team");
          yield post(server, "/enterprise/sessions", "{\"external_id\":\"walter\"}")
              .header("x-api-key", "key-of-the-team")
              .build();
        }
        case ACCOUNT -> get(server, "/me", dude.openSession().id().reveal());
      };
    }

    private static final String CREDENTIALS =
        "{\"email\":\"dude@example.com\",\"password\":\"secret\"}";

    private static HttpRequest get(FakeParsecServer server, String path, String token) {
      return HttpRequest.newBuilder(URI.create(server.baseUri() + path))
          .header("Authorization", "Bearer " + token)
          .build();
    }
  }
}
