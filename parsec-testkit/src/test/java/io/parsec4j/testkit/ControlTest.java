// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.testkit.internal.Delivery;
import io.parsec4j.testkit.internal.Door;
import io.parsec4j.testkit.internal.HttpServer;
import io.parsec4j.testkit.internal.JsonMembers;
import jakarta.json.JsonObject;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
  private static final String SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private final FakeParsecServer server = FakeParsecServer.builder()
      .clock(new ManualClock(Instant.ofEpochSecond(59)))
      .seed(1)
      .start();
  private final Scenery scenery = new Scenery(
      server,
      List.of(JsonMembers.of(Map.of("email", "dude@example.com", "password", "secret"))),
      List.of(JsonMembers.of(Map.of("owner", "dude@example.com", "name", "LEBOWSKI"))),
      List.of("first-key"));
  private final HttpServer http = FakeParsecServer.listen(
      FakeParsecServer.loopback(), 0, new Control(server, false, scenery), Door.OPEN, null);
  private final Web web = new Web(server);
  private final Web control =
      new Web(FakeParsecServer.uri(false, FakeParsecServer.loopback(), http.port()));

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private HttpResponse<String> ask(String method, String path, String json) {
    return control.send(control
        .request(path)
        .method(method, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  private JsonObject ok(String method, String path, String json) {
    HttpResponse<String> answer = ask(method, path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return Web.json(answer);
  }

  private void done(String method, String path, String json) {
    HttpResponse<String> answer = ask(method, path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  private String refused(int status, String method, String path, String json) {
    HttpResponse<String> answer = ask(method, path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Web.json(answer).getString("error");
  }

  private SessionId session() {
    return SessionId.of(
        Web.json(web.signIn("dude@example.com", "secret")).getJsonObject("data").getString("id"));
  }

  private String listed() {
    return web.hosts(session(), "").body();
  }

  private String peerId() {
    return ok("GET", "/hosts", "").getJsonArray("hosts").getJsonObject(0).getString("peerId");
  }

  @Nested
  class Faults {
    @Test
    void meetTheRequestsOfTheirEndpoint() {
      SessionId session = session();

      assertThat(
              ok("POST", "/faults", "{'endpoint':'hosts','fault':'status','status':503,'times':2}"))
          .hasToString("{\"pending\":[\"status(503).times(2)\"]}");
      assertThat(ok("POST", "/faults", "{'endpoint':'sign-in','fault':'garbage'}"))
          .hasToString("{\"pending\":[\"status(503).times(2)\",\"garbage()\"]}");

      assertThat(web.hosts(session, "").statusCode()).isEqualTo(503);
      assertThat(ok("GET", "/faults", ""))
          .hasToString("{\"pending\":[\"status(503)\",\"garbage()\"]}");
    }

    @Test
    void areForgotten() {
      assertThat(ok("POST", "/faults", "{'endpoint':'sign-in','fault':'garbage'}"))
          .isNotEmpty();

      done("DELETE", "/faults", "");

      assertThat(ok("GET", "/faults", "")).hasToString("{\"pending\":[]}");
      assertThat(listed()).contains("LEBOWSKI");
    }

    @Test
    void meetConnections() {
      assertThat(ok("POST", "/faults", "{'endpoint':'connections','fault':'closeConnection'}"))
          .hasToString("{\"pending\":[\"closeConnection()\"]}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{'fault':'garbage'}|endpoint is missing",
          "{'endpoint':'host','fault':'garbage'}|endpoint must be sign-in, hosts, auth-code, auth-session, enterprise-session, account or connections, was host",
          "{'endpoint':'hosts'}|fault is missing",
          "{'endpoint':'connections','fault':'garbage'}|endpoint must be sign-in, hosts, auth-code, auth-session, enterprise-session or account for garbage()",
          "{'endpoint':'connections','fault':'stall','afterServing':true}|endpoint must be sign-in, hosts, auth-code, auth-session, enterprise-session or account for stall().afterServing()",
          "{'endpoint':'hosts','fault':'refuseConnection'}|endpoint must be connections for refuseConnection()",
          "{'endpoint':'connections','fault':'tlsStall'}|fault must be one without a handshake, because the server speaks plain HTTP; start it with --tls",
          "{'endpoint':'hosts','fault':'stall','byte':1}|byte is no member of this; allowed are fault, endpoint, point, times, always, afterServing",
          "[]|the body must be a JSON object",
          "{|the body is not well-formed JSON",
        })
    void thatAreWrongAreToldAndNotScheduled(String json, String message) {
      assertThat(refused(400, "POST", "/faults", json)).isEqualTo(message);
      assertThat(server.pendingFaults()).isEmpty();
    }

    @Test
    void ofTlsAreTakenByAServerThatSpeaksIt() {
      try (FakeParsecServer secure = FakeParsecServer.startTls();
          HttpServer other = FakeParsecServer.listen(
              FakeParsecServer.loopback(),
              0,
              new Control(secure, true, new Scenery(secure, List.of(), List.of(), List.of())),
              Door.OPEN,
              null)) {
        Web its = new Web(FakeParsecServer.uri(false, other.address(), other.port()));

        HttpResponse<String> answer = its.send(its.request("/faults")
            .POST(HttpRequest.BodyPublishers.ofString(
                "{\"endpoint\":\"connections\",\"fault\":\"tlsStall\"}")));

        assertThat(answer.body()).isEqualTo("{\"pending\":[\"tlsStall()\"]}");
        assertThat(secure.pendingFaults()).containsExactly(Fault.tlsStall());
      }
    }

    @Test
    void thatCannotBeEndedAreTold() throws Exception {
      int port = server.baseUri().getPort();
      assertThat(ok("POST", "/faults", "{'endpoint':'connections','fault':'refuseConnection'}"))
          .isNotEmpty();

      try (ServerSocket thief = new ServerSocket(port, 1, FakeParsecServer.loopback())) {
        assertThat(thief.getLocalPort()).isEqualTo(port);
        assertThat(refused(500, "DELETE", "/faults", "")).startsWith("cannot listen again at http");
      }
    }
  }

  @Test
  void setsTheLatency() {
    assertThat(ok("POST", "/latency", "{'latency':'fixed','timeMillis':1}"))
        .hasToString("{\"latency\":\"fixed(PT0.001S)\"}");
    assertThat(refused(400, "POST", "/latency", "{'latency':'fixed','time':1}"))
        .isEqualTo("time is no member of this; allowed are latency, timeMillis");
  }

  @Nested
  class Accounts {
    @Test
    void areMadeAndChanged() {
      assertThat(ok("POST", "/accounts", "{'email':'w@e','password':'p'}"))
          .hasToString("{\"email\":\"w@e\",\"userId\":1338}");
      assertThat(web.signIn("w@e", "p").statusCode()).isEqualTo(200);

      assertThat(ok(
              "POST",
              "/accounts",
              "{'email':'w@e','password':'q','twoFactor':'totp','seed':'" + SEED
                  + "','tfaType':'app'}"))
          .hasToString("{\"email\":\"w@e\",\"userId\":1338}");
      assertThat(web.signIn("w@e", "p").body()).contains("incorrect");
      assertThat(web.signIn("w@e", "q").body()).contains("\"tfa_type\":\"app\"");
      assertThat(web.signIn("w@e", "q", "287082").statusCode()).isEqualTo(200);
      assertThat(ok("GET", "/accounts/w%40e/code", "")).hasToString("{\"code\":\"287082\"}");

      assertThat(ok("POST", "/accounts", "{'email':'w@e','password':'q','twoFactor':'none'}"))
          .isNotEmpty();
      assertThat(web.signIn("w@e", "q").statusCode()).isEqualTo(200);
    }

    @Test
    void showWhatIsSaidOfThem() {
      JsonObject unused = ok(
          "POST",
          "/accounts",
          "{'email':'dude@example.com','password':'secret','displayName':'The Dude','warp':true,"
              + "'teamId':'t','externalProvider':'p','externalId':'i'}");

      assertThat(unused).isNotEmpty();
      assertThat(listed()).contains("\"name\":\"The Dude\"", "\"warp\":true");
      assertThat(server.account("dude@example.com", "secret").user().teamId()).contains("t");
      assertThat(server.account("dude@example.com", "secret").user().externalId())
          .contains("i");
    }

    @Test
    void tellTheCodeThatWasSentByEmail() {
      assertThat(ok("POST", "/accounts", "{'email':'a+b@e','password':'p','twoFactor':'email'}"))
          .isNotEmpty();
      assertThat(refused(404, "GET", "/accounts/a+b@e/code", ""))
          .startsWith("the account has no code now");

      assertThat(web.signIn("a+b@e", "p").body()).contains("\"tfa_type\":\"email\"");
      String code = ok("GET", "/accounts/a+b@e/code", "").getString("code");

      assertThat(web.signIn("a+b@e", "p", code).statusCode()).isEqualTo(200);
      assertThat(refused(404, "GET", "/accounts/dude@example.com/code", ""))
          .startsWith("the account has no code now");
      assertThat(refused(404, "GET", "/accounts/x/code", ""))
          .isEqualTo("there is no account of this address");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{'email':'dude@example.com'}|password is missing",
          "{'password':'other'}|email is missing",
          "{'email':'dude@example.com','password':'other','twoFactor':'sms'}|twoFactor must be none, totp or email, was sms",
          "{'email':'dude@example.com','password':'other','twoFactor':'totp'}|seed is missing",
          "{'email':'dude@example.com','password':'other','twoFactor':'totp','seed':'1'}|seed must be Base32, the character at index 0 is not",
          "{'email':'dude@example.com','password':'other','twoFactor':'email','seed':'JBSW'}|seed must be left out unless twoFactor is totp",
          "{'email':'dude@example.com','password':'other','seed':'JBSW'}|seed must stand beside twoFactor",
          "{'email':'dude@example.com','password':'other','externalId':'i'}|externalProvider is missing",
          "{'email':'dude@example.com','password':'other','externalProvider':'p'}|externalId is missing",
          "{'email':'dude@example.com','password':'other','warp':1}|warp must be true or false",
          "{'email':'dude@example.com','password':'other','user':1}|user is no member of this; allowed are email, password, twoFactor, seed, tfaType, displayName, warp, teamId, roles, externalProvider, externalId",
        })
    void thatAreWrongAreToldAndNotChanged(String json, String message) {
      assertThat(refused(400, "POST", "/accounts", json)).isEqualTo(message);
      assertThat(web.signIn("dude@example.com", "secret").statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class AuthCodes {
    private String hash() {
      return Web.json(web.authCode("bowling")).getJsonObject("data").getString("hash");
    }

    private String userCode(int place) {
      return ok("GET", "/auth-codes", "")
          .getJsonArray("authCodes")
          .getJsonObject(place)
          .getString("userCode");
    }

    @Test
    void areListedWithWhatBecameOfThem() {
      assertThat(ok("GET", "/auth-codes", "")).hasToString("{\"authCodes\":[]}");
      String hash = hash();

      String userCode = userCode(0);

      assertThat(ask("GET", "/auth-codes", "").body())
          .isEqualTo("{\"authCodes\":[{\"userCode\":\"" + userCode
              + "\",\"gameId\":\"bowling\",\"state\":\"pending\"}]}")
          .doesNotContain(hash);
    }

    @Test
    void areApprovedByAnAccount() {
      String hash = hash();

      assertThat(ok(
                  "POST",
                  "/auth-codes/approve",
                  "{'userCode':'" + userCode(0) + "','user':'dude@example.com'}")
              .getString("state"))
          .isEqualTo("approved");

      HttpResponse<String> session = web.poll(hash);
      assertThat(session.statusCode()).isEqualTo(201);
      SessionId id = SessionId.of(Web.json(session).getJsonObject("data").getString("id"));
      assertThat(web.account(id).body()).contains("dude@example.com");
      assertThat(ask("GET", "/auth-codes", "").body()).contains("\"state\":\"redeemed\"");
    }

    @Test
    void giveSessionsWithTheRolesOfTheUser() {
      assertThat(ok(
              "POST",
              "/accounts",
              "{'email':'dude@example.com','password':'secret','roles':['host','guest']}"))
          .isNotEmpty();
      assertThat(ok("POST", "/external-users", "{'externalId':'walter','roles':[]}"))
          .isNotEmpty();
      String first = hash();
      String second = hash();

      assertThat(ok(
              "POST",
              "/auth-codes/approve",
              "{'userCode':'" + userCode(0) + "','user':'dude@example.com'}"))
          .isNotEmpty();
      assertThat(ok(
              "POST", "/auth-codes/approve", "{'userCode':'" + userCode(1) + "','user':'walter'}"))
          .isNotEmpty();

      assertThat(web.poll(first).body()).contains("\"roles\":[\"host\",\"guest\"]");
      assertThat(web.poll(second).body()).contains("\"roles\":[]");
    }

    @Test
    void areDeniedByAnAccount() {
      String first = hash();
      String second = hash();

      assertThat(ok(
                  "POST",
                  "/auth-codes/deny",
                  "{'userCode':'" + userCode(1) + "','user':'dude@example.com'}")
              .getString("state"))
          .isEqualTo("denied");

      assertThat(web.poll(first).statusCode()).isEqualTo(202);
      assertThat(web.poll(second).statusCode()).isEqualTo(401);
    }

    @Test
    void areDecidedAboutOnce() {
      assertThat(hash()).isNotEmpty();
      String decision = "{'userCode':'" + userCode(0) + "','user':'dude@example.com'}";
      assertThat(ok("POST", "/auth-codes/deny", decision)).isNotEmpty();

      assertThat(refused(400, "POST", "/auth-codes/approve", decision))
          .isEqualTo("userCode must be that of a code that is pending, not of one that is denied");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "404|{'userCode':'x','user':'dude@example.com'}|there is no auth code of this user code",
          "400|{'userCode':'x','user':'walter'}|user must be the address of an account or the ID of an external user",
          "400|{'user':'dude@example.com'}|userCode is missing",
          "400|{'userCode':'x'}|user is missing",
          "400|{'userCode':'x','hash':'x'}|hash is no member of this; allowed are userCode, user",
        })
    void stayAsTheyAreIfTheDecisionIsWrong(int status, String json, String message) {
      assertThat(hash()).isNotEmpty();

      assertThat(refused(status, "POST", "/auth-codes/approve", json)).isEqualTo(message);
      assertThat(refused(status, "POST", "/auth-codes/deny", json)).isEqualTo(message);
      assertThat(ask("GET", "/auth-codes", "").body()).contains("\"state\":\"pending\"");
    }
  }

  @Nested
  class Enterprises {
    @Test
    void setTheirKeys() {
      assertThat(web.enterpriseSession("first-key", "walter").statusCode()).isEqualTo(201);

      done("POST", "/enterprise-keys", "{'keys':['a','b']}");

      assertThat(web.enterpriseSession("b", "walter").statusCode()).isEqualTo(201);
      assertThat(web.enterpriseSession("first-key", "walter").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{}|keys is missing",
          "{'keys':'a'}|keys must be an array of strings",
          "{'keys':['a',1]}|keys must be an array of strings",
          "{'keys':['']}|a key must be visible ASCII characters, at least one",
          "{'key':['a']}|key is no member of this; allowed are keys",
        })
    void keepTheirKeysIfTheNewOnesAreWrong(String json, String message) {
      assertThat(refused(400, "POST", "/enterprise-keys", json)).isEqualTo(message);
      assertThat(web.enterpriseSession("first-key", "walter").statusCode()).isEqualTo(201);
    }

    @Test
    void haveUsersWithHosts() {
      assertThat(ok(
              "POST",
              "/external-users",
              "{'externalId':'walter','displayName':'Walter','warp':true,'teamId':'t'}"))
          .hasToString("{\"externalId\":\"walter\",\"userId\":1338}");
      assertThat(ok("POST", "/hosts", "{'owner':'walter','name':'Bowling','peerId':'alley'}")
              .getString("owner"))
          .isEqualTo("walter");
      assertThat(ok("PATCH", "/hosts/" + peerId(), "{'sharedWith':['walter']}")).isNotEmpty();
      SessionId session = SessionId.of(Web.json(web.enterpriseSession("first-key", "walter"))
          .getJsonObject("session")
          .getString("id"));

      assertThat(web.hosts(session, "").body())
          .contains("LEBOWSKI", "\"peer_id\":\"alley\"", "\"name\":\"Walter\",\"warp\":true");
      assertThat(server.externalUser("walter").user().teamId()).contains("t");
    }

    @Test
    void haveUsersThatASessionMade() {
      SessionId session = SessionId.of(Web.json(web.enterpriseSession("first-key", "walter"))
          .getJsonObject("session")
          .getString("id"));

      assertThat(ok("POST", "/hosts", "{'owner':'walter','name':'Bowling'}").getString("owner"))
          .isEqualTo("walter");
      assertThat(ok("PATCH", "/hosts/" + peerId(), "{'sharedWith':['walter']}")).isNotEmpty();
      assertThat(web.hosts(session, "").body()).contains("Bowling", "LEBOWSKI");

      assertThat(ok("PATCH", "/hosts/" + peerId(), "{'sharedWith':[]}")).isNotEmpty();
      assertThat(web.hosts(session, "").body()).contains("Bowling").doesNotContain("LEBOWSKI");
    }

    @Test
    void haveUsersThatAreNoAccounts() {
      assertThat(ok("POST", "/external-users", "{'externalId':'walter'}")).isNotEmpty();
      String message =
          " must not be the external ID of a user and the address of an account at once";

      assertThat(refused(400, "POST", "/external-users", "{'externalId':'dude@example.com'}"))
          .isEqualTo("externalId" + message);
      assertThat(refused(400, "POST", "/accounts", "{'email':'walter','password':'p'}"))
          .isEqualTo("email" + message);
      assertThat(ok("POST", "/external-users", "{'externalId':'walter'}").getInt("userId"))
          .isEqualTo(1_338);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{}|externalId is missing",
          "{'externalId':''}|externalId must not be empty",
          "{'externalId':'walter','warp':1}|warp must be true or false",
          "{'externalId':'walter','password':'p'}|password is no member of this; allowed are externalId, displayName, warp, teamId, roles",
        })
    void haveNoUsersThatAreWrong(String json, String message) {
      assertThat(refused(400, "POST", "/external-users", json)).isEqualTo(message);
      assertThat(refused(400, "POST", "/hosts", "{'owner':'walter','name':'x'}"))
          .startsWith("owner must be the address");
    }
  }

  @Nested
  class Hosts {
    @Test
    void areMade() {
      assertThat(ok(
              "POST",
              "/hosts",
              "{'owner':'dude@example.com','mode':'game','name':'Bowling','peerId':'p1','gameId':'g','build':'b',"
                  + "'description':'d','eventName':'e','players':1,'maxPlayers':2,'public':true,'self':true,"
                  + "'guestAccess':true}"))
          .hasToString(
              "{\"peerId\":\"p1\",\"owner\":\"dude@example.com\",\"mode\":\"game\","
                  + "\"name\":\"Bowling\",\"players\":1,\"maxPlayers\":2,\"public\":true,\"online\":true}");
      assertThat(listed())
          .contains(
              "\"peer_id\":\"p1\"",
              "\"game_id\":\"g\"",
              "\"build\":\"b\"",
              "\"description\":\"d\"",
              "\"self\":true");
      assertThat(ok("GET", "/hosts", "").getJsonArray("hosts")).hasSize(2);
    }

    @Test
    void haveTheGameAndPeerIdsThatTheirModeBrings() {
      assertThat(ok("POST", "/hosts", "{'owner':'dude@example.com','mode':'game','name':'g'}"))
          .isNotEmpty();
      assertThat(ok("POST", "/hosts", "{'owner':'dude@example.com','mode':'squid','name':'s'}")
              .getString("peerId"))
          .hasSize(27);

      assertThat(listed()).contains("\"game_id\":\"fake-game\"", "\"mode\":\"squid\"");
    }

    @Test
    void goOnAndOffline() {
      String path = "/hosts/" + peerId();

      assertThat(ok("PATCH", path, "{'online':false}").getBoolean("online")).isFalse();
      assertThat(listed()).doesNotContain("LEBOWSKI");

      assertThat(ok("PATCH", path, "{'online':true,'players':3,'name':'L'}").getInt("players"))
          .isEqualTo(3);
      assertThat(listed()).contains("\"players\":3", "\"name\":\"L\"");
    }

    @Test
    void areSharedWithThoseWhoAreNamed() {
      assertThat(ok("POST", "/accounts", "{'email':'w@e','password':'p'}")).isNotEmpty();
      SessionId walter =
          SessionId.of(Web.json(web.signIn("w@e", "p")).getJsonObject("data").getString("id"));
      String path = "/hosts/" + peerId();

      assertThat(ok("PATCH", path, "{'sharedWith':['w@e']}")).isNotEmpty();
      assertThat(web.hosts(walter, "").body()).contains("LEBOWSKI");

      assertThat(ok("PATCH", path, "{'sharedWith':[]}")).isNotEmpty();
      assertThat(web.hosts(walter, "").body()).doesNotContain("LEBOWSKI");
    }

    @Test
    void areRemoved() {
      String path = "/hosts/" + peerId();

      done("DELETE", path, "");

      assertThat(listed()).doesNotContain("LEBOWSKI");
      assertThat(refused(404, "DELETE", path, "")).isEqualTo("there is no host of this peer ID");
      assertThat(refused(404, "PATCH", path, "{}")).isEqualTo("there is no host of this peer ID");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{'name':'x'}|owner is missing",
          "{'owner':'dude@example.com'}|name is missing",
          "{'owner':'x','name':'x'}|owner must be the address of an account or the ID of an external user",
          "{'owner':'dude@example.com','name':'x','peerId':''}|peerId must not be empty, nor that of another host",
          "{'owner':'dude@example.com','name':'x','players':-1}|players must be a number from 0 to 2147483647, was -1",
          "{'owner':'dude@example.com','name':'x','sharedWith':['x']}|sharedWith must be the address of an account or the ID of an external user",
          "{'owner':'dude@example.com','name':'x','sharedWith':'x'}|sharedWith must be an array of strings",
          "{'owner':'dude@example.com','name':'x','colour':'x'}|colour is no member of this; allowed are owner, mode, peerId, name, gameId, build, description, eventName, players, maxPlayers, public, self, guestAccess, online, sharedWith",
        })
    void thatAreWrongAreToldAndNotMade(String json, String message) {
      assertThat(refused(400, "POST", "/hosts", json)).isEqualTo(message);
      assertThat(ok("GET", "/hosts", "").getJsonArray("hosts")).hasSize(1);
    }

    @Test
    void keepTheirPeerIdsToThemselves() {
      assertThat(refused(
              400,
              "POST",
              "/hosts",
              "{'owner':'dude@example.com','name':'x','peerId':'" + peerId() + "'}"))
          .isEqualTo("peerId must not be empty, nor that of another host");
    }

    @Test
    void stayAsTheyAreIfOneOfTheChangesIsWrong() {
      String path = "/hosts/" + peerId();

      assertThat(refused(400, "PATCH", path, "{'name':'other','online':1}"))
          .isEqualTo("online must be true or false");
      assertThat(refused(400, "PATCH", path, "{'mode':'game'}"))
          .startsWith("mode is no member of this; allowed are name, ");
      assertThat(listed()).contains("LEBOWSKI");
    }
  }

  @Nested
  class Sessions {
    @Test
    void endAllOrOne() {
      SessionId first = session();
      SessionId second = session();

      done("POST", "/sessions/revoke", "{'session':'" + first.reveal() + "'}");
      assertThat(web.hosts(first, "").statusCode()).isEqualTo(401);
      assertThat(web.hosts(second, "").statusCode()).isEqualTo(200);

      done("DELETE", "/sessions", "");
      assertThat(web.hosts(second, "").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{}|session is missing",
          "{'session':''}|session must be a session ID",
          "{'session':'a','x':1}|x is no member of this; allowed are session",
        })
    void thatAreWrongAreTold(String json, String message) {
      assertThat(refused(400, "POST", "/sessions/revoke", json)).isEqualTo(message);
    }
  }

  @Nested
  class Requests {
    @Test
    void areShownWithoutSecrets() {
      SessionId session = session();
      assertThat(ok("POST", "/faults", "{'endpoint':'hosts','fault':'status','status':503}"))
          .isNotEmpty();
      assertThat(web.hosts(session, "?mode=desktop&session=" + session.reveal()).statusCode())
          .isEqualTo(503);
      assertThat(web.send(web.request("/v2/nothing")).statusCode()).isEqualTo(404);

      String all = ask("GET", "/requests", "").body();

      assertThat(all)
          .contains(
              "{\"method\":\"POST\",\"path\":\"/v1/auth\",\"endpoint\":\"sign-in\",\"query\":[],\"headers\":[",
              "\"bodyFields\":[\"email\",\"password\"],\"connection\":1}",
              "\"endpoint\":\"hosts\",\"query\":[\"mode=desktop\",\"…\"],\"headers\":[",
              "\"fault\":\"status(503)\"",
              "{\"method\":\"GET\",\"path\":\"/v2/nothing\",\"query\":[],")
          .doesNotContain("secret", session.reveal(), "dude@example.com");
    }

    @Test
    void areForgotten() {
      assertThat(listed()).isNotEmpty();

      done("DELETE", "/requests", "");

      assertThat(ok("GET", "/requests", "")).hasToString("{\"requests\":[]}");
    }
  }

  @Test
  void becomesAsItWasAtFirst() {
    SessionId session = session();
    assertThat(ok("POST", "/accounts", "{'email':'w@e','password':'p'}")).isNotEmpty();
    assertThat(ok("POST", "/hosts", "{'owner':'w@e','name':'x','public':true}")).isNotEmpty();
    assertThat(ok("PATCH", "/hosts/" + peerId(), "{'name':'other'}")).isNotEmpty();
    assertThat(ok("POST", "/faults", "{'endpoint':'hosts','fault':'garbage'}")).isNotEmpty();
    assertThat(ok("POST", "/external-users", "{'externalId':'donny'}")).isNotEmpty();
    assertThat(web.authCode("g").statusCode()).isEqualTo(201);
    done("POST", "/enterprise-keys", "{'keys':[]}");

    done("POST", "/reset", "");

    assertThat(ok("GET", "/requests", "")).hasToString("{\"requests\":[]}");
    assertThat(ok("GET", "/faults", "")).hasToString("{\"pending\":[]}");
    assertThat(web.hosts(session, "").statusCode()).isEqualTo(401);
    assertThat(ok("GET", "/auth-codes", "")).hasToString("{\"authCodes\":[]}");
    assertThat(refused(400, "POST", "/hosts", "{'owner':'donny','name':'x'}"))
        .startsWith("owner must be the address");
    assertThat(web.enterpriseSession("first-key", "donny").statusCode()).isEqualTo(201);
    assertThat(web.signIn("w@e", "p").statusCode()).isEqualTo(403);
    assertThat(ok("GET", "/hosts", "").getJsonArray("hosts")).hasSize(1);
    assertThat(listed()).contains("LEBOWSKI").doesNotContain("other", "\"x\"");
    assertThat(refused(400, "POST", "/reset", "{'hard':true}"))
        .isEqualTo("hard is no member of this; allowed is none");
  }

  @Test
  void tellsWhatThereIs() {
    assertThat(refused(404, "GET", "/", ""))
        .startsWith("there is nothing at this path; there is GET /faults,");
    HttpResponse<String> answer = ask("PUT", "/faults", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, POST, DELETE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/hosts/", "/hosts/a/b", "/accounts//code", "/accounts/a/codes", "/faults/"})
  void knowsNoOtherPath(String path) {
    assertThat(ask("GET", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesAPathThatCannotBeDecoded() {
    io.parsec4j.testkit.internal.HttpRequest withoutUri =
        new io.parsec4j.testkit.internal.HttpRequest(
            "GET", "/accounts/%2/code", "", Headers.builder().build(), new byte[0], true, 1);

    Delivery answer = new Control(server, false, scenery).handle(withoutUri);

    assertThat(new String(answer.steps().get(0).bytes(), UTF_8))
        .startsWith("HTTP/1.1 400 ")
        .contains("the path has a percent sign without two hexadecimal digits");
  }

  @Test
  void takesNoBodyWhereNothingIsSaid() {
    assertThat(refused(400, "DELETE", "/faults", "{'endpoint':'hosts'}"))
        .isEqualTo("endpoint is no member of this; allowed is none");
  }
}
