// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimerTest {
  @Test
  @Timeout(60)
  void tellsWhatATaskThrowsAndNotItsText() throws Exception {
    try (LogCapture log = new LogCapture()) {
      Timer.Task task = Timer.system().schedule(Duration.ofNanos(1), () -> {
        throw new IllegalStateException("canary");
      });
      while (!log.text().contains("a task of the timer threw java.lang.IllegalStateException")) {
        Thread.onSpinWait();
      }
      task.cancel();

      assertThat(log.text()).doesNotContain("canary");
    }
  }
}
