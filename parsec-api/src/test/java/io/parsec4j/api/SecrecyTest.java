// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parsec4j.api.fixture.PublicTypes;
import io.parsec4j.api.spi.ApprovalBody;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.SignInBody;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecrecyTest {
  private static final String CANARY = "C4NARY";
  private static final URI WITH_SECRETS =
      URI.create("https://user:" + CANARY + "@example.com:8443/v2/hosts?key=" + CANARY);

  static Stream<Object> valuesWithSecrets() {
    AuthCode.Builder code = AuthCode.builder()
        .verificationUri(WITH_SECRETS)
        .userCode(CANARY)
        .hash(CANARY)
        .expiresAt(Instant.EPOCH);
    SessionId id = SessionId.of(CANARY);
    Session session = Session.builder(id).instanceId(CANARY).userId(7).build();
    Credentials credentials = Credentials.of("a@example.com", CANARY.toCharArray());
    TransportRequest.Builder request = TransportRequest.builder("POST", WITH_SECRETS)
        .header("Authorization", "Bearer " + CANARY)
        .body(CANARY.getBytes(StandardCharsets.UTF_8));
    Headers headers = Headers.of("Authorization", CANARY);
    return Stream.of(
        id,
        session,
        Session.of(id),
        Session.builder(id),
        credentials,
        credentials.withTfaCode(CANARY),
        KeySource.passphrase(CANARY.toCharArray()),
        KeySource.raw(CANARY.repeat(6).substring(0, 32).getBytes(StandardCharsets.UTF_8)),
        SignInBody.of("a@example.com", CANARY, Optional.of(CANARY)),
        ApiKey.of(CANARY),
        code,
        code.build(),
        ApprovalBody.of(CANARY),
        Account.builder(1).email(CANARY).build(),
        ErrorBody.of(Optional.of(CANARY), true, Optional.of(CANARY)),
        ErrorAnswer.of(403).withErrorText(CANARY),
        headers,
        headers.toBuilder(),
        request,
        request.build(),
        TransportResponse.of(200, headers, CANARY.getBytes(StandardCharsets.UTF_8)));
  }

  static Stream<ThrowingCallable> factoriesWithBadSecrets() {
    String line = CANARY + "\n";
    TransportRequest.Builder request =
        TransportRequest.builder("GET", URI.create("https://example.com"));
    return Stream.of(
        () -> SessionId.of(line),
        () -> SessionId.of(CANARY + " " + CANARY),
        () -> SessionId.of(CANARY.repeat(1_000)),
        () -> ApiKey.of(line),
        () -> AuthCode.builder().hash(line),
        () -> AuthCode.builder().userCode(line),
        () -> AuthCode.builder().userCode(CANARY + "\ud800"),
        () -> AuthCode.builder().verificationUri(URI.create("mailto:" + CANARY)),
        () -> Credentials.of(" ", CANARY.toCharArray()),
        () -> Credentials.of("a\n", CANARY.toCharArray()),
        () -> Credentials.of("a", (CANARY + "\ud800").toCharArray()),
        () -> Credentials.of("a", CANARY.toCharArray()).withTfaCode(CANARY + "ü"),
        () -> KeySource.passphrase((CANARY + "\ud800").toCharArray()),
        () -> KeySource.raw(CANARY.getBytes(StandardCharsets.UTF_8)),
        () -> request.header("Authorization", line),
        () -> request.headers(Headers.of("Authorization", line)),
        () -> request.header(line, CANARY),
        () -> TransportRequest.builder(line, WITH_SECRETS),
        () -> TransportRequest.builder("GET", URI.create("mailto:" + CANARY)),
        () -> ParsecClient.builder().userAgent(line),
        () -> ParsecClient.builder().baseUri(WITH_SECRETS).build(),
        () ->
            ParsecClient.builder().baseUri(URI.create("ftp://" + CANARY + "@a")).build());
  }

  @ParameterizedTest
  @MethodSource("valuesWithSecrets")
  void noValuePrintsASecret(Object value) {
    assertThat(value.toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @MethodSource("factoriesWithBadSecrets")
  void noFactoryRepeatsWhatItRefuses(ThrowingCallable factory) {
    Throwable thrown = catchThrowable(factory);

    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(thrown)
        .isInstanceOfAny(IllegalArgumentException.class, ParsecConfigurationException.class);
    assertThat(trace.toString()).doesNotContain(CANARY);
  }

  @Test
  void nothingButErrorsAndNamesCanBeSerialized() {
    assertThat(PublicTypes.all())
        .hasSizeGreaterThan(40)
        .filteredOn(Serializable.class::isAssignableFrom)
        .allMatch(type -> Throwable.class.isAssignableFrom(type) || type.isEnum());
  }

  @Test
  void errorsKeepOnlyTextsNumbersAndNames() {
    assertThat(PublicTypes.all().stream().filter(Throwable.class::isAssignableFrom))
        .hasSizeGreaterThan(10)
        .allSatisfy(type -> assertThat(Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType))
            .allMatch(field -> field.isPrimitive()
                || field.isEnum()
                || field == String.class
                || field == Duration.class));
  }

  @Test
  void anErrorSurvivesSerialization() throws Exception {
    CallDetails call = CallDetails.of(Operation.SIGN_IN, 2, Duration.ofSeconds(3));
    TwoFactorRequiredException error = new TwoFactorRequiredException(
        "message", call, ErrorAnswer.of(403).withErrorText("text"), Optional.of("totp"), true);
    error.addSuppressed(
        new ParsecTimeoutException("late", call, ParsecTimeoutException.Limit.ATTEMPT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(error);
    }

    TwoFactorRequiredException copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (TwoFactorRequiredException) in.readObject();
    }

    assertThat(copy).hasMessage("message");
    assertThat(copy.operation()).isSameAs(Operation.SIGN_IN);
    assertThat(copy.attempts()).isEqualTo(2);
    assertThat(copy.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(copy.status()).isEqualTo(403);
    assertThat(copy.errorText()).contains("text");
    assertThat(copy.tfaType()).contains("totp");
    assertThat(copy.codeRejected()).isTrue();
    assertThat(copy.getSuppressed()).hasExactlyElementsOfTypes(ParsecTimeoutException.class);
  }
}
