// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP client that is closed when it is retired and the last exchange on it has ended. */
final class SharedClient {
  private static final Logger LOG = LoggerFactory.getLogger(JdkTransport.class);

  private final boolean owned;

  /**
   * Let go of when it is closed: before Java 21 its thread ends when it is collected, for which whoever keeps a closed
   * transport is not to stand in the way.
   */
  private volatile @Nullable HttpClient http;

  // Guarded by this.
  private int exchanges;
  private boolean retired;
  private boolean closed;

  private SharedClient(HttpClient http, boolean owned) {
    this.http = http;
    this.owned = owned;
  }

  static SharedClient own(HttpClient http) {
    return new SharedClient(http, true);
  }

  static SharedClient borrowed(HttpClient http) {
    return new SharedClient(http, false);
  }

  /** Returns the client, for an exchange that has entered. */
  HttpClient http() {
    return requireNonNull(http);
  }

  synchronized void enter() {
    exchanges++;
  }

  void leave() {
    boolean last;
    synchronized (this) {
      exchanges--;
      last = mayClose();
    }
    if (last) {
      close();
    }
  }

  void retire() {
    boolean last;
    synchronized (this) {
      retired = true;
      last = mayClose();
    }
    if (last) {
      close();
    }
  }

  private boolean mayClose() {
    if (!retired || exchanges > 0 || closed || !owned) {
      return false;
    }
    closed = true;
    return true;
  }

  /**
   * Closes the client where the JDK has a way to: from 21 on it is AutoCloseable. Its close() waits for ever for broken
   * exchanges, unless the thread is interrupted, which makes it drop them at once; so a thread of its own, which ends with
   * it, is interrupted beforehand.
   */
  private void close() {
    HttpClient client = http();
    http = null;
    if (!(client instanceof AutoCloseable)) {
      return;
    }
    AutoCloseable closeable = (AutoCloseable) client;
    Thread closer = new Thread(
        null,
        () -> {
          Thread.currentThread().interrupt();
          try {
            closeable.close();
          } catch (Exception e) {
            LOG.debug(
                "the JDK's HTTP client could not be closed: {}", e.getClass().getName());
          }
        },
        "parsec4j-jdk-close",
        0,
        false);
    closer.setDaemon(true);
    closer.start();
  }
}
