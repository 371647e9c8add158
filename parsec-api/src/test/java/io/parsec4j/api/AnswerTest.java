// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  private final Bench bench = new Bench();

  private Throwable hostsFailure(
      ParsecClient.Builder builder, int status, String body, String... headers) {
    CompletableFuture<HostPage> call =
        Bench.hosts(builder.retryPolicy(RetryPolicy.none()).build());
    bench.transport().last().answer(status, body, headers);
    return failureOf(call);
  }

  private Throwable hostsFailure(int status, String body, String... headers) {
    return hostsFailure(bench.builder(), status, body, headers);
  }

  private Throwable failure(Operation operation, int status) {
    ParsecClient client = bench.builder().retryPolicy(RetryPolicy.none()).build();
    CompletableFuture<?> call = begin(client, operation);
    bench.transport().last().answer(status, "");
    return failureOf(call);
  }

  private static CompletableFuture<?> begin(ParsecClient client, Operation operation) {
    switch (operation) {
      case SIGN_IN:
        return Bench.signIn(client);
      case AUTH_CODE:
        return client.async().requestAuthCode("game");
      case APPROVAL:
        return client.startApproval(Bench.authCode());
      case ENTERPRISE_SESSION:
        return client.async().createEnterpriseSession(Bench.key(), "walter");
      case ACCOUNT:
        return client.async().account(Bench.session());
      default:
        return Bench.hosts(client);
    }
  }

  private Throwable signInFailure(int status, String body) {
    CompletableFuture<Session> call = Bench.signIn(bench.client());
    assertThat(bench.transport().last().openBody()).isNotEmpty();
    bench.transport().last().answer(status, body);
    return failureOf(call);
  }

  @Nested
  class Statuses {
    private final Map<Integer, String> special = Map.of(
        401, "hosts failed: the session is unknown or has ended (status 401); sign in again",
        403, "hosts failed: the session is unknown or has ended (status 403); sign in again",
        429, "hosts failed: the service was called too often (status 429); wait");
    private final Map<Operation, Class<?>> refusals = Map.of(
        Operation.SIGN_IN, InvalidCredentialsException.class,
        Operation.AUTH_CODE, ParsecApiException.class,
        Operation.APPROVAL, AuthCodeDeniedException.class,
        Operation.ENTERPRISE_SESSION, InvalidCredentialsException.class);

    @ParameterizedTest
    @EnumSource
    void haveTheirExceptions(Operation operation) {
      for (int status = 300; status <= 599; status++) {
        Throwable failure = failure(operation, status);

        Class<?> type = ParsecApiException.class;
        if (status == 401 || status == 403) {
          type = refusals.getOrDefault(operation, InvalidSessionException.class);
        } else if (status == 429) {
          type = RateLimitedException.class;
        } else if (status >= 500) {
          type = ServerErrorException.class;
        }
        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(((ParsecApiException) failure).status()).isEqualTo(status);
        assertThat(((ParsecApiException) failure).errorText()).isEmpty();
        assertThat(((ParsecApiException) failure).operation()).isEqualTo(operation);
      }
      assertThat(bench.listener().calls())
          .hasSize(300)
          .allMatch(event -> event.outcome() == CallEvent.Outcome.REFUSED);
      assertThat(bench.listener().attempts())
          .extracting(event -> event.status().getAsInt())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(300, 599).boxed().collect(Collectors.toList()));
    }

    @Test
    void haveTheirMessages() {
      special.forEach(
          (status, message) -> assertThat(hostsFailure(status, "")).hasMessage(message));
      assertThat(hostsFailure(400, "error: bad mode"))
          .hasMessage("hosts failed: the service refused the call (status 400: bad mode)");
      assertThat(hostsFailure(302, ""))
          .hasMessage("hosts failed: the service points to another address, which is not followed"
              + " (status 302); check the base address");
      assertThat(hostsFailure(502, ""))
          .hasMessage("hosts failed: the service has a problem (status 502); try again later");
      assertThat(signInFailure(401, "error: no"))
          .hasMessage("sign-in was refused (status 401: no);"
              + " check e-mail address, password and two-factor code");
      assertThat(failure(Operation.AUTH_CODE, 403))
          .hasMessage("auth code failed: the service refused the call (status 403)");
      assertThat(failure(Operation.APPROVAL, 401))
          .hasMessage("approval failed: the code was denied or is unknown (status 401);"
              + " request a new one");
      assertThat(failure(Operation.ENTERPRISE_SESSION, 401))
          .hasMessage("enterprise session was refused (status 401); check the API key");
      assertThat(failure(Operation.ACCOUNT, 403))
          .hasMessage("account failed: the session is unknown or has ended (status 403);"
              + " sign in again");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void below300AreSuccesses(int status) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "hosts a");

      assertThat(call).isCompleted();
      assertThat(bench.listener().attempts()).singleElement().satisfies(event -> {
        assertThat(event.isSuccess()).isTrue();
        assertThat(event.status()).hasValue(status);
      });
    }

    @ParameterizedTest
    @ValueSource(ints = {-200, 0, 99, 100, 199, 600, 999})
    void thatHttpDoesNotDefineAreNoAnswer(int status) {
      Throwable failure = hostsFailure(status, "hosts a");

      assertThat(failure)
          .isInstanceOf(ParsecTransportException.class)
          .hasMessage("hosts failed: status " + status + " is not one that HTTP defines");
      assertThat(((ParsecTransportException) failure).stage()).isEqualTo(FailureStage.EXCHANGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-200, 0, 99, 199, 600, 999})
    void thatHttpDoesNotDefineAreNotRepeated(int status) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(status, "hosts a");

      assertThat(call).isCompletedExceptionally();
      assertThat(bench.exchanges()).isEqualTo(1);
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().attempts()).singleElement().satisfies(event -> {
        assertThat(event.stage()).isEmpty();
        assertThat(event.status().orElse(0)).isEqualTo(status);
      });
    }

    @ParameterizedTest
    @CsvSource({"300, false", "403, false", "599, false", "600, true", "200, true", "299, true"})
    void surviveABodyThatIsTooLarge(int status, boolean asTransportFailure) {
      CompletableFuture<HostPage> call =
          Bench.hosts(bench.builder().retryPolicy(RetryPolicy.none()).build());

      bench.exchange(1).completeExceptionally(TransportException.bodyTooLarge(9, status));

      Throwable failure = failureOf(call);
      if (asTransportFailure) {
        assertThat(failure)
            .isInstanceOf(ParsecTransportException.class)
            .hasMessage("hosts failed: response body larger than 9 bytes;"
                + " raise the limit if the answer is meant to be that large");
      } else {
        assertThat(((ParsecApiException) failure).status()).isEqualTo(status);
      }
    }

    @Test
    void ofATooLargeBodyAreNotRepeatedIfRetryAfterIsTooLong() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench
          .exchange(1)
          .completeExceptionally(
              TransportException.bodyTooLarge(9, 503, Headers.of("retry-after", "86400")));

      assertThat(failureOf(call, ServerErrorException.class).retryAfter())
          .contains(Duration.ofDays(1));
      assertThat(bench.exchanges()).isEqualTo(1);
    }

    @Test
    void ofATooLargeBodyAreRepeatedLikeOthers() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).completeExceptionally(TransportException.bodyTooLarge(9, 503));

      assertThat(call).isNotDone();
      assertThat(bench.timer().runNext()).isTrue();
      assertThat(bench.exchanges()).isEqualTo(2);
    }
  }

  @Nested
  class TwoFactor {
    @Test
    void isAskedForBy403WithTheMark() {
      TwoFactorRequiredException failure =
          (TwoFactorRequiredException) signInFailure(403, "error: code please\ntfa: totp");

      assertThat(failure)
          .hasMessage("sign-in needs a two-factor code (status 403: code please);"
              + " add it with Credentials.withTfaCode(...)");
      assertThat(failure.tfaType()).contains("totp");
      assertThat(failure.codeRejected()).isFalse();
      assertThat(failure.status()).isEqualTo(403);
      assertThat(failure.errorText()).contains("code please");
    }

    @Test
    void mayBeOfNoKind() {
      assertThat(((TwoFactorRequiredException) signInFailure(403, "tfa")).tfaType())
          .isEmpty();
    }

    @Test
    void isRejectedIfACodeWasSent() {
      CompletableFuture<Session> call =
          bench.client().async().signIn(Bench.credentials().withTfaCode("123456"));
      bench.exchange(1).answer(403, "tfa");

      TwoFactorRequiredException failure = failureOf(call, TwoFactorRequiredException.class);
      assertThat(failure.codeRejected()).isTrue();
      assertThat(failure)
          .hasMessage("the two-factor code was not accepted (status 403);"
              + " ask for a new one and sign in again with it");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 500})
    void isNotAskedForByAnyOtherStatus(int status) {
      assertThat(signInFailure(status, "tfa")).isNotInstanceOf(TwoFactorRequiredException.class);
    }

    @Test
    void isNotAskedForByACallWithASession() {
      assertThat(hostsFailure(403, "tfa")).isInstanceOf(InvalidSessionException.class);
    }
  }

  @Nested
  class ErrorTexts {
    @ParameterizedTest
    @ValueSource(strings = {"<html>nginx</html>", "", "error: ", "error:   "})
    void areAbsentIfThereIsNoneToRead(String body) {
      ParsecApiException failure = (ParsecApiException) hostsFailure(502, body);

      assertThat(failure.errorText()).isEmpty();
      assertThat(failure)
          .hasMessage("hosts failed: the service has a problem (status 502); try again later");
    }

    @Test
    void areAbsentIfTheCodecFails() {
      for (Supplier<ErrorBody> broken : Stream.<Supplier<ErrorBody>>of(
              () -> {
                throw new IllegalStateException("C4NARY");
              },
              () -> {
                throw new StackOverflowError("C4NARY");
              },
              () -> null)
          .collect(Collectors.toList())) {
        Throwable failure =
            hostsFailure(bench.builder().codec(new DecodingWith(broken)), 500, "body");

        assertThat(failure).isInstanceOf(ServerErrorException.class).hasNoCause();
        assertThat(((ServerErrorException) failure).errorText()).isEmpty();
      }
    }

    @Test
    void areReadBehindAByteOrderMark() {
      assertThat(((ParsecApiException) hostsFailure(404, "\ufefferror: gone")).errorText())
          .contains("gone");
    }

    @Test
    void haveNoControlCharacters() {
      ParsecApiException failure = (ParsecApiException)
          hostsFailure(400, "error: a\rb\u001b[31mc\u0085d\u2028e\u2029f\\n\u0000");

      assertThat(failure.errorText()).contains("a b [31mc d e f  ");
    }

    @Test
    void areCutAt2048Characters() {
      ParsecApiException failure =
          (ParsecApiException) hostsFailure(400, "error: " + "x".repeat(3_000));

      assertThat(failure.errorText()).contains("x".repeat(2_048));
      assertThat(failure.getMessage()).hasSizeLessThan(2_200);
    }

    @Test
    void areNotCutWithinACharacter() {
      ParsecApiException failure =
          (ParsecApiException) hostsFailure(400, "error: x" + "\uD83D\uDE00".repeat(2_000));

      assertThat(failure.errorText()).contains("x" + "\uD83D\uDE00".repeat(1_023));
    }

    @Test
    void doNotEchoTheSession() {
      ParsecApiException failure = (ParsecApiException)
          hostsFailure(401, "error: bad token " + Bench.TOKEN + "! " + Bench.TOKEN);

      assertThat(failure.errorText()).contains("bad token […]! […]");
      assertThat(trace(failure)).doesNotContain("C4NARY");
    }

    @Test
    void doNotEchoPasswordAndCode() {
      CompletableFuture<Session> call =
          bench.client().async().signIn(Bench.credentials().withTfaCode(Bench.CODE));

      bench
          .exchange(1)
          .answer(403, "error: " + Bench.PASSWORD + " " + Bench.CODE + "\ntfa: " + Bench.CODE);

      TwoFactorRequiredException failure = failureOf(call, TwoFactorRequiredException.class);
      assertThat(failure.errorText()).contains("[…] […]");
      assertThat(failure.tfaType()).contains("[…]");
      assertThat(trace(failure)).doesNotContain("C4NARY");
    }

    @Test
    void doNotEchoTheHashOrTheUserCode() {
      CompletableFuture<?> call = begin(bench.client(), Operation.APPROVAL);

      bench.exchange(1).answer(401, "error: " + Bench.HASH + " " + Bench.USER_CODE);

      ParsecApiException failure = failureOf(call, AuthCodeDeniedException.class);
      assertThat(failure.errorText()).contains("[…] […]");
      assertThat(trace(failure)).doesNotContain("C4NARY");
    }

    @Test
    void doNotEchoTheKey() {
      CompletableFuture<?> call = begin(bench.client(), Operation.ENTERPRISE_SESSION);

      bench.exchange(1).answer(403, "error: bad key " + Bench.KEY);

      ParsecApiException failure = failureOf(call, InvalidCredentialsException.class);
      assertThat(failure.errorText()).contains("bad key […]");
      assertThat(trace(failure)).doesNotContain("C4NARY");
    }

    @Test
    void doNotShowTheRestOfASecretThatContainsAnother() {
      Credentials credentials =
          Credentials.of("a@example.com", "12".toCharArray()).withTfaCode("123456");
      CompletableFuture<Session> call = bench.client().async().signIn(credentials);

      bench.exchange(1).answer(403, "error: 123456 12");

      assertThat(failureOf(call, ParsecApiException.class).errorText()).contains("[…] […]");
    }
  }

  @Nested
  class Bodies {
    @Test
    void areReadBehindAByteOrderMark() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(200, "\ufeffhosts a");

      assertThat(call.join().hosts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff\ufeffhosts a", "ï", "ï»", "ï»¿"})
    void areReadBehindOneSuchMarkOnly(String body) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench
          .exchange(1)
          .complete(TransportResponse.of(
              200,
              Headers.of(),
              body.getBytes(
                  body.charAt(0) == '\ufeff'
                      ? StandardCharsets.UTF_8
                      : StandardCharsets.ISO_8859_1)));

      assertThat(failureOf(call)).isInstanceOf(ParsecDecodeException.class);
    }

    @Test
    void mustNotBeEmpty() {
      assertThat(hostsFailure(204, "", "Content-Type", "text/plain"))
          .isInstanceOf(ParsecDecodeException.class)
          .hasMessage("hosts failed: the answer (status 204, text/plain)"
              + " could not be understood: it is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip"})
    void mustNotBeCompressed(String encoding) {
      assertThat(hostsFailure(200, "hosts a", "content-encoding", encoding))
          .isInstanceOf(ParsecDecodeException.class)
          .hasMessage("hosts failed: the answer (status 200, no content type)"
              + " could not be understood: it is compressed, which was not asked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity"})
    void maySayThatTheyAreNotCompressed(String encoding) {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      bench.exchange(1).answer(200, "hosts a", "Content-Encoding", encoding);

      assertThat(call).isCompleted();
    }

    @Test
    void thatAreNotUnderstoodTellStatusTypeAndReason() {
      ParsecDecodeException failure = (ParsecDecodeException)
          hostsFailure(200, "<html>C4NARY", "Content-Type", "text/html; charset=utf-8");

      assertThat(failure)
          .hasMessage("hosts failed: the answer (status 200, text/html; charset=utf-8)"
              + " could not be understood: expected a HostPage");
      assertThat(failure.status()).isEqualTo(200);
      assertThat(failure.contentType()).contains("text/html; charset=utf-8");
      assertThat(failure).hasNoCause();
      assertThat(bench.listener().calls())
          .singleElement()
          .satisfies(event -> assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.FAILED));
      assertThat(bench.listener().attempts()).singleElement().satisfies(event -> {
        assertThat(event.status()).hasValue(200);
        assertThat(event.isSuccess()).isFalse();
      });
    }

    @Test
    void haveAContentTypeOf100CharactersAtMost() {
      ParsecDecodeException failure =
          (ParsecDecodeException) hostsFailure(200, "x", "Content-Type", "a\t" + "b".repeat(200));

      assertThat(failure.contentType()).contains("a " + "b".repeat(98));
    }

    @Test
    void haveAContentTypeThatEchoesNoPartOfASecret() {
      String type = "b".repeat(90) + Bench.TOKEN;

      ParsecDecodeException failure =
          (ParsecDecodeException) hostsFailure(200, "x", "Content-Type", type);

      assertThat(failure.contentType()).contains("b".repeat(90) + "[…]");
      assertThat(failure.getMessage()).doesNotContain("tok");
    }
  }

  @Nested
  class Codecs {
    @Test
    void mayQuoteNoSecretInTheirMessages() {
      Throwable failure = hostsFailure(
          bench.builder().codec(new DecodingWith(() -> {
            throw new CodecException("odd\n" + Bench.TOKEN);
          })),
          200,
          "x");

      assertThat(failure)
          .hasMessage("hosts failed: the answer (status 200, no content type)"
              + " could not be understood: odd […]");
    }

    @Test
    void thatThrowForeignExceptionsFailTheDecodingWithoutTheirWords() {
      for (Throwable foreign : Stream.of(
              new IllegalStateException("C4NARY", new RuntimeException("C4NARY")),
              new StackOverflowError("C4NARY"))
          .collect(Collectors.toList())) {
        Throwable failure =
            hostsFailure(bench.builder().codec(new DecodingWith(() -> sneak(foreign))), 200, "x");

        assertThat(failure)
            .isInstanceOf(ParsecDecodeException.class)
            .hasMessage("hosts failed: the answer (status 200, no content type) could not be"
                + " understood: the codec failed with " + foreign.getClass().getName());
        assertThat(trace(failure)).doesNotContain("C4NARY");
      }
    }

    @Test
    void thatReturnNullFailTheDecoding() {
      assertThat(hostsFailure(bench.builder().codec(new DecodingWith(() -> null)), 200, "x"))
          .isInstanceOf(ParsecDecodeException.class)
          .hasMessageEndingWith("the codec returned null");
    }

    @Test
    void thatThrowErrorsFailTheCallWithoutTheirWords() {
      Throwable failure = hostsFailure(
          bench.builder().codec(new DecodingWith(() -> sneak(new AssertionError("C4NARY")))),
          200,
          "x");

      assertThat(failure)
          .isExactlyInstanceOf(ParsecException.class)
          .hasMessage("hosts failed unexpectedly with java.lang.AssertionError")
          .hasNoCause();
      assertThat(trace(failure)).doesNotContain("C4NARY").contains("AnswerTest");
      assertThat(bench.timer().pending()).isZero();
      assertThat(bench.listener().calls())
          .singleElement()
          .satisfies(event -> assertThat(event.outcome()).isEqualTo(CallEvent.Outcome.FAILED));
      assertThat(bench.listener().attempts()).hasSize(1);
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> ErrorBody sneak(Throwable throwable) throws E {
    throw (E) throwable;
  }

  private static final class DecodingWith extends StubCodec {
    private final Supplier<?> decoder;

    DecodingWith(Supplier<?> decoder) {
      this.decoder = decoder;
    }

    @Override
    public <T> T decode(byte[] json, Class<T> type) {
      return type.cast(decoder.get());
    }
  }
}
