// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** Everything that the loggers of parsec4j write at any level, through System.Logger and through SLF4J. */
final class LogCapture extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("io.parsec4j");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

  LogCapture() {
    setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  /** Returns all lines as a file would have them, stack traces included. */
  String text() {
    return records.stream().map(formatter::format).collect(Collectors.joining());
  }

  /** Returns what was written above the level of debugging. */
  String aboveDebug() {
    return records.stream()
        .filter(record -> record.getLevel().intValue() > Level.CONFIG.intValue())
        .map(formatter::format)
        .collect(Collectors.joining());
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
    logger.setUseParentHandlers(true);
  }
}
