// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.Answer;
import io.parsec4j.testkit.internal.Handler;
import io.parsec4j.testkit.internal.HttpRequest;
import java.util.ArrayDeque;
import java.util.List;

/** What stands behind every fake, whatever it is reached by: records each request and decides what comes of it. */
final class FakeService implements Handler {
  private static final int MAX_RECORDED = 10_000;

  private final ServiceState state;
  private final WireProtocol protocol;
  private final ArrayDeque<RecordedRequest> recorded = new ArrayDeque<>();
  private final FaultScripts faults = new FaultScripts();
  private final FaultQueue connectionFaults = new FaultQueue();

  FakeService(Settings settings) {
    this.state = new ServiceState(settings);
    this.protocol = new WireProtocol(settings, state);
  }

  ServiceState state() {
    return state;
  }

  FaultScripts faults() {
    return faults;
  }

  FaultQueue connectionFaults() {
    return connectionFaults;
  }

  List<RecordedRequest> requests() {
    synchronized (recorded) {
      return List.copyOf(recorded);
    }
  }

  void clearRequests() {
    synchronized (recorded) {
      recorded.clear();
    }
  }

  @Override
  public Answer handle(HttpRequest request) {
    RecordedRequest unused = record(request);
    return protocol.handle(request);
  }

  /** Records a request together with its fault, so that the order of the one is that of the other. */
  private RecordedRequest record(HttpRequest request) {
    RecordedRequest received = RecordedRequest.of(request);
    synchronized (recorded) {
      Fault fault = faults.next(received);
      if (fault != null) {
        received = received.metBy(fault);
      }
      if (recorded.size() == MAX_RECORDED) {
        recorded.removeFirst();
      }
      recorded.add(received);
      recorded.notifyAll();
    }
    return received;
  }
}
