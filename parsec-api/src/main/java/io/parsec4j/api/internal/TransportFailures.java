// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.AttemptEvent;
import io.parsec4j.api.CallDetails;
import io.parsec4j.api.FailureStage;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.ParsecTimeoutException;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.spi.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Turns what a transport fails with into what a user sees. */
final class TransportFailures {
  private TransportFailures() {}

  static ParsecException translate(
      @Nullable Throwable failure,
      AnswerReader<?> reader,
      CallDetails call,
      ParsecTimeoutException.Limit limitReached,
      Instant now) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    String what = reader.operation() + " failed: ";
    if (cause instanceof ClosedException) {
      return new ParsecException(
          what + "the transport is closed; hand an open one to ParsecClient.builder()", call);
    }
    if (!(cause instanceof TransportException)) {
      // Against the contract, so neither its text nor its causes can be trusted to be free of
      // secrets.
      String kind = cause == null ? "a null answer" : cause.getClass().getName();
      return new ParsecTransportException(
          what + "the transport failed with " + kind, call, FailureStage.EXCHANGE);
    }
    TransportException reported = (TransportException) cause;
    int status = reported.status().orElse(0);
    if (reported.stage() == FailureStage.TOO_LARGE && status >= 300 && status <= 599) {
      return reader.refusal(status, reported.retryAfter(), call, now);
    }
    if (reported.stage() == FailureStage.TIMEOUT) {
      return new ParsecTimeoutException(
          what + reported.getMessage() + remedy(limitReached), call, limitReached, reported);
    }
    String message = what + reported.getMessage() + remedy(reported.stage());
    return new ParsecTransportException(message, call, reported.stage(), reported);
  }

  /** Returns what a transport fails with that refuses to send at all, as a closed one is to do. */
  static RuntimeException closed() {
    return new ClosedException();
  }

  private static String remedy(FailureStage stage) {
    switch (stage) {
      case CONNECT:
        return "; check address, network and proxy";
      case TLS:
        return "; check the certificate, the clock and what this machine trusts";
      case TOO_LARGE:
        return "; raise the limit if the answer is meant to be that large";
      case EXCHANGE:
      default:
        return "; whether the service has acted is not known";
    }
  }

  private static String remedy(ParsecTimeoutException.Limit limit) {
    switch (limit) {
      case CONNECT:
        return "; check the network, or raise the connect limit of the transport";
      case ATTEMPT:
        return "; try again later, or raise attemptTimeout";
      case TOTAL:
      default:
        return "; try again later, or raise timeout";
    }
  }

  static AttemptEvent event(int number, int status, ParsecException problem, Duration elapsed) {
    AttemptEvent.Builder event = AttemptEvent.builder(problem.operation(), number, elapsed);
    if (problem instanceof ParsecTransportException && status != Call.NO_ANSWER) {
      // A complete answer with a status that HTTP does not define: who sends one would do it again.
      return event.status(status).build();
    }
    if (problem instanceof ParsecTransportException) {
      return event.stage(((ParsecTransportException) problem).stage()).build();
    }
    if (problem instanceof ParsecDecodeException) {
      return event.status(((ParsecDecodeException) problem).status()).build();
    }
    if (problem instanceof ParsecApiException) {
      ParsecApiException refusal = (ParsecApiException) problem;
      AttemptEvent.Builder refused = event.status(refusal.status());
      return refusal.retryAfter().map(refused::retryAfter).orElse(refused).build();
    }
    return event.build();
  }

  /** The transport is closed. */
  private static final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
