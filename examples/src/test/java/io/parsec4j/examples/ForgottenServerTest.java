// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.testkit.FakeParsecServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that nobody closes. */
class ForgottenServerTest {
  private final Logger logger = Logger.getLogger("io.parsec4j.testkit");
  private final Warnings warnings = new Warnings();

  @BeforeEach
  void listen() {
    logger.addHandler(warnings);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(warnings);
  }

  @Test
  void isToldInTheLogWithThePlaceOfItsStart() throws InterruptedException {
    String address = forgottenAddress();

    String warning;
    do {
      System.gc();
      warning = warnings.told.poll(10, MILLISECONDS);
    } while (warning == null || !warning.contains(address));

    assertThat(warning)
        .contains("was never closed")
        .contains(getClass().getName() + ".forgottenAddress(ForgottenServerTest.java:");
  }

  private static String forgottenAddress() {
    return FakeParsecServer.start().baseUri().toString();
  }

  private static final class Warnings extends Handler {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void publish(LogRecord record) {
      told.add(new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
