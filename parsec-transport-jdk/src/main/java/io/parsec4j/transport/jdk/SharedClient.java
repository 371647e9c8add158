// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import java.net.http.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP client that is closed when it is retired and the last exchange on it has ended. */
final class SharedClient {
  private static final Logger LOG = LoggerFactory.getLogger(JdkTransport.class);

  private final HttpClient http;
  private final boolean owned;

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

  HttpClient http() {
    return http;
  }

  HttpClient.Version version() {
    return http.version();
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
    if (!(http instanceof AutoCloseable)) {
      return;
    }
    AutoCloseable closeable = (AutoCloseable) http;
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
