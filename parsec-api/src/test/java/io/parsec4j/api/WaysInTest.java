// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.spi.TransportRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in other than by password, and what is known of a session afterwards. */
class WaysInTest {
  private final Bench bench = new Bench();
  private final ParsecClient client = bench.client();
  private final List<String> bodies = new ArrayList<>();

  /** The same question in both forms; what is thrown is what the future fails with. */
  static Stream<Named<Function<ParsecClient, Boolean>>> forms() {
    return Stream.of(
        Named.of("synchronous", client -> client.isValid(Bench.session())),
        Named.of("asynchronous", client -> {
          CompletableFuture<Boolean> valid = client.async().isValid(Bench.session());
          if (valid.isCompletedExceptionally()) {
            throw (RuntimeException) failureOf(valid);
          }
          return valid.join();
        }));
  }

  private TransportRequest sent() {
    return bench.exchange(1).request();
  }

  private void answers(int status, String body) {
    bench.transport().then(exchange -> {
      exchange.request().bodyLength().ifPresent(length -> bodies.add(exchange.openBody()));
      exchange.answer(status, body);
    });
  }

  private void assertPosted(String path) {
    assertThat(sent().method()).isEqualTo("POST");
    assertThat(sent().uri()).isEqualTo(URI.create("https://kessel-api.parsecgaming.com" + path));
    assertThat(sent().headers().first("Content-Type")).contains("application/json");
    assertThat(sent().headers().first("Accept")).contains("application/json");
    assertThat(sent().headers().first("User-Agent")).contains("parsec4j");
    assertThat(sent().headers().first("Authorization")).isEmpty();
    assertThat(sent().maxResponseBytes()).isEqualTo(65_536);
  }

  @Nested
  class AuthCodes {
    @Test
    void areRequestedForAGame() {
      answers(201, "code abc");

      AuthCode code = client.requestAuthCode("my game");

      assertThat(code.revealHash()).isEqualTo("abc");
      assertPosted("/auth/codes");
      assertThat(bodies).containsExactly("game my game");
    }

    @Test
    void areRequestedAsynchronously() {
      CompletableFuture<AuthCode> call = client.async().requestAuthCode("my game");

      bench.exchange(1).answer(201, "code abc");

      assertThat(call.join().revealHash()).isEqualTo("abc");
    }

    @Test
    void areAskedAboutWithoutAnyOtherSecret() {
      CompletableFuture<Session> call = client.async().awaitApproval(Bench.authCode());

      bench.timer().advance(Duration.ofSeconds(5));

      assertPosted("/auth/sessions");
      assertThat(bench.exchange(1).openBody()).isEqualTo("auth_code " + Bench.HASH);
      assertThat(call).isNotDone();
    }

    @Test
    void areNotRequestedTwiceOnceTheRequestMayHaveArrived() {
      CompletableFuture<AuthCode> call = client.async().requestAuthCode("my game");
      assertThat(bench.exchange(1).openBody()).isNotEmpty();

      bench.exchange(1).answer(503, "");

      assertThat(failureOf(call)).isInstanceOf(ServerErrorException.class);
      assertThat(bench.exchanges()).isEqualTo(1);
    }
  }

  @Nested
  class EnterpriseSessions {
    @Test
    void areCreatedWithTheKeyInAHeaderAndNowhereElse() {
      answers(201, "session abc");

      Session session = client.createEnterpriseSession(Bench.key(), "walter");

      assertThat(session.id().reveal()).isEqualTo("abc");
      assertPosted("/enterprise/sessions");
      assertThat(sent().headers().first("x-api-key")).contains(Bench.KEY);
      assertThat(bodies).containsExactly("external walter");
    }

    @Test
    void areCreatedAsynchronously() {
      CompletableFuture<Session> call =
          client.async().createEnterpriseSession(Bench.key(), "walter");

      bench.exchange(1).answer(201, "session abc");

      assertThat(call.join().id().reveal()).isEqualTo("abc");
    }
  }

  @Nested
  class Accounts {
    @Test
    void areAskedForWithTheSession() {
      answers(200, "account 7");

      Account account = client.account(Bench.session());

      assertThat(account.id()).isEqualTo(7);
      assertThat(sent().method()).isEqualTo("GET");
      assertThat(sent().uri()).isEqualTo(URI.create("https://kessel-api.parsecgaming.com/me"));
      assertThat(sent().headers().first("Authorization")).contains("Bearer " + Bench.TOKEN);
      assertThat(sent().bodyLength()).isEmpty();
      assertThat(sent().maxResponseBytes()).isEqualTo(65_536);
    }

    @Test
    void areAskedForAgainAfterAFailureThatPasses() {
      CompletableFuture<Account> call = client.async().account(Bench.session());

      bench.exchange(1).answer(503, "");
      assertThat(bench.timer().runNext()).isTrue();
      bench.exchange(2).answer(200, "account 7");

      assertThat(call.join().id()).isEqualTo(7);
    }
  }

  @Nested
  class Validity {
    private final ParsecClient impatient =
        bench.builder().retryPolicy(RetryPolicy.none()).build();

    @ParameterizedTest
    @MethodSource("io.parsec4j.api.WaysInTest#forms")
    void isToldByTheAccount(Function<ParsecClient, Boolean> form) {
      answers(200, "account 7");

      assertThat(form.apply(impatient)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.parsec4j.api.WaysInTest#forms")
    void endsWithTheServicesRefusalOnly(Function<ParsecClient, Boolean> form) {
      for (int status : List.of(401, 403)) {
        answers(status, "error: no");

        assertThat(form.apply(impatient)).isFalse();
      }
    }

    @ParameterizedTest
    @MethodSource("io.parsec4j.api.WaysInTest#forms")
    void isNotKnownAfterAnyOtherFailure(Function<ParsecClient, Boolean> form) {
      for (int status : List.of(302, 400, 404, 429, 500)) {
        answers(status, "");

        assertThatThrownBy(() -> form.apply(impatient))
            .isInstanceOf(ParsecApiException.class)
            .isNotInstanceOf(InvalidSessionException.class);
      }
      answers(200, "<html>");
      assertThatThrownBy(() -> form.apply(impatient)).isInstanceOf(ParsecDecodeException.class);
      bench.transport().then(exchange -> exchange.fail(FailureStage.CONNECT));
      assertThatThrownBy(() -> form.apply(impatient)).isInstanceOf(ParsecTransportException.class);
    }

    @Test
    void isNotAskedForAnyMoreAfterACancel() {
      CompletableFuture<Boolean> valid = client.async().isValid(Bench.session());

      valid.thenApply(known -> known).cancel(true);

      assertThat(bench.exchange(1).timesCancelled()).isEqualTo(1);
      assertThat(failureOf(valid)).isInstanceOf(CancellationException.class);
      assertThat(bench.timer().pending()).isZero();
    }
  }

  @Nested
  class Arguments {
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\tb", "a\r\nb", "a\u007f"})
    void mustBeSomethingToReadInOneLine(String text) {
      assertRefused(text, " must not be blank or have control characters");
    }

    @Test
    void mustBeWellFormed() {
      assertRefused("a\udc00", " must be well-formed Unicode");
    }

    private void assertRefused(String text, String rule) {
      assertThatThrownBy(() -> client.requestAuthCode(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gameId" + rule);
      assertThatThrownBy(() -> client.async().requestAuthCode(text))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> client.createEnterpriseSession(Bench.key(), text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("externalId" + rule);
      assertThatThrownBy(() -> client.async().createEnterpriseSession(Bench.key(), text))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(bench.exchanges()).isZero();
    }
  }

  @Test
  void aCodecThatReturnsNoSessionForAnApprovalIsNoPendingCode() {
    ParsecClient odd = bench
        .builder()
        .codec(new StubCodec() {
          @Override
          public <T> T decode(byte[] json, Class<T> type) {
            return null;
          }
        })
        .build();
    CompletableFuture<?> call = odd.startApproval(Bench.authCode());

    bench.exchange(1).answer(201, "session abc");

    assertThat(failureOf(call))
        .isInstanceOf(ParsecDecodeException.class)
        .hasMessageEndingWith("the codec failed with java.lang.NullPointerException");
  }
}
