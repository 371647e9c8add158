// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the header Retry-After: one to five digits of seconds, or one of the three date forms of RFC 9110. Zero, what is
 * past and what makes no sense count as absent.
 */
final class RetryAfter {
  private static final int MAX_DIGITS = 5;
  private static final int MAX_LENGTH = 64;
  private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
      .appendPattern("EEEE, dd-MMM-")
      .appendValueReduced(ChronoField.YEAR, 2, 2, 1980)
      .appendPattern(" HH:mm:ss 'GMT'")
      .toFormatter(Locale.ENGLISH);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private RetryAfter() {}

  static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > MAX_DIGITS
          ? Optional.empty()
          : positive(Duration.ofSeconds(Integer.parseInt(text)));
    }
    return date(text).flatMap(date -> positive(Duration.between(now, date)));
  }

  private static Optional<Instant> date(String text) {
    try {
      if (text.indexOf('-') > 0) {
        return Optional.of(LocalDateTime.parse(text, RFC_850).toInstant(ZoneOffset.UTC));
      }
      if (text.indexOf(',') > 0) {
        return Optional.of(
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      }
      return Optional.of(LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> positive(Duration wait) {
    return wait.isZero() || wait.isNegative() ? Optional.empty() : Optional.of(wait);
  }
}
