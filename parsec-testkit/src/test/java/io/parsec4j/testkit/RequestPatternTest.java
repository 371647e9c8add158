// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.testkit.internal.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Patterns, and what is verified with them. */
class RequestPatternTest {
  private static final SessionId SESSION = SessionId.of("canary-session");
  private static final RequestPattern GAMES =
      RequestPattern.to(Endpoint.HOSTS).withParameter("mode", "game");

  private final FakeParsecServer server = FakeParsecServer.start();
  private final Web web = new Web(server);

  @AfterEach
  void close() {
    server.close();
  }

  private RecordedRequest signIn() {
    server.clearRequests();
    assertThat(web.signIn("walter@example.com", "canary-password", "canary-tfa").statusCode())
        .isEqualTo(403);
    return server.requests().get(0);
  }

  private RecordedRequest hosts(String query) {
    server.clearRequests();
    assertThat(web.hosts(SESSION, query).statusCode()).isEqualTo(401);
    return server.requests().get(0);
  }

  private RecordedRequest unknownPath() {
    server.clearRequests();
    assertThat(web.send(web.request("/nowhere")).statusCode()).isEqualTo(404);
    return server.requests().get(0);
  }

  @Nested
  class Matching {
    @Test
    void anyMeansEveryRequest() {
      assertThat(RequestPattern.any()).accepts(signIn(), hosts(""), unknownPath());
    }

    @Test
    void toMeansThePathOfTheEndpoint() {
      assertThat(RequestPattern.to(Endpoint.SIGN_IN))
          .accepts(signIn())
          .rejects(hosts(""), unknownPath());
    }

    @Test
    void parametersAreComparedDecoded() {
      assertThat(RequestPattern.any().withParameter("mode", "a b&c"))
          .accepts(hosts("?mode=a%20b%26c"), hosts("?x=1&mode=z&%6dode=a+b%26c"))
          .rejects(hosts("?mode=a"), hosts("?Mode=a%20b%26c"), hosts(""));
      assertThat(RequestPattern.any().withParameter("mode"))
          .accepts(hosts("?mode"), hosts("?mode="), hosts("?&mode=game"))
          .rejects(hosts("?modes=game"), hosts(""));
      assertThat(RequestPattern.any().withoutParameter("mode"))
          .accepts(hosts("?modes=game"), hosts(""))
          .rejects(hosts("?mode"));
    }

    @Test
    void headersAreComparedByNamesInAnyCase() {
      RecordedRequest request = hosts("");

      assertThat(RequestPattern.any().withHeader("AUTHORIZATION", "Bearer canary-session"))
          .accepts(request)
          .rejects(signIn());
      assertThat(RequestPattern.any().withHeader("authorization"))
          .accepts(request)
          .rejects(signIn());
      assertThat(RequestPattern.any().withoutHeader("authorization"))
          .accepts(signIn())
          .rejects(request);
      assertThat(RequestPattern.any().withHeader("Authorization", "bearer canary-session"))
          .rejects(request);
    }

    @Test
    void bodyFieldsAreMembersThatAreStrings() {
      RecordedRequest request = signIn();

      assertThat(RequestPattern.any().withBodyField("email", "walter@example.com"))
          .accepts(request)
          .rejects(hosts(""));
      assertThat(RequestPattern.any().withBodyField("email", "Walter@example.com"))
          .rejects(request);
      assertThat(RequestPattern.any().withBodyField("tfa")).accepts(request).rejects(hosts(""));
      assertThat(RequestPattern.any().withoutBodyField("tfa"))
          .accepts(hosts(""))
          .rejects(request);
    }

    @Test
    void aSessionIsThatOfTheBearerToken() {
      assertThat(RequestPattern.any().withSession(SESSION)).accepts(hosts("")).rejects(signIn());
      assertThat(RequestPattern.any().withSession(SessionId.of("canary-sessio")))
          .rejects(hosts(""));
    }

    @Test
    void allCriteriaMustBeMet() {
      RequestPattern large =
          GAMES.matching("with a long query", request -> request.query().length() > 20);

      assertThat(large)
          .accepts(hosts("?mode=game&public=false"))
          .rejects(hosts("?mode=game"), hosts("?mode=desktop&public=false"), signIn());
    }
  }

  @Nested
  class Differences {
    private final RequestPattern inSession =
        RequestPattern.any().withSession(SessionId.of("canary-other"));

    @Test
    void tellASessionFromNone() {
      assertThat(inSession.differences(hosts(""))).containsExactly("has another session");
      assertThat(inSession.differences(signIn())).containsExactly("has no session");
    }

    @Test
    void nameWhatIsMissing() {
      RequestPattern pattern =
          RequestPattern.any().withHeader("X-Rug").matching("tied together", request -> false);

      assertThat(pattern.differences(signIn()))
          .containsExactly("has no header X-Rug", "is not tied together");
    }
  }

  @Nested
  class Values {
    @Test
    void patternsWithTheSameCriteriaAreEqual() {
      Predicate<RecordedRequest> predicate = request -> true;

      assertThat(RequestPattern.any()
              .withHeader("A", "1")
              .withHeader("b")
              .withoutHeader("C")
              .withBodyField("d")
              .withSession(SESSION)
              .matching("e", predicate))
          .isEqualTo(RequestPattern.any()
              .withHeader("a", "1")
              .withHeader("B")
              .withoutHeader("c")
              .withBodyField("d")
              .withSession(SessionId.of("canary-session"))
              .matching("e", predicate))
          .hasSameHashCodeAs(RequestPattern.any()
              .withHeader("a", "1")
              .withHeader("B")
              .withoutHeader("c")
              .withBodyField("d")
              .withSession(SessionId.of("canary-session"))
              .matching("e", predicate));
    }

    @Test
    void patternsWithOtherCriteriaAreNot() {
      RequestPattern any = RequestPattern.any();
      List<RequestPattern> patterns = List.of(
          any,
          RequestPattern.to(Endpoint.HOSTS),
          RequestPattern.to(Endpoint.SIGN_IN),
          GAMES,
          any.withParameter("a"),
          any.withParameter("A"),
          any.withParameter("a", "1"),
          any.withoutParameter("a"),
          any.withHeader("a"),
          any.withHeader("a", "1"),
          any.withoutHeader("a"),
          any.withBodyField("a"),
          any.withBodyField("a", "1"),
          any.withoutBodyField("a"),
          any.withSession(SESSION),
          any.matching("a", request -> true),
          any.matching("a", request -> true));

      assertThat(patterns).doesNotHaveDuplicates();
      assertThat(any).isNotEqualTo("any").isNotEqualTo(null);
    }

    @Test
    void addingACriterionLeavesThePatternAsItWas() {
      RequestPattern pattern = RequestPattern.to(Endpoint.HOSTS);
      RequestPattern unused = pattern.withoutParameter("mode");

      assertThat(pattern).accepts(hosts("?mode=game"));
    }

    @Test
    void printsItsCriteriaWithoutSecrets() {
      assertThat(RequestPattern.any()).hasToString("RequestPattern[any]");
      assertThat(RequestPattern.to(Endpoint.SIGN_IN)
              .withParameter("a", "1")
              .withParameter("b")
              .withoutParameter("c")
              .withHeader("Accept", "text/plain\r\n")
              .withHeader("X-Api-Key", "canary")
              .withHeader("d")
              .withoutHeader("e")
              .withBodyField("email", "walter@example.com")
              .withBodyField("password", "canary")
              .withBodyField("tfa", "canary")
              .withBodyField("f")
              .withoutBodyField("g")
              .withSession(SESSION)
              .matching("with much", request -> true))
          .hasToString("RequestPattern[to SIGN_IN, with parameter a=1, with parameter b,"
              + " without parameter c, with header Accept: text/plain\\u000d\\u000a,"
              + " with header X-Api-Key: …, with header d, without header e,"
              + " with body field email=walter@example.com, with body field password=…,"
              + " with body field tfa=…, with body field f, without body field g,"
              + " with session …, with much]");
      assertThat(RequestPattern.any().withHeader("a", "x".repeat(1_000)).toString())
          .hasSizeLessThan(200);
    }

    @Test
    void refusesNull() {
      RequestPattern any = RequestPattern.any();

      assertThatNullPointerException()
          .isThrownBy(() -> any.withParameter(null))
          .withMessage("name");
      assertThatNullPointerException()
          .isThrownBy(() -> any.withHeader("a", null))
          .withMessage("value");
      assertThatNullPointerException()
          .isThrownBy(() -> any.matching(null, request -> true))
          .withMessage("description");
      assertThatNullPointerException()
          .isThrownBy(() -> RequestPattern.to(null))
          .withMessage("endpoint");
      assertThatNullPointerException()
          .isThrownBy(() -> any.withSession(null))
          .withMessage("session");
      assertThatNullPointerException().isThrownBy(() -> any.test(null)).withMessage("request");
    }
  }

  @Nested
  class Parameters {
    @Test
    void areThereByNameInTheirOrder() {
      assertThat(hosts("?b=2&a=1&b=&c&&d=%C3%A9=x").parameters())
          .containsExactly(
              Map.entry("b", List.of("2", "")),
              Map.entry("a", List.of("1")),
              Map.entry("c", List.of("")),
              Map.entry("d", List.of("é=x")));
      assertThat(hosts("").parameters()).isEmpty();
    }

    @Test
    void areAsTheyWereSentIfTheyCannotBeDecoded() {
      HttpRequest request =
          new HttpRequest("GET", "/v2/hosts", "a=%zz&%=b%20c", Headers.of(), new byte[0], true, 1);

      assertThat(RecordedRequest.of(request).parameters())
          .containsExactly(Map.entry("a", List.of("%zz")), Map.entry("%", List.of("b c")));
    }

    @Test
    void cannotBeChanged() {
      Map<String, List<String>> parameters = hosts("?a=1").parameters();

      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> parameters.remove("a"));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> parameters.get("a").add("2"));
    }
  }

  @Nested
  class Verifying {
    private RequestVerification verify(RequestPattern pattern) {
      return server.verify(pattern);
    }

    @Test
    void passesForTheRightNumberAndReturnsTheRequests() {
      RecordedRequest first = hosts("?mode=game");
      assertThat(web.hosts(SESSION, "?mode=desktop").statusCode()).isEqualTo(401);
      assertThat(web.hosts(SESSION, "?mode=game&x").statusCode()).isEqualTo(401);

      RequestPattern x = GAMES.withParameter("x");
      assertThat(verify(x).once().query()).isEqualTo("mode=game&x");
      assertThat(verify(GAMES).times(2)).hasSize(2).first().isSameAs(first);
      assertThat(verify(GAMES).atLeast(2)).hasSize(2);
      assertThat(verify(GAMES).atLeast(0)).hasSize(2);
      assertThat(verify(x.withoutParameter("x")).times(0)).isEmpty();
      verify(x.withoutParameter("x")).never();
    }

    @Test
    void seesWhatCameAfterItWasMade() {
      RequestVerification verification = verify(RequestPattern.to(Endpoint.HOSTS));
      verification.never();

      RecordedRequest request = hosts("");

      assertThat(verification.once()).isSameAs(request);
    }

    @Test
    void showsTheNearestMissesFirstAndWhatDiffers() {
      server.clearRequests();
      assertThat(web.signIn("walter@example.com", "p").statusCode()).isEqualTo(403);
      assertThat(web.send(web.request("/nowhere")).statusCode()).isEqualTo(404);
      assertThat(web.hosts(SESSION, "?mode=desktop&mode=x").statusCode()).isEqualTo(401);
      assertThat(web.hosts(SESSION, "?public=true").statusCode()).isEqualTo(401);
      List<RecordedRequest> requests = server.requests();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> verify(GAMES.withoutParameter("public")).once())
          .withMessage(
              "expected exactly 1 request: to HOSTS, with parameter mode=game,"
                  + " without parameter public; there were 0; what came:"
                  + "\n  3. %s\n     parameter mode is desktop, x"
                  + "\n  1. %s\n     is to SIGN_IN\n     has no parameter mode"
                  + "\n  2. %s\n     is to a path that the service does not know\n     has no parameter mode"
                  + "\n  4. %s\n     has no parameter mode\n     parameter public is true",
              requests.get(2), requests.get(0), requests.get(1), requests.get(3));
    }

    @Test
    void saysWhatWasExpected() {
      RecordedRequest request = hosts("");
      RequestVerification any = verify(RequestPattern.any());

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(any::never)
          .withMessage("expected no request: any; there was 1; what came:\n  1. " + request);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> any.times(2))
          .withMessageStartingWith("expected exactly 2 requests: any; there was 1;");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> any.atLeast(3))
          .withMessageStartingWith("expected at least 3 requests: any; there was 1;");
      server.clearRequests();
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(any::once)
          .withMessage("expected exactly 1 request: any; there were 0; nothing came");
      assertThat(any).hasToString("RequestVerification[any]");
    }

    @Test
    void showsTenRequestsAtMost() {
      server.clearRequests();
      for (int i = 0; i < 12; i++) {
        assertThat(web.hosts(SESSION, "").statusCode()).isEqualTo(401);
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> verify(RequestPattern.any()).once())
          .withMessageEndingWith("\n  and 2 more")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(12));
    }

    @Test
    void doesNotCountWhatItShowsInFull() {
      server.clearRequests();
      for (int i = 0; i < 10; i++) {
        assertThat(web.hosts(SESSION, "").statusCode()).isEqualTo(401);
      }

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> verify(RequestPattern.any()).once())
          .satisfies(e -> assertThat(e.getMessage()).contains("\n  10. ").doesNotContain("more"));
    }

    @Test
    void showsNoSecretOfABodyThatStandsElsewhereInTheRequest() {
      assertThat(web.send(web.request("/v1/auth?x=canary-password")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(
                      "{\"email\":\"walter@example.com\",\"password\":\"canary-password\"}")))
              .statusCode())
          .isEqualTo(403);

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(
              () -> verify(RequestPattern.any().withParameter("x", "other")).once())
          .satisfies(e -> assertThat(e.getMessage())
              .contains("parameter x is …")
              .doesNotContain("canary-password"));
    }

    @Test
    void showsNoSecretOfARequest() {
      RecordedRequest request = signIn();
      assertThat(web.send(web.request("/v2/hosts?mode=canary-session&x=canary-session&tfa=canary")
                  .header("Authorization", "Bearer canary-session")
                  .header("X-Api-Key", "canary-key")
                  .header("X-Debug", "has canary-key in it"))
              .statusCode())
          .isEqualTo(401);
      RequestPattern pattern = RequestPattern.any()
          .withBodyField("password", "other")
          .withBodyField("tfa", "other")
          .withBodyField("email", "other")
          .withHeader("Authorization", "other")
          .withHeader("X-Api-Key", "other")
          .withHeader("X-Debug", "other")
          .withSession(SessionId.of("other"))
          .withParameter("x", "other")
          .withoutParameter("tfa");

      assertThat(request.bodyFields()).containsValue("canary-password");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> verify(pattern).once())
          .satisfies(e -> assertThat(e.getMessage())
              .contains(
                  "body field password is …",
                  "body field tfa is …",
                  "body field email is walter@example.com",
                  "header Authorization is …",
                  "header X-Api-Key is …",
                  "header X-Debug is …",
                  "has another session",
                  "has no session",
                  "parameter x is …",
                  "parameter tfa is …")
              .doesNotContain("canary-password", "canary-tfa", "canary-key"));
    }

    @Test
    void showsNoSecretOfTheOtherWaysIn() {
      assertThat(web.poll("canary-hash").statusCode()).isEqualTo(401);
      assertThat(web.enterpriseSession("canary-key", "walter").statusCode()).isEqualTo(401);
      RequestPattern pattern = RequestPattern.any()
          .withBodyField("auth_code_hash", "canary-other")
          .withBodyField("hash", "canary-other")
          .withBodyField("user_code", "canary-other")
          .withHeader("x-api-key", "canary-other")
          .withBodyField("external_id", "donny")
          .withBodyField("grant_type", "password");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> verify(pattern).once())
          .satisfies(e -> assertThat(e.getMessage())
              .contains(
                  "with body field auth_code_hash=…",
                  "with header x-api-key: …",
                  "body field auth_code_hash is …",
                  "header x-api-key is …",
                  "body field external_id is walter",
                  "body field grant_type is auth_code")
              .doesNotContain("canary"));
      assertThat(server.requests().toString())
          .contains("auth_code_hash", "x-api-key", "external_id")
          .doesNotContain("canary", "walter");
    }

    @Test
    void refusesNegativeNumbers() {
      RequestVerification any = verify(RequestPattern.any());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> any.times(-1))
          .withMessage("count must not be negative, was -1");
      assertThatIllegalArgumentException().isThrownBy(() -> any.atLeast(-1));
    }
  }

  @Nested
  class OnTheServer {
    private static final String ANY_TIME = "PT1M";

    @Test
    void requestsAreThoseOfThePattern() {
      RecordedRequest first = hosts("?mode=game");
      assertThat(web.hosts(SESSION, "").statusCode()).isEqualTo(401);

      assertThat(server.requests(GAMES)).containsExactly(first);
      assertThat(server.verify(Endpoint.HOSTS).times(2)).hasSize(2);
    }

    @Test
    void awaitReturnsTheOldestRequestThatIsThere() throws InterruptedException {
      RecordedRequest first = hosts("?mode=game");
      assertThat(web.hosts(SESSION, "?mode=game").statusCode()).isEqualTo(401);

      assertThat(server.await(GAMES, Duration.ZERO)).isSameAs(first);
      assertThat(server.await(Endpoint.HOSTS, Duration.ZERO)).isSameAs(first);
    }

    @Test
    void awaitWaitsForARequest() throws Exception {
      RecordedRequest other = hosts("?mode=desktop");
      FutureTask<RecordedRequest> waiting =
          new FutureTask<>(() -> server.await(GAMES, Duration.parse(ANY_TIME)));
      Thread thread = new Thread(waiting);
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
        Thread.onSpinWait();
      }

      assertThat(web.hosts(SESSION, "?mode=desktop&x").statusCode()).isEqualTo(401);
      assertThat(web.hosts(SESSION, "?mode=game&x").statusCode()).isEqualTo(401);

      assertThat(waiting.get(1, TimeUnit.MINUTES).query()).isEqualTo("mode=game&x");
      assertThat(server.requests().get(0)).isSameAs(other);
    }

    @Test
    void awaitOnTheOnlyWorkerOfAPoolHoldsUpNothingThatRunsThere() {
      Duration longest = Duration.parse(ANY_TIME);
      ForkJoinPool pool = new ForkJoinPool(1);
      try {
        Future<String> query = pool.submit(() -> {
          Future<RecordedRequest> unused = pool.submit(() -> hosts("?mode=game"));
          return server.await(GAMES, longest).query();
        });

        assertThat(query).succeedsWithin(longest).isEqualTo("mode=game");
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    void awaitShowsWhatCameInstead() {
      RecordedRequest request = hosts("?mode=desktop");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> server.await(GAMES, Duration.ofMillis(1)))
          .withMessage("expected a request within PT0.001S: to HOSTS, with parameter mode=game;"
              + " what came:\n  1. " + request + "\n     parameter mode is desktop");
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> server.await(Endpoint.SIGN_IN, Duration.ZERO))
          .withMessageStartingWith("expected a request within PT0S: to SIGN_IN; what came:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.await(GAMES, Duration.ofMillis(-1)))
          .withMessage("atMost must not be negative, was PT-0.001S");
    }

    @Test
    void faultsMeetTheRequestsOfTheirPattern() {
      server.fail(GAMES, Fault.status(503).times(2));

      assertThat(hosts("?mode=desktop").fault()).isEmpty();
      assertThat(server.pendingFaults()).containsExactly(Fault.status(503).times(2));
      server.clearFaults();
    }
  }
}
