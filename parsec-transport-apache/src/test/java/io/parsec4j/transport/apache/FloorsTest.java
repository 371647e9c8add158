// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.ParsecConfigurationException;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class FloorsTest {
  @AfterEach
  void forget() {
    RecordedLogs.from(Level.WARN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5.6.3", "5.6.3.1", "5.5.9", "5.6", "5.6-beta1", "4.9.9", "5.6.0-SNAPSHOT"})
  void refusesWhatIsTooOldAndSaysWhy(String release) {
    assertThatThrownBy(() -> Floors.check("httpclient5", release, 5, 6, 4))
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage(
            "httpclient5 must be 5.6.4 or newer because older ones have known weaknesses, was "
                + release + "; update it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5.6.4", "5.6.4-SNAPSHOT", "5.6.10", "5.7", "5.7-alpha1", "6.0", "10.0.0"})
  void acceptsWhatIsNewEnough(String release) {
    assertThatCode(() -> Floors.check("httpclient5", release, 5, 6, 4)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "UNAVAILABLE", "five.six", "5", "99999999999.0.0"})
  void acceptsWhatSaysNoVersionAndTellsTheLog(String release) {
    RecordedLogs.from(Level.DEBUG);

    assertThatCode(() -> Floors.check("httpclient5", release, 5, 6, 4)).doesNotThrowAnyException();

    assertThat(RecordedLogs.lines())
        .containsExactly(
            "DEBUG io.parsec4j.transport.apache.Floors the version of httpclient5 is not known and cannot be checked");
  }

  @Test
  void findsTheVersionsOfTheLibraries() {
    RecordedLogs.from(Level.DEBUG);

    Floors.check();

    assertThat(RecordedLogs.lines()).isEmpty();
    assertThat(Floors.release(null)).isNull();
    assertThat(Floors.release(VersionInfo.loadVersionInfo(
            "org.apache.hc.client5", VersionInfo.class.getClassLoader())))
        .startsWith("5.");
  }
}
