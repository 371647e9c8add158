// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardRetryPolicyTest {
  private final StandardRetryPolicy policy = RetryPolicy.standard();

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void repeatsTheseStatuses(int status) {
    assertThat(policy.delay(refused(1, status).build(), 0)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 401, 403, 404, 409, 425, 501, 505, 520, 599})
  void doesNotRepeatAnyOther(int status) {
    assertThat(policy.delay(refused(1, status).build(), 0)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECT", "EXCHANGE", "TIMEOUT"})
  void repeatsTheseStages(FailureStage stage) {
    assertThat(policy.delay(failed(1).stage(stage).build(), 0)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "TOO_LARGE"})
  void doesNotRepeatTheseStages(FailureStage stage) {
    assertThat(policy.delay(failed(1).stage(stage).build(), 0)).isEmpty();
  }

  @Test
  void doesNotRepeatWhatIsUnknown() {
    assertThat(policy.delay(failed(1).build(), 0)).isEmpty();
  }

  @Test
  void makesThreeAttempts() {
    assertThat(policy.delay(refused(2, 500).build(), 0)).isPresent();
    assertThat(policy.delay(refused(3, 500).build(), 0)).isEmpty();
    assertThat(policy.withMaxAttempts(1).delay(refused(1, 500).build(), 0)).isEmpty();
    assertThat(policy.withMaxAttempts(4).delay(refused(3, 500).build(), 0)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 500, 200",
    "2, 500, 400",
    "3, 500, 800",
    "6, 500, 6400",
    "7, 500, 8000",
    "99, 500, 8000",
    "1, 429, 1000",
    "2, 503, 2000",
    "4, 429, 8000",
    "9, 503, 8000"
  })
  void drawsTheWaitEvenlyFromZeroToALimitThatDoubles(int attempt, int status, long millis) {
    StandardRetryPolicy many = policy.withMaxAttempts(100);
    AttemptEvent event = refused(attempt, status).build();

    assertThat(many.delay(event, 0)).contains(Duration.ZERO);
    assertThat(many.delay(event, 0.25)).contains(Duration.ofMillis(millis / 4));
    assertThat(many.delay(event, 0.5)).contains(Duration.ofMillis(millis / 2));
  }

  @Test
  void keepsToRetryAfterAndSpreadsItByAQuarterOfASecond() {
    AttemptEvent event = refused(1, 503).retryAfter(Duration.ofSeconds(2)).build();

    assertThat(policy.delay(event, 0)).contains(Duration.ofSeconds(2));
    assertThat(policy.delay(event, 0.5)).contains(Duration.ofMillis(2_125));
  }

  @Test
  void waitsAtLeastTheBackOffWhateverRetryAfterSays() {
    AttemptEvent event = refused(4, 503).retryAfter(Duration.ofSeconds(1)).build();

    assertThat(policy.withMaxAttempts(9).delay(event, 0.5)).contains(Duration.ofSeconds(4));
  }

  @Test
  void givesUpIfRetryAfterIsLongerThanHalfAMinute() {
    assertThat(policy.delay(refused(1, 503).retryAfter(Duration.ofSeconds(30)).build(), 0))
        .contains(Duration.ofSeconds(30));
    assertThat(
            policy.delay(refused(1, 503).retryAfter(Duration.ofMillis(30_001)).build(), 0))
        .isEmpty();
  }

  @Test
  void takesAnotherBackOff() {
    StandardRetryPolicy slow = policy.withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

    assertThat(slow.delay(refused(1, 500).build(), 0.5)).contains(Duration.ofMillis(500));
    assertThat(slow.delay(refused(2, 500).build(), 0.5)).contains(Duration.ofSeconds(1));
    assertThat(slow.delay(refused(1, 429).build(), 0.5)).contains(Duration.ofMillis(1_500));
    assertThat(slow.withMaxAttempts(2))
        .hasToString("StandardRetryPolicy[2 attempts, 1000 ms to 3000 ms]");
    assertThat(policy
            .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1))
            .delay(refused(2, 500).build(), 0.5))
        .contains(Duration.ofMillis(500));
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> policy.withMaxAttempts(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts must be at least 1, was 0");
    assertThatThrownBy(() -> policy.withBackoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("base must be positive and at most max, were PT0S and PT1S");
    assertThatThrownBy(() -> policy.withBackoff(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("base must be positive and at most max, were PT-1S and PT1S");
    assertThatThrownBy(() -> policy.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("base must be positive and at most max, were PT2S and PT1S");
  }

  @Test
  void noneRepeatsNothing() {
    assertThat(RetryPolicy.none().delay(refused(1, 503).build(), 0)).isEqualTo(Optional.empty());
  }

  private static AttemptEvent.Builder failed(int attempt) {
    return AttemptEvent.builder(Operation.HOSTS, attempt, Duration.ZERO);
  }

  private static AttemptEvent.Builder refused(int attempt, int status) {
    return failed(attempt).status(status);
  }
}
