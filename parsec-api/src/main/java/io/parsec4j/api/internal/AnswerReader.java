// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.AuthCodeDeniedException;
import io.parsec4j.api.CallDetails;
import io.parsec4j.api.ErrorAnswer;
import io.parsec4j.api.FailureStage;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.Operation;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.RateLimitedException;
import io.parsec4j.api.ServerErrorException;
import io.parsec4j.api.Session;
import io.parsec4j.api.TwoFactorRequiredException;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.TransportResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a complete answer into a value or into the exception that its status stands for.
 *
 * @param <T> what a success yields
 */
public final class AnswerReader<T> {
  private static final int MAX_CONTENT_TYPE = 100;
  private static final ErrorBody NO_ERROR_BODY =
      ErrorBody.of(Optional.empty(), false, Optional.empty());

  private final Codec codec;
  private final Operation operation;
  private final Function<byte[], T> success;

  /** What status 202 stands for, whatever the body; null if it is a success like any other. */
  private final @Nullable T accepted;

  private final boolean tfaCodeSent;
  private final SecretText secrets;

  private AnswerReader(
      Codec codec,
      Operation operation,
      Function<byte[], T> success,
      @Nullable T accepted,
      boolean tfaCodeSent,
      List<String> secrets) {
    this.codec = codec;
    this.operation = operation;
    this.success = success;
    this.accepted = accepted;
    this.tfaCodeSent = tfaCodeSent;
    this.secrets = new SecretText(secrets);
  }

  /** Reads the answer to a sign-in. */
  public static AnswerReader<Session> ofSignIn(
      Codec codec, boolean tfaCodeSent, List<String> secrets) {
    return new AnswerReader<>(
        codec,
        Operation.SIGN_IN,
        body -> codec.decode(body, Session.class),
        null,
        tfaCodeSent,
        secrets);
  }

  /** Reads the answer to the question whether an auth code was approved: a session, or empty if not yet. */
  public static AnswerReader<Optional<Session>> ofApproval(Codec codec, List<String> secrets) {
    return new AnswerReader<>(
        codec,
        Operation.APPROVAL,
        body -> Optional.of(codec.decode(body, Session.class)),
        Optional.empty(),
        false,
        secrets);
  }

  /** Reads the answer to any other call. */
  public static <T> AnswerReader<T> of(
      Codec codec, Operation operation, Class<T> type, List<String> secrets) {
    return new AnswerReader<>(
        codec, operation, body -> codec.decode(body, type), null, false, secrets);
  }

  Operation operation() {
    return operation;
  }

  T read(TransportResponse answer, CallDetails call, Instant now) {
    int status = answer.status();
    if (status < 200 || status > 599) {
      throw new ParsecTransportException(
          operation + " failed: status " + status + " is not one that HTTP defines",
          call,
          FailureStage.EXCHANGE);
    }
    if (status == 202 && accepted != null) {
      return accepted;
    }
    if (status < 300) {
      return decode(answer, call);
    }
    ErrorBody body = errorBody(answer);
    ErrorAnswer error = ErrorAnswer.of(status);
    Optional<String> text = body.error().map(secrets::blotOut).filter(t -> !t.isBlank());
    if (text.isPresent()) {
      error = error.withErrorText(text.get());
    }
    throw refusal(body, withRetryAfter(error, answer.headers().first("Retry-After"), now), call);
  }

  /** Returns the exception of an error answer of which only the head is known, because its body was cut off. */
  ParsecException refusal(int status, Optional<String> retryAfter, CallDetails call, Instant now) {
    ErrorAnswer error = withRetryAfter(ErrorAnswer.of(status), retryAfter, now);
    return refusal(NO_ERROR_BODY, error, call);
  }

  private static ErrorAnswer withRetryAfter(
      ErrorAnswer error, Optional<String> header, Instant now) {
    return header
        .flatMap(value -> RetryAfter.parse(value, now))
        .map(error::withRetryAfter)
        .orElse(error);
  }

  private ParsecApiException refusal(ErrorBody body, ErrorAnswer error, CallDetails call) {
    int status = error.status();
    String said =
        " (status " + status + error.errorText().map(text -> ": " + text).orElse("") + ")";
    if (status == 401 || status == 403) {
      return accessRefusal(body, error, call, said);
    }
    if (status == 429) {
      String wait = error
          .retryAfter()
          .map(d -> " for " + d.plusMillis(999).toSeconds() + " s")
          .orElse("");
      return new RateLimitedException(
          operation + " failed: the service was called too often" + said + "; wait" + wait,
          call,
          error);
    }
    if (status >= 500) {
      return new ServerErrorException(
          operation + " failed: the service has a problem" + said + "; try again later",
          call,
          error);
    }
    if (status < 400) {
      return new ParsecApiException(
          operation + " failed: the service points to another address, which is not followed" + said
              + "; check the base address",
          call,
          error);
    }
    return refusedCall(error, call, said);
  }

  /** What 401 and 403 mean depends on what the call has shown: a password, a code, a key, a session, or nothing. */
  private ParsecApiException accessRefusal(
      ErrorBody body, ErrorAnswer error, CallDetails call, String said) {
    switch (operation) {
      case SIGN_IN:
        return signInRefusal(body, error, call, said);
      case APPROVAL:
        return new AuthCodeDeniedException(
            "approval failed: the code was denied or is unknown" + said + "; request a new one",
            call,
            error);
      case ENTERPRISE_SESSION:
        return new InvalidCredentialsException(
            "enterprise session was refused" + said + "; check the API key", call, error);
      case AUTH_CODE:
        return refusedCall(error, call, said);
      default:
        return new InvalidSessionException(
            operation + " failed: the session is unknown or has ended" + said + "; sign in again",
            call,
            error);
    }
  }

  private ParsecApiException signInRefusal(
      ErrorBody body, ErrorAnswer error, CallDetails call, String said) {
    if (error.status() != 403 || !body.tfaRequired()) {
      return new InvalidCredentialsException(
          "sign-in was refused" + said + "; check e-mail address, password and two-factor code",
          call,
          error);
    }
    String message = tfaCodeSent
        ? "the two-factor code was not accepted" + said
            + "; ask for a new one and sign in again with it"
        : "sign-in needs a two-factor code" + said + "; add it with Credentials.withTfaCode(...)";
    return new TwoFactorRequiredException(
        message, call, error, body.tfaType().map(secrets::blotOut), tfaCodeSent);
  }

  private ParsecApiException refusedCall(ErrorAnswer error, CallDetails call, String said) {
    return new ParsecApiException(
        operation + " failed: the service refused the call" + said, call, error);
  }

  private T decode(TransportResponse answer, CallDetails call) {
    Optional<String> encoding = answer
        .headers()
        .first("Content-Encoding")
        .filter(value -> !value.equalsIgnoreCase("identity"));
    if (encoding.isPresent()) {
      throw undecodable(answer, call, "it is compressed, which was not asked for");
    }
    if (answer.body().length == 0) {
      throw undecodable(answer, call, "it is empty");
    }
    T value;
    try {
      value = success.apply(withoutByteOrderMark(answer.body()));
    } catch (CodecException e) {
      throw undecodable(answer, call, secrets.blotOut(String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError e) {
      // What a codec throws against its contract may quote the answer, so only its kind is passed
      // on.
      throw undecodable(answer, call, "the codec failed with " + e.getClass().getName());
    }
    if (value == null) {
      throw undecodable(answer, call, "the codec returned null");
    }
    return value;
  }

  private ParsecDecodeException undecodable(
      TransportResponse answer, CallDetails call, String reason) {
    Optional<String> contentType = answer
        .headers()
        .first("Content-Type")
        .map(secrets::blotOut)
        .map(value -> value.substring(0, Math.min(value.length(), MAX_CONTENT_TYPE)));
    String message = operation + " failed: the answer (status " + answer.status() + ", "
        + contentType.orElse("no content type") + ") could not be understood: " + reason;
    return new ParsecDecodeException(message, call, answer.status(), contentType);
  }

  private ErrorBody errorBody(TransportResponse answer) {
    try {
      ErrorBody body = codec.decode(withoutByteOrderMark(answer.body()), ErrorBody.class);
      return body == null ? NO_ERROR_BODY : body;
    } catch (RuntimeException | StackOverflowError e) {
      // The status says what matters; a proxy's HTML page beside it is no reason for another error.
      return NO_ERROR_BODY;
    }
  }

  private static byte[] withoutByteOrderMark(byte[] body) {
    boolean marked = body.length >= 3
        && body[0] == (byte) 0xef
        && body[1] == (byte) 0xbb
        && body[2] == (byte) 0xbf;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }
}
