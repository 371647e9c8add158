// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** When the service is asked again whether an auth code was approved, and what ends that; for one wait. */
final class ApprovalRules {
  /** Source: the vendor's documentation. Keeps a wrong clock from making the wait endless. */
  private static final Duration MAX_LIFE = Duration.ofMinutes(30);

  private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_SUPPRESSED = 10;

  private final Timer timer;
  private final long beginNanos;
  private final Duration life;
  private final Duration interval;

  // Guarded by this.
  private final Deque<ParsecException> survived = new ArrayDeque<>();
  private int polls;

  ApprovalRules(AuthCode code, Timer timer) {
    this.timer = timer;
    this.beginNanos = timer.nanoTime();
    Duration told = Duration.between(timer.now(), code.expiresAt());
    this.life = told.compareTo(MAX_LIFE) < 0 ? told : MAX_LIFE;
    this.interval = code.interval().compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : code.interval();
  }

  /**
   * Returns the wait before the first question. Nobody approves a code within moments, and whoever restores one may have
   * asked just before the program ended; asking at once would be too soon in both cases.
   */
  Duration firstWait() {
    return interval;
  }

  /**
   * Takes note of a question that brought no session.
   *
   * @param failure why there was no answer, or null if the code is not approved yet
   * @return what follows
   * @throws ParsecException if the wait ends here
   */
  synchronized ApprovalPoll next(@Nullable ParsecException failure) {
    polls++;
    Duration left = life.minus(elapsed());
    boolean over = left.isNegative() || left.isZero();
    if (failure instanceof AuthCodeDeniedException && over) {
      // A service that forgets codes when their life ends has no other answer to them.
      throw ending(new AuthCodeExpiredException(expiry(), details(), failure));
    }
    if (failure != null) {
      if (!isTransient(failure)) {
        throw ending(failure);
      }
      remember(failure);
    }
    Duration asked = retryAfter(failure);
    if (over || asked.compareTo(left) > 0) {
      throw ending(new AuthCodeExpiredException(expiry(), details()));
    }
    Duration wait = asked.compareTo(interval) > 0 ? asked : interval;
    return new ApprovalPoll(polls, wait, left, failure);
  }

  /** Completes the failure that ends the wait by what was survived before. */
  synchronized <E extends ParsecException> E ending(E failure) {
    survived.forEach(failure::addSuppressed);
    return failure;
  }

  ParsecException closed() {
    return new ParsecException("approval was given up because the client was closed", details());
  }

  ParsecInterruptedException interrupted() {
    return ending(new ParsecInterruptedException(
        "approval was given up because the calling thread was interrupted", details()));
  }

  /** Returns which call this is, with what there was until now. */
  synchronized CallDetails details() {
    return CallDetails.of(Operation.APPROVAL, polls, elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(timer.nanoTime() - beginNanos);
  }

  private static String expiry() {
    return "approval failed: the code was not approved within its life; request a new one";
  }

  /** Keeps the latest ones: a long outage must not fill the memory, and its end tells more than its beginning. */
  private void remember(ParsecException failure) {
    if (survived.size() == MAX_SUPPRESSED) {
      survived.remove();
    }
    survived.add(failure);
  }

  private static Duration retryAfter(@Nullable ParsecException failure) {
    return failure instanceof ParsecApiException
        ? ((ParsecApiException) failure).retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  /**
   * Tells whether asking again may bring an answer. A failed handshake counts too, unlike in a {@link RetryPolicy}: while
   * the user opens the page, a laptop may well meet the sign-in page of another network.
   */
  private static boolean isTransient(ParsecException failure) {
    return failure instanceof ParsecTransportException
        || failure instanceof ParsecDecodeException
        || failure instanceof RateLimitedException
        || failure instanceof ServerErrorException
        || (failure instanceof ParsecApiException
            && ((ParsecApiException) failure).status() == 408);
  }
}
