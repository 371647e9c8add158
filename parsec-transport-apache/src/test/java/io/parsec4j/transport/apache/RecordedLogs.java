// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Keeps what is logged; named by the system property {@code slf4j.provider} of the test run. */
@SuppressWarnings("exports") // public for SLF4J alone
public final class RecordedLogs implements SLF4JServiceProvider, ILoggerFactory {
  private static final List<String> LINES = new CopyOnWriteArrayList<>();
  private static volatile Level threshold = Level.WARN;

  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

  /** Creates the provider; SLF4J does. */
  public RecordedLogs() {}

  /** Starts anew, keeping lines of this level and above. */
  static void from(Level level) {
    LINES.clear();
    threshold = level;
  }

  static List<String> lines() {
    return LINES;
  }

  static List<String> lines(String part) {
    return LINES.stream().filter(line -> line.contains(part)).collect(Collectors.toList());
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, Recorder::new);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return new BasicMarkerFactory();
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return new NOPMDCAdapter();
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class Recorder extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    Recorder(String name) {
      this.name = name;
    }

    private static boolean keeps(Level level) {
      return level.toInt() >= threshold.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
      return keeps(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
      return keeps(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
      return keeps(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
      return keeps(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
      return keeps(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return Recorder.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
      StringWriter trace = new StringWriter();
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(trace));
      }
      LINES.add(
          level + " " + name + " " + MessageFormatter.basicArrayFormat(pattern, arguments) + trace);
    }
  }
}
