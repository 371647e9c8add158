// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.AttemptEvent;
import io.parsec4j.api.CallEvent;
import io.parsec4j.api.CallListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that a user, a listener or a reader of logs can see of a client. */
final class Seen implements CallListener {
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();

  @Override
  public void onAttempt(AttemptEvent event) {
    add(event);
  }

  @Override
  public void onCall(CallEvent event) {
    add(event);
  }

  void add(Object value) {
    texts.add(String.valueOf(value));
  }

  /** Adds the messages of a failure and of all that is behind it, as a log would have them. */
  void add(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    add((Object) trace);
  }

  void addThreadNames() {
    Thread.getAllStackTraces().keySet().forEach(thread -> add(thread.getName()));
  }

  String text() {
    return String.join("\n", texts);
  }
}
