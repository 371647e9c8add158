// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.HttpServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Set;

/** All that a server holds but the handle that its user has, so that a handle that is lost can be told. */
final class RunningServer implements Runnable {
  private static final Logger LOG = System.getLogger("io.parsec4j.testkit");
  private static final Set<String> OWN_CLASSES =
      Set.of(FakeParsecServer.class.getName(), FakeParsecServer.Builder.class.getName());

  final HttpServer http;
  final URI baseUri;
  private final FakeParsec.Clients clients;
  private final String startedAt;
  private volatile boolean owned = true;

  RunningServer(HttpServer http, URI baseUri, FakeParsec.Clients clients) {
    this.http = http;
    this.baseUri = baseUri;
    this.clients = clients;
    this.startedAt = StackWalker.getInstance()
        .walk(frames -> frames
            .map(StackWalker.StackFrame::toStackTraceElement)
            .filter(frame -> !OWN_CLASSES.contains(frame.getClassName())
                && !frame.getClassName().equals(RunningServer.class.getName()))
            .findFirst())
        .map(StackTraceElement::toString)
        .orElse("an unknown place");
  }

  /** Says that its user closes it. */
  void disown() {
    owned = false;
  }

  /** Closes everything; called once, by the user or when the handle is lost. */
  @Override
  public void run() {
    if (owned) {
      LOG.log(
          Level.WARNING,
          "FakeParsecServer[{0}] was never closed and is now: close the one that was started at {1}",
          baseUri,
          startedAt);
    }
    clients.close();
    http.close();
  }
}
