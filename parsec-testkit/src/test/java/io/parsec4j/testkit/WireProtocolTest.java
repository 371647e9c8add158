// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The service's HTTP interface: every row of what is known of it, in both dialects. */
class WireProtocolTest {
  private static final String SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final String REFUSED =
      "{\"error\":\"Your email/password combination is incorrect.\"}";

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_700_000_000));
  private FakeParsecServer server =
      FakeParsecServer.builder().clock(clock).seed(1).start();
  private Web web = new Web(server);

  private void restart(FakeParsecServer.Builder builder) {
    server.close();
    server = builder.clock(clock).seed(1).start();
    web = new Web(server);
  }

  private void restart(Dialect dialect) {
    restart(FakeParsecServer.builder().dialect(dialect));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String vector(String name) {
    try (InputStream in = WireProtocolTest.class.getResourceAsStream("vectors/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  @Nested
  class SignIn {
    @Test
    void answersInTheDocumentedDialectAsDocumented() {
      server.account("dude@example.com", "secret");

      HttpResponse<String> response = web.signIn("dude@example.com", "secret");

      String id = Web.json(response).getJsonObject("data").getString("id");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo(vector("sign-in.documented.200.json")
              .replace("9066e9f2ac56648e83d68c7b5902236361e98f725413af6f8fac0dab720cd270", id));
      assertThat(id).matches("[0-9a-f]{64}");
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void answersInTheLiveDialectAsSeen() {
      restart(Dialect.LIVE);
      server.account("dude@example.com", "secret");

      HttpResponse<String> response = web.signIn("dude@example.com", "secret");

      String id = Web.json(response).getString("session_id");
      String instance = Web.json(response).getString("instance_id");
      String peer = Web.json(response).getString("host_peer_id");
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.body())
          .isEqualTo(vector("sign-in.live.201.json")
              .replace("9066e9f2ac56648e83d68c7b5902236361e98f725413af6f8fac0dab720cd270", id)
              .replace("2Hn1xWbBvFzJrYbLq2nFzYgq2aV", instance)
              .replace("1QA0qE1h0aBW7GKRTXCU0ZInLVZ", peer));
      assertThat(id).matches("[0-9a-f]{64}");
      assertThat(instance).matches("[0-9A-Za-z]{27}").isNotEqualTo(peer);
      assertThat(peer).matches("[0-9A-Za-z]{27}");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void refusesAWrongAddressPasswordOrCodeWithTheSameText(Dialect dialect) {
      restart(dialect);
      server.account("dude@example.com", "secret");
      server.account("walter@example.com", "secret").withTotp(SEED);

      HttpResponse<String> wrongAddress = web.signIn("Dude@example.com", "secret");
      HttpResponse<String> wrongPassword = web.signIn("dude@example.com", "Secret");
      HttpResponse<String> wrongCode = web.signIn("walter@example.com", "secret", "1234567");

      assertThat(wrongAddress.statusCode()).isEqualTo(403);
      assertThat(wrongAddress.body())
          .isEqualTo(REFUSED)
          .isEqualTo(vector("sign-in.refused.403.json"));
      assertThat(wrongPassword.statusCode()).isEqualTo(403);
      assertThat(wrongPassword.body()).isEqualTo(REFUSED);
      assertThat(wrongCode.statusCode()).isEqualTo(403);
      assertThat(wrongCode.body()).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void asksForACodeIfThePasswordIsRight(Dialect dialect) {
      restart(dialect);
      server.account("walter@example.com", "secret").withTotp(SEED);

      HttpResponse<String> response = web.signIn("walter@example.com", "secret");

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).isEqualTo(vector("sign-in.tfa-required.403.json"));
    }

    @Test
    void asksForNoCodeIfThePasswordIsWrong() {
      server.account("walter@example.com", "secret").withTotp(SEED);

      assertThat(web.signIn("walter@example.com", "wrong").body()).isEqualTo(REFUSED);
    }

    @Test
    void takesAnEmptyCodeForNone() {
      server.account("walter@example.com", "secret").withTotp(SEED);
      server.account("dude@example.com", "secret");

      assertThat(web.signIn("walter@example.com", "secret", "").body())
          .contains("\"tfa_required\":true");
      assertThat(web.signIn("dude@example.com", "secret", "").statusCode()).isEqualTo(200);
    }

    @Test
    void asksForACodeWithoutNamingItsKindIfToldSo() {
      server.account("walter@example.com", "secret").withTotp(SEED).withoutTfaType();

      assertThat(web.signIn("walter@example.com", "secret").body())
          .isEqualTo(
              "{\"error\":\"You need to provide an authentication code.\",\"tfa_required\":true}");
    }

    @Test
    void namesTheKindOfCodeThatItIsTold() {
      server.account("walter@example.com", "secret").withTotp(SEED).tfaType("email");

      assertThat(Web.json(web.signIn("walter@example.com", "secret")).getString("tfa_type"))
          .isEqualTo("email");
    }

    @Test
    void takesTheCurrentCodeOnce() {
      FakeAccount walter = server.account("walter@example.com", "secret").withTotp(SEED);
      String code = walter.currentTotpCode();

      assertThat(web.signIn("walter@example.com", "secret", code).statusCode()).isEqualTo(200);
      assertThat(web.signIn("walter@example.com", "secret", code).body()).isEqualTo(REFUSED);

      clock.advance(Duration.ofSeconds(30));
      assertThat(web.signIn("walter@example.com", "secret", walter.currentTotpCode())
              .statusCode())
          .isEqualTo(200);
    }

    @Test
    void asksAgainAfterAWrongCodeIfToldSo() {
      restart(FakeParsecServer.builder().asksAgainAfterWrongCode(true));
      server.account("walter@example.com", "secret").withTotp(SEED);

      HttpResponse<String> response = web.signIn("walter@example.com", "secret", "no code");

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(Web.json(response).getBoolean("tfa_required")).isTrue();
    }

    @Test
    void ignoresACodeIfTheAccountNeedsNone() {
      server.account("dude@example.com", "secret");

      assertThat(web.signIn("dude@example.com", "secret", "123456").statusCode())
          .isEqualTo(200);
    }

    @Test
    void takesTheExampleOfTheDocumentation() {
      server.account("dude@example.com", "the-rug-really-tied-the-room-together");

      assertThat(web.signIn(vector("sign-in.request.json")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "{\"password\":\"p\"}|email is missing",
          "{\"email\":\"e\"}|password is missing",
          "{\"email\":1,\"password\":\"p\"}|email must be a string",
          "{\"email\":\"e\",\"password\":null}|password must be a string",
          "{\"email\":\"e\",\"password\":{\"a\":\"b\"}}|password must be a string",
          "{\"email\":\"e\",\"password\":[\"p\"]}|password must be a string",
          "{\"email\":\"e\",\"password\":\"p\",\"tfa\":123456}|tfa must be a string",
          "{\"email\":\"e\",\"password\":\"p\",\"tfa\":null}|tfa must be a string",
          "{\"email\":\"e\",\"password\":\"p\",\"email\":\"f\"}|a member stands twice in the JSON object",
          "{\"a\":1,\"a\":[]}|a member stands twice in the JSON object",
          "{\"email\":\"e\",\"password\":\"p\"} {}|the body is not well-formed JSON",
          "{\"email\":\"e\",\"password\":\"p\"|the body is not well-formed JSON",
          "{\"zzz\":[|the body is not well-formed JSON",
          "{\"email\":tru|the body is not well-formed JSON",
          "[]|the body must be a JSON object",
          "\"email\"|the body must be a JSON object",
          "null|the body must be a JSON object",
          "~~|the body is not well-formed JSON"
        })
    void refusesABodyThatIsNotAsItMustBe(String body, String error) {
      HttpResponse<String> response = web.signIn(body);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Web.json(response).getString("error")).isEqualTo(error);
    }
  }
}
