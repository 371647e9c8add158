// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.CallEvent;
import io.parsec4j.api.CallListener;
import io.parsec4j.api.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts calls and the requests that they took; what it is told carries no secret. */
final class Metrics implements CallListener {
  private final Map<Operation, Long> calls = new ConcurrentHashMap<>();
  private final Map<Operation, Long> requests = new ConcurrentHashMap<>();

  @Override
  public void onCall(CallEvent event) {
    calls.merge(event.operation(), 1L, Long::sum);
    requests.merge(event.operation(), (long) event.attempts(), Long::sum);
  }

  long calls(Operation operation) {
    return calls.getOrDefault(operation, 0L);
  }

  long requests(Operation operation) {
    return requests.getOrDefault(operation, 0L);
  }
}
