// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static io.parsec4j.json.Bodies.CANARY;
import static io.parsec4j.json.Bodies.CODEC;
import static io.parsec4j.json.Bodies.hostWith;
import static io.parsec4j.json.Bodies.readHostWith;
import static io.parsec4j.json.Bodies.refusal;
import static io.parsec4j.json.Bodies.utf8;
import static io.parsec4j.json.Bodies.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.ApprovalBody;
import io.parsec4j.api.spi.AuthCodeBody;
import io.parsec4j.api.spi.EnterpriseSessionBody;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.SignInBody;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JsonbCodecTest {
  private static final String TOKEN =
      "9066e9f2ac56648e83d68c7b5902236361e98f725413af6f8fac0dab720cd270";

  @Nested
  class BodiesOfCalls {

    @Test
    void writesTheDocumentedRequest() {
      SignInBody body = SignInBody.of(
          "dude@example.com", "the-rug-really-tied-the-room-together", Optional.of("123456"));

      assertThat(CODEC.encode(body)).isEqualTo(trimmed(vector("sign-in.request.json")));
    }

    @Test
    void leavesOutACodeThatIsNotThere() {
      byte[] json = CODEC.encode(SignInBody.of("a", "b", Optional.empty()));

      assertThat(json).isEqualTo(utf8("{\"email\":\"a\",\"password\":\"b\"}"));
    }

    @Test
    void writesAnEmptyCodeAsItIs() {
      byte[] json = CODEC.encode(SignInBody.of("a", "b", Optional.of("")));

      assertThat(json).isEqualTo(utf8("{\"email\":\"a\",\"password\":\"b\",\"tfa\":\"\"}"));
    }

    @Test
    void refusesHalfASurrogatePairRatherThanSendingAnotherPassword() {
      SignInBody body = SignInBody.of("a", CANARY + "\ud83d", Optional.empty());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> CODEC.encode(body))
          .withMessage("value has a field with half of a surrogate pair");
    }

    @Test
    void writesWhatTheOtherWaysInSend() {
      assertThat(CODEC.encode(AuthCodeBody.of("a \"game\"")))
          .isEqualTo(utf8("{\"game_id\":\"a \\\"game\\\"\"}"));
      assertThat(CODEC.encode(ApprovalBody.of("h")))
          .isEqualTo(utf8("{\"grant_type\":\"auth_code\",\"auth_code_hash\":\"h\"}"));
      assertThat(CODEC.encode(EnterpriseSessionBody.of("walter")))
          .isEqualTo(utf8("{\"external_id\":\"walter\"}"));
    }

    @Test
    void refusesEveryOtherType() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CODEC.encode(CANARY))
          .withMessage("value must be one of the bodies that Codec lists, was a java.lang.String");
      assertThatNullPointerException().isThrownBy(() -> CODEC.encode(null)).withMessage("value");
    }
  }

  @Nested
  class Sessions {

    @Test
    void readsTheDocumentedDialect() {
      assertThat(session(vector("sign-in.documented.200.json")))
          .isEqualTo(Session.of(SessionId.of(TOKEN)));
    }

    @Test
    void readsTheLiveDialect() {
      assertThat(session(vector("sign-in.live.201.json")))
          .isEqualTo(Session.builder(SessionId.of(TOKEN))
              .userId(1337)
              .hostPeerId("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
              .instanceId("2Hn1xWbBvFzJrYbLq2nFzYgq2aV")
              .build());
    }

    @Test
    void readsTheSessionOfAnApprovedAuthCode() {
      assertThat(session(vector("auth-sessions.201.json")))
          .isEqualTo(Session.builder(
                  SessionId.of("a30436aa3d110ffffaf6e84c3037dc4635a18135ca92eea49e4ca7388e158aaa"))
              .userId(1525260)
              .hostPeerId("1QA0qE1h0ABW7GKRTXCU0ZInLVz")
              .roles(List.of("host"))
              .expiresAt(Instant.ofEpochSecond(1569790281))
              .build());
    }

    @Test
    void readsTheSessionOfAnEnterprise() {
      assertThat(session(vector("enterprise-sessions.201.json")))
          .isEqualTo(Session.builder(SessionId.of(TOKEN))
              .hostPeerId("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
              .clientPeerId("1QA0qBt04fWhJqgII3a1TnsG8Ls")
              .expiresAt(Instant.ofEpochSecond(1569790281))
              .build());
    }

    @Test
    void takesNullForAbsent() {
      String json =
          "{\"data\":null,\"session\":null,\"session_id\":\"s\",\"user_id\":null,\"host_peer_id\":null,"
              + "\"client_peer_id\":null,\"instance_id\":null,\"roles\":null,\"expires_at\":null}";

      assertThat(session(utf8(json))).isEqualTo(Session.of(SessionId.of("s")));
    }

    @Test
    void takesTheOneIdThatIsThereBesideANullOne() {
      assertThat(session(utf8("{\"session_id\":\"s\",\"data\":{\"id\":null}}")).id())
          .isEqualTo(SessionId.of("s"));
      assertThat(session(utf8("{\"session_id\":null,\"data\":{\"id\":\"s\"}}")).id())
          .isEqualTo(SessionId.of("s"));
    }

    @Test
    void takesTheSameIdTwiceAndRefusesTwoDifferentOnes() {
      assertThat(session(utf8("{\"session_id\":\"s\",\"data\":{\"id\":\"s\"}}")).id())
          .isEqualTo(SessionId.of("s"));
      assertThat(
              refusal("{\"session_id\":\"s\",\"data\":{\"id\":\"" + CANARY + "\"}}", Session.class))
          .startsWith("data.id contradicts the other session ID");
      assertThat(refusal(
              "{\"data\":{\"id\":\"s\"},\"session\":{\"id\":\"" + CANARY + "\"}}", Session.class))
          .startsWith("session.id contradicts the other session ID");
    }

    @Test
    void namesBothFieldsWhenTheIdIsMissing() {
      List<String> bodies = List.of(
          "{}",
          "{\"data\":{}}",
          "{\"data\":null}",
          "{\"session_id\":null}",
          "{\"data\":{\"id\":null}}",
          "{\"session\":{\"session_id\":\"" + CANARY + "\"}}");
      for (String body : bodies) {
        assertThat(refusal(body, Session.class))
            .startsWith(
                "the body has no session ID: data.id, session.id and session_id are missing");
      }
    }

    @Test
    void refusesAnIdThatCannotBeOneWithoutRepeatingIt() {
      List<String> tokens = List.of(
          "",
          CANARY + "\\r\\n",
          CANARY + " x",
          CANARY + "é",
          CANARY + "\\ud800",
          CANARY + "x".repeat(4_096));
      for (String token : tokens) {
        assertThat(refusal("{\"session_id\":\"" + token + "\"}", Session.class))
            .startsWith("session_id must be 1 to 4096 visible ASCII characters");
        assertThat(refusal("{\"data\":{\"id\":\"" + token + "\"}}", Session.class))
            .startsWith("data.id must be 1 to 4096 visible ASCII characters");
      }
    }

    @Test
    void namesAFieldOfAnotherKind() {
      assertThat(refusal("{\"session_id\":1}", Session.class))
          .startsWith("session_id must be a string");
      assertThat(refusal("{\"data\":[]}", Session.class)).startsWith("data must be an object");
      assertThat(refusal("{\"data\":{\"id\":{}}}", Session.class))
          .startsWith("data.id must be a string");
      assertThat(refusal("{\"session_id\":\"s\",\"user_id\":\"1\"}", Session.class))
          .startsWith("user_id must be a number");
      assertThat(refusal("{\"session_id\":\"s\",\"user_id\":9223372036854775808}", Session.class))
          .startsWith("user_id must be a whole number of 64 bits");
      assertThat(refusal("{\"session\":\"" + CANARY + "\"}", Session.class))
          .startsWith("session must be an object");
      assertThat(refusal("{\"session_id\":\"s\",\"roles\":\"host\"}", Session.class))
          .startsWith("roles must be an array");
      assertThat(refusal("{\"session_id\":\"s\",\"roles\":[\"host\",1]}", Session.class))
          .startsWith("roles[1] must be a string");
      assertThat(refusal("{\"session_id\":\"s\",\"roles\":[null]}", Session.class))
          .startsWith("roles[0] must be a string");
    }

    @Test
    void readsAnExpiryFrom1970To9999() {
      assertThat(session(utf8("{\"session_id\":\"s\",\"expires_at\":0}")).expiresAt())
          .contains(Instant.EPOCH);
      assertThat(session(utf8("{\"session_id\":\"s\",\"expires_at\":253402300799}"))
              .expiresAt())
          .contains(Instant.parse("9999-12-31T23:59:59Z"));
      for (String seconds : List.of("-1", "253402300800", "9223372036854775807")) {
        assertThat(refusal("{\"session_id\":\"s\",\"expires_at\":" + seconds + "}", Session.class))
            .startsWith("expires_at must be seconds since 1970, before the year 10000");
      }
    }

    @Test
    void readsTheLargestUserIds() {
      assertThat(session(utf8("{\"session_id\":\"s\",\"user_id\":9223372036854775807}"))
              .userId())
          .hasValue(Long.MAX_VALUE);
      assertThat(session(utf8("{\"session_id\":\"s\",\"user_id\":-9223372036854775808}"))
              .userId())
          .hasValue(Long.MIN_VALUE);
    }

    private Session session(byte[] json) {
      return CODEC.decode(json, Session.class);
    }
  }

  @Nested
  class AuthCodes {
    private static final String FIELDS =
        "\"verification_uri\":\"https://parsec.gg/activate\",\"user_code\":\"ABCD3456\","
            + "\"hash\":\"h\",\"expires_at\":1569790281";

    @Test
    void areReadAsDocumented() {
      assertThat(authCode(vector("auth-codes.201.json")))
          .isEqualTo(AuthCode.builder()
              .verificationUri(URI.create("https://parsec.gg/activate"))
              .userCode("ABCD3456")
              .hash("0ujsswThIGTUYm2K8FjOOfXtY1K")
              .expiresAt(Instant.ofEpochSecond(1569790281))
              .interval(Duration.ofSeconds(5))
              .build());
    }

    @Test
    void areAskedAboutEveryFiveSecondsUnlessTold() {
      assertThat(authCode(utf8("{\"data\":{" + FIELDS + "}}")).interval())
          .isEqualTo(Duration.ofSeconds(5));
      assertThat(authCode(utf8("{\"data\":{" + FIELDS + ",\"interval\":null}}")).interval())
          .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takeIntervalsUpToALife() {
      for (int seconds : new int[] {0, 1, 1_800}) {
        assertThat(authCode(utf8("{\"data\":{" + FIELDS + ",\"interval\":" + seconds + "}}"))
                .interval())
            .isEqualTo(Duration.ofSeconds(seconds));
      }
      for (String seconds : List.of("-1", "1801", "9223372036854775807")) {
        assertThat(
                refusal("{\"data\":{" + FIELDS + ",\"interval\":" + seconds + "}}", AuthCode.class))
            .startsWith("data.interval must be from 0 to 1800 seconds");
      }
    }

    @Test
    void nameTheFieldThatIsMissing() {
      List<String> required = List.of("verification_uri", "user_code", "hash", "expires_at");
      for (String field : required) {
        String renamed = FIELDS.replace("\"" + field + "\"", "\"zzz\"");
        String nulled = FIELDS.replaceAll("(\"" + field + "\":)(\"[^\"]*\"|[0-9]+)", "$1null");

        assertThat(refusal("{\"data\":{" + renamed + "}}", AuthCode.class))
            .startsWith("data." + field + " is missing");
        assertThat(refusal("{\"data\":{" + nulled + "}}", AuthCode.class))
            .startsWith("data." + field + " is missing");
      }
      for (String body : List.of("{}", "{\"data\":null}", "{\"zzz\":{}}")) {
        assertThat(refusal(body, AuthCode.class)).startsWith("data is missing");
      }
    }

    @Test
    void nameTheFieldThatCannotBeUsedWithoutRepeatingIt() {
      assertRefused("verification_uri", "mailto:" + CANARY, "must be an absolute http or https");
      assertRefused("verification_uri", "/" + CANARY, "must be an absolute http or https");
      assertRefused("verification_uri", "http://[" + CANARY, "must be an absolute http or https");
      assertRefused("user_code", CANARY + "\\u001b", "must not be blank or have control");
      assertRefused("user_code", CANARY + "\\ud800", "must not be blank or have control");
      assertRefused("user_code", " ", "must not be blank or have control");
      assertRefused("hash", CANARY + " ", "must be 1 to 4096 visible ASCII");
    }

    private void assertRefused(String field, String value, String rule) {
      String fields =
          FIELDS.replaceAll("(\"" + field + "\":\")[^\"]*", "$1" + Matcher.quoteReplacement(value));

      assertThat(refusal("{\"data\":{" + fields + "}}", AuthCode.class))
          .startsWith("data." + field + " " + rule);
    }

    private AuthCode authCode(byte[] json) {
      return CODEC.decode(json, AuthCode.class);
    }
  }

  @Nested
  class Accounts {

    @Test
    void areReadWithAllThatIsTold() {
      assertThat(account(
              "{\"data\":{\"id\":1337,\"name\":\"The Dude\",\"email\":\"dude@example.com\",\"warp\":true,"
                  + "\"has_tfa\":false,\"team\":{\"id\":\"x\"}},\"zzz\":1}"))
          .isEqualTo(Account.builder(1337)
              .name("The Dude")
              .email("dude@example.com")
              .warp(true)
              .hasTfa(false)
              .build());
    }

    @Test
    void needHaveNothingButTheirNumber() {
      assertThat(account("{\"data\":{\"id\":1}}")).isEqualTo(Account.builder(1).build());
      assertThat(account(
              "{\"data\":{\"id\":1,\"name\":null,\"email\":null,\"warp\":null,\"has_tfa\":null}}"))
          .isEqualTo(Account.builder(1).build());
    }

    @Test
    void nameTheFieldThatIsMissingOrOfAnotherKind() {
      assertThat(refusal("{\"data\":{\"name\":\"" + CANARY + "\"}}", Account.class))
          .startsWith("data.id is missing");
      assertThat(refusal("{\"data\":{\"id\":null}}", Account.class))
          .startsWith("data.id is missing");
      assertThat(refusal("{\"id\":1}", Account.class)).startsWith("data is missing");
      assertThat(refusal("{\"data\":null}", Account.class)).startsWith("data is missing");
      assertThat(refusal("{\"data\":[]}", Account.class)).startsWith("data must be an object");
      assertThat(refusal("{\"data\":{\"id\":\"1\"}}", Account.class))
          .startsWith("data.id must be a number");
      assertThat(refusal("{\"data\":{\"id\":1,\"has_tfa\":\"yes\"}}", Account.class))
          .startsWith("data.has_tfa must be true or false");
    }

    private Account account(String json) {
      return CODEC.decode(utf8(json), Account.class);
    }
  }

  @Nested
  class HostPages {

    @Test
    void readsTheDocumentedDialect() {
      HostPage page = CODEC.decode(vector("hosts.documented.200.json"), HostPage.class);

      assertThat(page)
          .isEqualTo(HostPage.of(
              List.of(Host.builder("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
                  .user(HostUser.of(1337, "The Dude"))
                  .build("150-32")
                  .maxPlayers(20)
                  .mode(HostMode.DESKTOP)
                  .name("LEBOWSKI")
                  .build()),
              false));
    }

    @Test
    void readsTheLiveDialect() {
      HostPage page = CODEC.decode(vector("hosts.live.200.json"), HostPage.class);

      assertThat(page)
          .isEqualTo(HostPage.of(
              List.of(Host.builder("1QA0qE1h0aBW7GKRTXCU0ZInLVZ")
                  .user(HostUser.builder()
                      .id(1337)
                      .name("The Dude")
                      .teamId("")
                      .externalId("")
                      .externalProvider("")
                      .build())
                  .build("150-93b")
                  .maxPlayers(20)
                  .mode(HostMode.DESKTOP)
                  .name("LEBOWSKI")
                  .players(1)
                  .self(true)
                  .eventName("")
                  .guestAccess(false)
                  .online(true)
                  .build()),
              true));
    }

    @Test
    void readsNoHostsFromNullAnEmptyListOrNoListAtAll() {
      assertThat(CODEC.decode(vector("hosts.empty.200.json"), HostPage.class))
          .isEqualTo(HostPage.of(List.of(), false));
      assertThat(CODEC.decode(utf8("{\"data\":[],\"has_more\":null}"), HostPage.class))
          .isEqualTo(HostPage.of(List.of(), false));
      assertThat(CODEC.decode(utf8("{\"has_more\":true}"), HostPage.class))
          .isEqualTo(HostPage.of(List.of(), true));
    }

    @Test
    void takesNullForEveryFieldButThePeerId() {
      Host host = readHostWith(
          "\"user\":null,\"game_id\":null,\"build\":null,\"description\":null,\"max_players\":null,"
              + "\"mode\":null,\"name\":null,\"players\":null,\"public\":null,\"self\":null,\"event_name\":null,"
              + "\"guest_access\":null,\"online\":null");

      assertThat(host).isEqualTo(Host.builder("p").build());
      assertThat(readHostWith("\"user\":{\"id\":null,\"name\":null,\"warp\":null,\"team_id\":null,"
                  + "\"external_id\":null,\"external_provider\":null}")
              .user())
          .contains(HostUser.builder().build());
    }

    @Test
    void namesTheHostWhosePeerIdIsMissingNullOrEmpty() {
      String three = "{\"data\":[{\"peer_id\":\"a\"},{\"peer_id\":\"b\"},{\"peer_id\":\"c\"},";

      assertThat(refusal(three + "{\"name\":\"" + CANARY + "\"}]}", HostPage.class))
          .isEqualTo("data[3].peer_id is missing (near character 79)");
      assertThat(refusal(three + "{\"peer_id\":null}]}", HostPage.class))
          .startsWith("data[3].peer_id is missing");
      assertThat(refusal(three + "{\"peer_id\":\"\"}]}", HostPage.class))
          .startsWith("data[3].peer_id must not be empty");
    }

    @Test
    void namesEveryFieldOfAnotherKind() {
      for (String text :
          List.of("peer_id", "game_id", "build", "description", "mode", "name", "event_name")) {
        for (String value : List.of("1", "true", "[]", "{}")) {
          assertThat(refusal("{\"data\":[{\"" + text + "\":" + value + "}]}", HostPage.class))
              .startsWith("data[0]." + text + " must be a string");
        }
      }
      for (String number : List.of("max_players", "players")) {
        for (String value : List.of("\"" + CANARY + "\"", "true", "[]", "{}")) {
          assertThat(refusal(hostWith("\"" + number + "\":" + value), HostPage.class))
              .startsWith("data[0]." + number + " must be a number");
        }
      }
      for (String flag : List.of("public", "self", "guest_access", "online")) {
        for (String value : List.of("1", "\"" + CANARY + "\"", "[]", "{}")) {
          assertThat(refusal(hostWith("\"" + flag + "\":" + value), HostPage.class))
              .startsWith("data[0]." + flag + " must be true or false");
        }
      }
      assertThat(refusal(hostWith("\"user\":\"" + CANARY + "\""), HostPage.class))
          .startsWith("data[0].user must be an object");
      assertThat(refusal(hostWith("\"user\":{\"id\":\"1\"}"), HostPage.class))
          .startsWith("data[0].user.id must be a number");
      assertThat(refusal(hostWith("\"user\":{\"warp\":0}"), HostPage.class))
          .startsWith("data[0].user.warp must be true or false");
      for (String text : List.of("name", "team_id", "external_id", "external_provider")) {
        assertThat(refusal(hostWith("\"user\":{\"" + text + "\":[]}"), HostPage.class))
            .startsWith("data[0].user." + text + " must be a string");
      }
      assertThat(refusal("{\"data\":{}}", HostPage.class)).startsWith("data must be an array");
      assertThat(refusal("{\"data\":[{\"peer_id\":\"p\"},null]}", HostPage.class))
          .startsWith("data[1] must be an object");
      assertThat(refusal("{\"has_more\":\"true\"}", HostPage.class))
          .startsWith("has_more must be true or false");
    }

    @Test
    void ignoresUnknownFieldsOfEveryKindAtEveryLevel() {
      for (String value : List.of(
          "null", "true", "1.5e-7", "\"x\"", "[{\"data\":[1]}]", "{\"peer_id\":{\"id\":[]}}")) {
        String unknown = "\"zzz\":" + value + ",";
        String json = "{" + unknown + "\"data\":[{" + unknown + "\"user\":{" + unknown
            + "\"id\":7},\"peer_id\":\"p\"}]}";

        assertThat(CODEC.decode(utf8(json), HostPage.class))
            .isEqualTo(HostPage.of(
                List.of(Host.builder("p").user(HostUser.builder().id(7).build()).build()), false));
      }
    }

    @Test
    void keepsAModeThatItDoesNotKnow() {
      assertThat(readHostWith("\"mode\":\"squid\"").mode()).isEqualTo(HostMode.of("squid"));
    }

    @Test
    void makesAValueThatRepeatsOnlyOnce() {
      String host = "{\"peer_id\":\"p\",\"build\":\"150-93b\"}";
      List<Host> hosts = CODEC
          .decode(utf8("{\"data\":[" + host + "," + host + "]}"), HostPage.class)
          .hosts();

      assertThat(hosts.get(1).build()).isSameAs(hosts.get(0).build());
    }

    @Test
    void tellsRepeatedValuesApartThatDifferOnlyInAnEscape() {
      String first = "{\"peer_id\":\"p\",\"name\":\"a\\\\u0062\"}";
      String second = "{\"peer_id\":\"p\",\"name\":\"a\\u0062\"}";
      List<Host> hosts = CODEC
          .decode(utf8("{\"data\":[" + first + "," + second + "]}"), HostPage.class)
          .hosts();

      assertThat(hosts).extracting(Host::name).containsExactly("a\\u0062", "ab");
    }

    @Test
    void reads20000HostsOfTheLiveDialect() {
      String live = new String(trimmed(vector("hosts.live.200.json")), StandardCharsets.UTF_8);
      String host = live.substring(live.indexOf('[') + 1, live.lastIndexOf(']'));
      Host expected = CODEC.decode(utf8(live), HostPage.class).hosts().get(0);

      HostPage page = CODEC.decode(
          utf8("{\"data\":[" + String.join(",", Collections.nCopies(20_000, host)) + "]}"),
          HostPage.class);

      assertThat(page.hosts()).hasSize(20_000).containsOnly(expected);
    }
  }

  @Nested
  class ErrorBodies {

    @Test
    void readsTheDemandForATwoFactorCode() {
      assertThat(error(vector("sign-in.tfa-required.403.json")))
          .isEqualTo(ErrorBody.of(
              Optional.of("You need to provide an authentication code."),
              true,
              Optional.of("totp")));
    }

    @Test
    void readsARefusal() {
      assertThat(error(vector("sign-in.refused.403.json")))
          .isEqualTo(ErrorBody.of(
              Optional.of("Your email/password combination is incorrect."),
              false,
              Optional.empty()));
      assertThat(error(vector("hosts.no-session.401.json")))
          .isEqualTo(ErrorBody.of(
              Optional.of("no session ID in request header"), false, Optional.empty()));
    }

    @Test
    void takesAFieldOfAnotherKindForAbsent() {
      ErrorBody nothing = ErrorBody.of(Optional.empty(), false, Optional.empty());

      for (String value :
          List.of("null", "1", "1.5e3", "false", "[\"x\",{\"y\":[]}]", "{\"error\":\"x\"}")) {
        assertThat(error(utf8("{\"error\":" + value + ",\"tfa_required\":" + value
                + ",\"tfa_type\":" + value + "}")))
            .isEqualTo(nothing);
      }
      assertThat(error(utf8("{\"error\":true,\"tfa_type\":true}"))).isEqualTo(nothing);
      assertThat(error(utf8("{\"tfa_required\":\"true\"}"))).isEqualTo(nothing);
      assertThat(error(utf8("{}"))).isEqualTo(nothing);
    }

    @Test
    void ignoresTheCodes() {
      assertThat(error(utf8("{\"codes\":[{\"a\":[1,\"x\",null]}],\"error\":\"e\"}"))
              .error())
          .contains("e");
    }

    private ErrorBody error(byte[] json) {
      return CODEC.decode(json, ErrorBody.class);
    }
  }

  @Test
  void refusesTypesThatAreNotOnTheList() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CODEC.decode(utf8("{}"), SignInBody.class))
        .withMessage(
            "type must be one of those that Codec lists, was io.parsec4j.api.spi.SignInBody");
    assertThatNullPointerException()
        .isThrownBy(() -> CODEC.decode(null, Session.class))
        .withMessage("json");
    assertThatNullPointerException()
        .isThrownBy(() -> CODEC.decode(utf8("{}"), null))
        .withMessage("type");
  }

  @Test
  void leavesTheBytesItReadsAsTheyAre() {
    byte[] json = vector("hosts.live.200.json");

    HostPage page = CODEC.decode(json, HostPage.class);

    assertThat(page.hosts()).hasSize(1);
    assertThat(json).isEqualTo(vector("hosts.live.200.json"));
  }

  @Test
  void asksTheContextClassLoaderForNothingAndKeepsIt() {
    List<String> asked = new ArrayList<>();
    ClassLoader recording = new ClassLoader(null) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
        throw new ClassNotFoundException(name);
      }

      @Override
      public Enumeration<URL> getResources(String name) {
        asked.add(name);
        return Collections.emptyEnumeration();
      }
    };
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(recording);
    try {
      JsonbCodec codec = JsonbCodec.create();

      assertThat(codec.decode(vector("hosts.live.200.json"), HostPage.class).hosts())
          .hasSize(1);
      assertThat(codec.encode(SignInBody.of("a", "b", Optional.empty()))).isNotEmpty();
      assertThat(thread.getContextClassLoader()).isSameAs(recording);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void doesNotObeyTheGlobalChoiceOfAJsonProvider() {
    String property = "jakarta.json.provider";
    System.setProperty(property, "com.example.NoSuchProvider");
    try {
      assertThat(JsonbCodec.create()
              .decode(vector("hosts.live.200.json"), HostPage.class)
              .hosts())
          .hasSize(1);
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void saysWhatIsWrongWhenParssonIsNotDeclared() {
    ClassLoader empty = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};

    assertThatIllegalStateException()
        .isThrownBy(() -> JsonbCodec.parsson(empty))
        .withMessage("Parsson is not declared as a provider of jakarta.json.spi.JsonProvider;"
            + " if jars were merged, merge their META-INF/services too");
  }

  @Test
  void servesEightThreadsAtOnce() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        results.add(executor.submit(worker("thread-" + t, start)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static Callable<Boolean> worker(String name, CyclicBarrier start) {
    byte[] hosts = utf8("{\"data\":[" + "{\"peer_id\":\"p\",\"name\":\"x\"},".repeat(100)
        + "{\"peer_id\":\"" + name + "\",\"name\":\"" + name + "\"}]}");
    byte[] session = utf8("{\"session_id\":\"" + name + "\"}");
    byte[] broken = utf8("{\"data\":[{\"peer_id\":\"" + name + "\",\"players\":1.5}]}");
    byte[] signIn = utf8("{\"email\":\"" + name + "\",\"password\":\"\"}");
    return () -> {
      start.await(60, TimeUnit.SECONDS);
      for (int i = 0; i < 300; i++) {
        List<Host> read = CODEC.decode(hosts, HostPage.class).hosts();
        assertThat(read).hasSize(101);
        assertThat(read.get(100).name()).isEqualTo(name);
        assertThat(CODEC.decode(session, Session.class).id().reveal()).isEqualTo(name);
        assertThat(refusal(broken, HostPage.class)).startsWith("data[0].players");
        assertThat(CODEC.encode(SignInBody.of(name, "", Optional.empty()))).isEqualTo(signIn);
      }
      return true;
    };
  }

  private static byte[] trimmed(byte[] json) {
    return utf8(new String(json, StandardCharsets.UTF_8).trim());
  }
}
