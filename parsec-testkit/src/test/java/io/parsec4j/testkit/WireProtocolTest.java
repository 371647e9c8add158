// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostMode;
import io.parsec4j.api.SessionId;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
      assertThat(id).matches("[0-9a-f]{64}").doesNotMatch("(0.){32}");
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

    @ParameterizedTest
    @ValueSource(strings = {"Bu\u00e9", "\ufeff{}"})
    void refusesABodyThatIsNotPlainUtf8(String text) {
      byte[] body = text.getBytes(
          text.startsWith("B") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);

      HttpResponse<String> response = web.send(web.request("/v1/auth")
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

      assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsNestedTooDeep() {
      server.account("e", "p");
      String start = "{\"email\":\"e\",\"password\":\"p\",\"more\":";

      HttpResponse<String> deep = web.signIn(start + "[".repeat(31) + "]".repeat(31) + "}");
      HttpResponse<String> tooDeep = web.signIn(start + "[".repeat(32) + "]".repeat(32) + "}");

      assertThat(deep.statusCode()).isEqualTo(200);
      assertThat(tooDeep.statusCode()).isEqualTo(400);
      assertThat(tooDeep.body()).contains("32 levels");
    }

    @Test
    void ignoresMembersThatItDoesNotKnow() {
      server.account("e", "p");

      assertThat(web.signIn(
                  "{\"x\":{\"email\":\"f\",\"email\":1},\"email\":\"e\",\"y\":[1,true],\"password\":\"p\"}")
              .statusCode())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/json",
          "application/json; charset=utf-8",
          "application/json;charset=UTF-8",
          "Application/JSON ; charset=\"utf-8\""
        })
    void takesJsonInUtf8(String contentType) {
      server.account("e", "p");

      assertThat(post(contentType).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "text/plain",
          "application/jsonp",
          "application/json; charset=iso-8859-1",
          "application/json; boundary=x",
          "application/json, text/plain"
        })
    void refusesOtherContent(String contentType) {
      server.account("e", "p");

      assertThat(post(contentType).statusCode()).isEqualTo(415);
    }

    @Test
    void refusesContentThatIsNotNamedOrNamedTwice() {
      HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");

      assertThat(web.send(web.request("/v1/auth").POST(body)).statusCode()).isEqualTo(415);
      assertThat(web.send(web.request("/v1/auth")
                  .header("Content-Type", "application/json")
                  .header("Content-Type", "application/json")
                  .POST(body))
              .statusCode())
          .isEqualTo(415);
    }

    private HttpResponse<String> post(String contentType) {
      return web.send(web.request("/v1/auth/")
          .header("Content-Type", contentType)
          .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"e\",\"password\":\"p\"}")));
    }
  }

  @Nested
  class Hosts {
    private FakeAccount dude;
    private SessionId session;

    @BeforeEach
    void signIn() {
      use(server.account("dude@example.com", "secret"));
    }

    private void use(FakeAccount account) {
      dude = account.displayName("The Dude");
      session = dude.openSession().id();
    }

    private void use(FakeParsecServer.Builder builder) {
      restart(builder);
      signIn();
    }

    @Test
    void answersInTheDocumentedDialectAsDocumented() {
      dude.owns(
          FakeHost.desktop("LEBOWSKI").peerId("1QA0qE1h0aBW7GKRTXCU0ZInLVZ").build("150-32"));

      HttpResponse<String> response = web.hosts(session, "?mode=desktop&public=false");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(vector("hosts.documented.200.json"));
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void answersInTheLiveDialectAsSeen() {
      use(FakeParsecServer.builder().dialect(Dialect.LIVE).hostCap(1));
      FakeHost lebowski = FakeHost.desktop("LEBOWSKI").peerId("1QA0qE1h0aBW7GKRTXCU0ZInLVZ");
      dude.owns(lebowski.players(1).isSelf(true), FakeHost.desktop("another"));

      assertThat(web.hosts(session, "").body()).isEqualTo(vector("hosts.live.200.json"));
    }

    @Test
    void tellsEveryFieldInTheLiveDialect() {
      use(FakeParsecServer.builder().dialect(Dialect.LIVE));
      dude.warp(true).teamId("t").external("okta", "x-1");
      dude.owns(FakeHost.game("Bowling")
          .peerId("p")
          .gameId("g")
          .build("1-1")
          .description("strike")
          .eventName("league")
          .players(3)
          .maxPlayers(4)
          .isPublic(true)
          .guestAccess(true));

      assertThat(web.hosts(session, "").body())
          .isEqualTo(
              "{\"data\":[{\"user\":{\"id\":1337,\"name\":\"The Dude\",\"warp\":true,\"external_id\":\"x-1\","
                  + "\"external_provider\":\"okta\",\"team_id\":\"t\"},\"peer_id\":\"p\",\"game_id\":\"g\","
                  + "\"description\":\"strike\",\"max_players\":4,\"mode\":\"game\",\"name\":\"Bowling\","
                  + "\"event_name\":\"league\",\"players\":3,\"public\":true,\"guest_access\":true,\"online\":true,"
                  + "\"self\":false,\"build\":\"1-1\"}],\"has_more\":false}");
    }

    @Test
    void saysThatThereIsNoneAsItsDialectDoes() {
      assertThat(web.hosts(session, "").body()).isEqualTo("{\"data\":[],\"has_more\":false}");

      use(FakeParsecServer.builder().dialect(Dialect.LIVE));
      assertThat(web.hosts(session, "").body()).isEqualTo(vector("hosts.empty.200.json"));
    }

    @Test
    void saysThatThereIsNoneAsItIsTold() {
      use(FakeParsecServer.builder().nullForNoHosts(true));
      assertThat(web.hosts(session, "").body()).isEqualTo(vector("hosts.empty.200.json"));

      use(FakeParsecServer.builder().dialect(Dialect.LIVE).nullForNoHosts(false));
      assertThat(web.hosts(session, "").body()).isEqualTo("{\"data\":[],\"has_more\":false}");
    }

    @Test
    void filtersByModeAndPublic() {
      dude.owns(
          FakeHost.desktop("d-private"),
          FakeHost.desktop("d-public").isPublic(true),
          FakeHost.game("g-private"),
          FakeHost.game("g-public").isPublic(true),
          FakeHost.of(HostMode.of("squid"), "s-private"));

      assertThat(names(""))
          .containsExactly("d-private", "d-public", "g-private", "g-public", "s-private");
      assertThat(names("?")).hasSize(5);
      assertThat(names("?mode=desktop")).containsExactly("d-private", "d-public");
      assertThat(names("?mode=game")).containsExactly("g-private", "g-public");
      assertThat(names("?mode=game&public=false")).containsExactly("g-private");
      assertThat(names("?public=true&mode=game")).containsExactly("g-public");
      assertThat(names("?public=true")).containsExactly("d-public", "g-public");
      assertThat(names("?public=false")).containsExactly("d-private", "g-private", "s-private");
    }

    @Test
    void readsTheQueryAsFormsAreWritten() {
      dude.owns(FakeHost.desktop("d"), FakeHost.game("g"));

      assertThat(names("?%6dode=%64esktop")).containsExactly("d");
      assertThat(names("?&mode=game&&page=2&page=3&q&")).containsExactly("g");
    }

    private List<String> names(String query) {
      return Web.json(web.hosts(session, query))
          .getJsonArray("data")
          .getValuesAs(JsonObject.class)
          .stream()
          .map(host -> host.getString("name"))
          .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource({
      "?mode=squid,mode must be desktop or game",
      "?mode=,mode must be desktop or game",
      "?mode,mode must be desktop or game",
      "?mode=Desktop,mode must be desktop or game",
      "?public=1,public must be true or false",
      "?public=,public must be true or false",
      "?mode=game&mode=game,mode must stand once",
      "?public=true&public=false,public must stand once",
      "?mode=%6,the query has a percent sign without two hexadecimal digits",
    })
    void refusesABadQuery(String query, String error) throws IOException {
      try (Wire wire = new Wire(server)) {
        String answer = wire.exchange("GET /v2/hosts" + query
            + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + session.reveal() + "\r\n\r\n");

        assertThat(answer)
            .startsWith("HTTP/1.1 400 Bad Request\r\n")
            .endsWith("{\"error\":\"" + error + "\"}");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "bearer abc", "Basic YTpi", "abc"})
    void asksForASessionIdIfThereIsNone(String authorization) throws IOException {
      try (Wire wire = new Wire(server)) {
        String answer =
            wire.exchange("GET /v2/hosts?mode=squid HTTP/1.1\r\nHost: h\r\nAuthorization: "
                + authorization + "\r\n\r\n");

        assertThat(answer)
            .startsWith("HTTP/1.1 401 Unauthorized\r\n")
            .endsWith("\r\n\r\n" + vector("hosts.no-session.401.json"));
      }
    }

    @Test
    void asksForASessionIdIfThereIsNoHeader() {
      HttpResponse<String> response = web.send(web.request("/v2/hosts"));

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo(vector("hosts.no-session.401.json"));
    }

    @Test
    void refusesTwoSessionIds() {
      HttpResponse<String> response = web.send(web.request("/v2/hosts")
          .header("Authorization", "Bearer " + session.reveal())
          .header("Authorization", "Bearer " + session.reveal()));

      assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusesASessionThatIsUnknownRevokedOrExpired(int status) {
      use(FakeParsecServer.builder()
          .invalidSessionStatus(status)
          .sessionLifetime(Duration.ofMinutes(5)));
      SessionId revoked = dude.openSession().id();
      server.revoke(revoked);
      server.revoke(revoked);

      assertInvalid(web.hosts(SessionId.of("abc"), ""), status);
      assertInvalid(web.hosts(SessionId.of("abc"), "?mode=squid"), status);
      assertInvalid(web.hosts(revoked, ""), status);
      assertThat(web.hosts(session, "").statusCode()).isEqualTo(200);

      clock.advance(Duration.ofMinutes(5));
      assertInvalid(web.hosts(session, ""), status);

      SessionId later = dude.openSession().id();
      server.expireSessions();
      assertInvalid(web.hosts(later, ""), status);
    }

    private void assertInvalid(HttpResponse<String> response, int status) {
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.body())
          .isEqualTo("{\"error\":\"the session is unknown or has expired\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/hosts", "/v2/hosts/"})
    void ignoresAContentType(String path) {
      HttpResponse<String> response = web.send(web.request(path)
          .header("Content-Type", "application/json")
          .header("Authorization", "Bearer " + session.reveal()));

      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class AuthCodes {
    private final Pattern codes =
        Pattern.compile("\"user_code\":\"([A-Z2-7]{8})\",\"hash\":\"([0-9A-Za-z]{27})\"");

    private String hash;
    private FakeAccount dude;

    @BeforeEach
    void ask() {
      dude = server.account("dude@example.com", "secret");
      hash = Web.json(web.authCode("bowling")).getJsonObject("data").getString("hash");
    }

    private String userCode() {
      return server.authCodes().get(0).userCode();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void areGivenOutAsDocumented(Dialect dialect) {
      restart(dialect);

      HttpResponse<String> response = web.authCode("bowling");

      Matcher found = codes.matcher(response.body());
      assertThat(found.find()).isTrue();
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(response.body())
          .isEqualTo(vector("auth-codes.201.json")
              .replace("ABCD3456", found.group(1))
              .replace("0ujsswThIGTUYm2K8FjOOfXtY1K", found.group(2))
              .replace("1569790281", Long.toString(clock.instant().getEpochSecond() + 1_800)));
      assertThat(server.authCodes().get(0).gameId()).isEqualTo("bowling");
    }

    @Test
    void tellTheirLifeAndIntervalAsTheyAreSet() {
      restart(FakeParsecServer.builder()
          .authCodeLifetime(Duration.ofMillis(1_999))
          .authCodeInterval(Duration.ofSeconds(7)));

      assertThat(web.authCode("bowling").body())
          .endsWith(
              "\"expires_at\":" + (clock.instant().getEpochSecond() + 1) + ",\"interval\":7}}");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void giveASessionAsDocumentedOnceTheyAreApproved(Dialect dialect) {
      restart(dialect);
      ask();
      assertThat(web.poll(hash).statusCode()).isEqualTo(202);
      dude.approves(userCode());
      clock.advance(Duration.ofSeconds(5));

      HttpResponse<String> response = web.poll(hash);

      JsonObject data = Web.json(response).getJsonObject("data");
      String id = data.getString("id");
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.body())
          .isEqualTo(vector("auth-sessions.201.json")
              .replace("a30436aa3d110ffffaf6e84c3037dc4635a18135ca92eea49e4ca7388e158aaa", id)
              .replace("1525260", "1337")
              .replace("1QA0qE1h0ABW7GKRTXCU0ZInLVz", data.getString("host_peer_id"))
              .replace(
                  "1569790281",
                  Long.toString(clock.instant().plus(Duration.ofDays(30)).getEpochSecond())));
      assertThat(id).matches("[0-9a-f]{64}");
      assertThat(web.hosts(SessionId.of(id), "").statusCode()).isEqualTo(200);
      assertThat(web.account(SessionId.of(id)).body()).contains("dude@example.com");
    }

    @Test
    void areAnsweredWithAnEmptyObjectWhileTheyArePending() throws IOException {
      String body = "{\"grant_type\":\"auth_code\",\"auth_code_hash\":\"" + hash + "\"}";
      try (Wire wire = new Wire(server)) {
        assertThat(wire.exchange(
                "POST /auth/sessions/ HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body))
            .isEqualTo("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}");
      }
    }

    @Test
    void areRefusedOnceTheyAreDeniedUsedOrOver() {
      FakeAuthCode unused = server.authCodes().get(0);
      dude.denies(unused.userCode());
      assertRefused(hash);
      assertRefused("abc");
      assertRefused("");

      ask();
      dude.approves(server.authCodes().get(1).userCode());
      assertThat(web.poll(hash).statusCode()).isEqualTo(201);
      assertRefused(hash);

      ask();
      clock.advance(Duration.ofMinutes(30));
      assertRefused(hash);
    }

    private void assertRefused(String hash) {
      HttpResponse<String> response = web.poll(hash);

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":\"the auth code is unknown, was denied or used, or has expired\"}");
    }

    @Test
    void areAnsweredWithTheTimeToWaitIfTheyArePolledTooEarly() {
      assertThat(web.poll(hash).statusCode()).isEqualTo(202);
      clock.advance(Duration.ofMillis(1_001));

      HttpResponse<String> early = web.poll(hash);

      assertThat(early.statusCode()).isEqualTo(429);
      assertThat(early.headers().firstValue("Retry-After")).hasValue("4");
      assertThat(early.body()).isEqualTo("{\"error\":\"the interval is not over yet\"}");
      clock.advance(Duration.ofSeconds(4));
      assertThat(web.poll(hash).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "/auth/codes|{}|game_id is missing",
          "/auth/codes|{\"game_id\":1}|game_id must be a string",
          "/auth/codes|{\"game_id\":\"\"}|game_id must not be empty",
          "/auth/codes|[]|the body must be a JSON object",
          "/auth/sessions|{\"auth_code_hash\":\"h\"}|grant_type is missing",
          "/auth/sessions|{\"grant_type\":\"password\",\"auth_code_hash\":\"h\"}|grant_type must be auth_code",
          "/auth/sessions|{\"grant_type\":\"auth_code\"}|auth_code_hash is missing",
          "/auth/sessions|{\"grant_type\":\"auth_code\",\"auth_code_hash\":null}|auth_code_hash must be a string",
        })
    void refuseABodyThatIsNotAsItMustBe(String path, String body, String error) {
      HttpResponse<String> response = web.send(web.request(path)
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body)));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Web.json(response).getString("error")).isEqualTo(error);
      assertThat(server.authCodes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/codes", "/auth/sessions"})
    void refuseOtherContent(String path) {
      assertThat(web.send(web.request(path)
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("{}")))
              .statusCode())
          .isEqualTo(415);
    }
  }

  @Nested
  class EnterpriseSessions {
    private static final String KEY = "key-of-the-enterprise";
    private static final String REFUSED = "{\"error\":\"the API key is missing or not valid\"}";

    @BeforeEach
    void setKey() {
      server.enterpriseKeys(KEY);
    }

    private SessionId open(String externalId) {
      return SessionId.of(Web.json(web.enterpriseSession(KEY, externalId))
          .getJsonObject("session")
          .getString("id"));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void areOpenedAsDocumented(Dialect dialect) {
      restart(dialect);
      setKey();

      HttpResponse<String> response = web.enterpriseSession(KEY, "walter");

      JsonObject session = Web.json(response).getJsonObject("session");
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(response.body())
          .isEqualTo(vector("enterprise-sessions.201.json")
              .replace(
                  "9066e9f2ac56648e83d68c7b5902236361e98f725413af6f8fac0dab720cd270",
                  session.getString("id"))
              .replace(
                  "1569790281",
                  Long.toString(clock.instant().plus(Duration.ofDays(30)).getEpochSecond()))
              .replace("1QA0qE1h0aBW7GKRTXCU0ZInLVZ", session.getString("host_peer_id"))
              .replace("1QA0qBt04fWhJqgII3a1TnsG8Ls", session.getString("client_peer_id")));
      assertThat(session.getString("client_peer_id"))
          .matches("[0-9A-Za-z]{27}")
          .isNotEqualTo(session.getString("host_peer_id"));
    }

    @Test
    void areNewEachTime() {
      SessionId first = open("walter");
      SessionId second = open("walter");

      assertThat(second).isNotEqualTo(first);
      assertThat(web.account(first).body())
          .isEqualTo(web.account(second).body())
          .isEqualTo(
              "{\"data\":{\"id\":1337,\"name\":\"walter\",\"email\":\"\",\"warp\":false,\"has_tfa\":false}}");
    }

    @Test
    void seeHostsAsOthersDo() {
      restart(Dialect.LIVE);
      setKey();
      server.externalUser("walter").owns(FakeHost.desktop("LEBOWSKI").isPublic(true));

      String seen = web.hosts(open("donny"), "").body();

      assertThat(seen)
          .contains(
              "LEBOWSKI",
              "\"user\":{\"id\":1337,\"name\":\"walter\",\"warp\":false,\"external_id\":\"walter\"");
      assertThat(server.externalUser("donny").userId()).isEqualTo(1_338);
    }

    @Test
    void endWhenTheySay() {
      SessionId session = open("walter");

      clock.advance(Duration.ofDays(30).minusNanos(1));
      assertThat(web.account(session).statusCode()).isEqualTo(200);
      clock.advance(Duration.ofNanos(1));
      assertThat(web.account(session).statusCode()).isEqualTo(401);
    }

    @Test
    void areOfUsersWhoseIdsDifferInCaseToo() {
      JsonObject small = Web.json(web.enterpriseSession(KEY, "walter")).getJsonObject("session");
      JsonObject big = Web.json(web.enterpriseSession(KEY, "Walter")).getJsonObject("session");

      assertThat(web.account(SessionId.of(small.getString("id"))).body())
          .contains("\"name\":\"walter\"");
      assertThat(web.account(SessionId.of(big.getString("id"))).body())
          .contains("\"name\":\"Walter\"");
    }

    @Test
    void areRefusedWithoutAValidKey() throws IOException {
      assertThat(web.enterpriseSession(KEY + "x", "walter").statusCode()).isEqualTo(401);
      assertThat(web.enterpriseSession(KEY.toUpperCase(Locale.ROOT), "walter").statusCode())
          .isEqualTo(401);
      assertThat(web.enterpriseSession("", "walter").body()).isEqualTo(REFUSED);
      try (Wire wire = new Wire(server)) {
        assertThat(wire.exchange(
                "POST /enterprise/sessions/ HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"))
            .startsWith("HTTP/1.1 401 Unauthorized\r\n")
            .endsWith("\r\n\r\n" + REFUSED);
      }
      server.enterpriseKeys("other", "another");
      assertThat(web.enterpriseSession(KEY, "walter").statusCode()).isEqualTo(401);
      assertThat(web.enterpriseSession("another", "walter").statusCode()).isEqualTo(201);
    }

    @Test
    void outliveTheirKey() {
      SessionId session = open("walter");

      server.enterpriseKeys();

      assertThat(web.enterpriseSession(KEY, "walter").statusCode()).isEqualTo(401);
      assertThat(web.account(session).statusCode()).isEqualTo(200);
    }

    @Test
    void areRefusedWithTwoKeys() {
      HttpResponse<String> response = web.send(web.request("/enterprise/sessions")
          .header("x-api-key", KEY)
          .header("x-api-key", KEY)
          .POST(HttpRequest.BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).isEqualTo("{\"error\":\"x-api-key must stand once\"}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "application/json|{}|400|external_id is missing",
          "application/json|{\"external_id\":7}|400|external_id must be a string",
          "application/json|{\"external_id\":\"\"}|400|external_id must not be empty",
          "text/plain|{\"external_id\":\"walter\"}|415|Content-Type must be application/json, in UTF-8",
        })
    void areRefusedForABodyThatIsNotAsItMustBe(
        String contentType, String body, int status, String error) {
      HttpResponse<String> response = web.send(web.request("/enterprise/sessions")
          .header("Content-Type", contentType)
          .header("x-api-key", KEY)
          .POST(HttpRequest.BodyPublishers.ofString(body)));

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(Web.json(response).getString("error")).isEqualTo(error);
    }
  }

  @Nested
  class Account {
    private FakeAccount dude;
    private SessionId session;

    @BeforeEach
    void signIn() {
      dude = server.account("dude@example.com", "secret");
      session = dude.openSession().id();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void isToldInEitherDialectAlike(Dialect dialect) {
      restart(dialect);
      signIn();

      HttpResponse<String> response = web.account(session);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(response.body())
          .isEqualTo(
              "{\"data\":{\"id\":1337,\"name\":\"dude\",\"email\":\"dude@example.com\",\"warp\":false,\"has_tfa\":false}}");
    }

    @Test
    void isToldAsItIsAtTheMoment() {
      dude.displayName("The Dude").warp(true).withEmailCodes();
      assertThat(web.account(session).body())
          .contains("\"name\":\"The Dude\"", "\"warp\":true", "\"has_tfa\":true");

      dude.withoutEmailCodes();
      assertThat(web.account(session).body()).contains("\"has_tfa\":false");
      dude.withTotp(SEED);
      assertThat(web.account(session).body()).contains("\"has_tfa\":true");
    }

    @Test
    void isToldToItsOwnSessions() {
      SessionId other =
          server.account("walter@example.com", "secret").openSession().id();

      assertThat(web.account(other).body()).contains("\"id\":1338", "walter@example.com");
      assertThat(web.account(session).body()).contains("\"id\":1337", "dude@example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void isNotToldToASessionThatIsUnknownRevokedOrExpired(int status) {
      restart(FakeParsecServer.builder()
          .invalidSessionStatus(status)
          .sessionLifetime(Duration.ofMinutes(5)));
      signIn();
      SessionId revoked = dude.openSession().id();
      server.revoke(revoked);

      assertThat(web.account(revoked).statusCode()).isEqualTo(status);
      assertThat(web.account(SessionId.of("abc")).body())
          .isEqualTo("{\"error\":\"the session is unknown or has expired\"}");
      clock.advance(Duration.ofMinutes(5));
      assertThat(web.account(session).statusCode()).isEqualTo(status);
    }

    @Test
    void isToldToNobodyWithoutASession() {
      HttpResponse<String> response = web.send(web.request("/me/"));

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo(vector("hosts.no-session.401.json"));
    }
  }

  @Nested
  class Routes {
    @ParameterizedTest
    @CsvSource({
      "GET,/v1/auth,POST",
      "PUT,/v1/auth/,POST",
      "POST,/v2/hosts,GET",
      "DELETE,/v2/hosts/,GET",
      "POST,/me,GET",
      "GET,/auth/codes,POST",
      "GET,/auth/sessions/,POST",
      "DELETE,/enterprise/sessions,POST"
    })
    void nameTheMethodIfAnotherIsUsed(String method, String path, String allowed) {
      HttpResponse<String> response =
          web.send(web.request(path).method(method, HttpRequest.BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().allValues("Allow")).containsExactly(allowed);
      assertThat(Web.json(response).getString("error")).isEqualTo("the method must be " + allowed);
    }

    @Test
    void answerAHeadRequestWithoutABody() throws IOException {
      try (Wire wire = new Wire(server)) {
        wire.send(
            "HEAD /v2/hosts HTTP/1.1\r\nHost: h\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(wire.rest())
            .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
            .contains("Allow: GET\r\n\r\nHTTP/1.1 404 Not Found\r\n");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/", "/v1", "/v1/auth/x", "/auth", "/auth/code", "/enterprise/", "/v2/hosts%2f"})
    void knowNoOtherPath(String path) {
      HttpResponse<String> response =
          web.send(web.request(path).POST(HttpRequest.BodyPublishers.ofString("{}")));

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).isEqualTo("{\"error\":\"there is nothing at this path\"}");
    }
  }
}
