// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.Answer;
import io.parsec4j.testkit.internal.Delivery;
import io.parsec4j.testkit.internal.Door;
import io.parsec4j.testkit.internal.Handler;
import io.parsec4j.testkit.internal.HttpRequest;
import io.parsec4j.testkit.internal.Reception;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What stands behind every fake, whatever it is reached by: records each request and decides what comes of it. */
final class FakeService implements Handler, Door {
  private static final int MAX_RECORDED = 10_000;

  private static final Answer LATE = Answer.error(503, "the service was reset");

  private final Settings settings;
  private final long seed;
  private final ArrayDeque<RecordedRequest> recorded = new ArrayDeque<>();
  private final FaultScripts faults = new FaultScripts();
  private final FaultQueue connectionFaults = new FaultQueue();

  // All of these are guarded by the monitor of what is recorded.
  private ServiceState state;
  private WireProtocol protocol;
  private int lastConnectionBefore;
  private Latency latency = Latency.none();
  private Random thinking;

  FakeService(Settings settings) {
    this.settings = settings;
    this.seed = settings.seed;
    this.thinking = new Random(seed);
    this.state = new ServiceState(settings);
    this.protocol = new WireProtocol(settings, state);
  }

  ServiceState state() {
    synchronized (recorded) {
      return state;
    }
  }

  /** Forgets everything; requests on connections up to this one are not served any more. */
  void reset(int lastConnection) {
    ServiceState before;
    synchronized (recorded) {
      before = state;
      state = before.successor();
      protocol = new WireProtocol(settings, state);
      lastConnectionBefore = lastConnection;
      latency(Latency.none());
      recorded.clear();
    }
    before.giveHostsAway();
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

  /** Waits for a request of the pattern, and returns the oldest; null if the time is over. */
  @Nullable
  RecordedRequest await(RequestPattern pattern, Duration atMost) throws InterruptedException {
    Deadline deadline = Deadline.after(atMost);
    synchronized (recorded) {
      while (true) {
        for (RecordedRequest request : recorded) {
          if (pattern.test(request)) {
            return request;
          }
        }
        if (!deadline.waitsFor(recorded)) {
          return null;
        }
      }
    }
  }

  void clearRequests() {
    synchronized (recorded) {
      recorded.clear();
    }
  }

  void latency(Latency next) {
    synchronized (recorded) {
      latency = next;
      thinking = new Random(seed);
    }
  }

  @Override
  public Delivery handle(HttpRequest request) {
    RecordedRequest received = RecordedRequest.of(request);
    Duration wait;
    WireProtocol current;
    synchronized (recorded) {
      if (request.connection() <= lastConnectionBefore) {
        return Delivery.of(LATE, request);
      }
      received = record(received);
      wait = latency.next(thinking);
      // Whatever is reset from here on, this request can change the state of before at most.
      current = protocol;
    }
    Delivery delivery = delivery(current, request, received.fault().orElse(null));
    return wait.isZero() ? delivery : delivery.after(wait);
  }

  private static Delivery delivery(
      WireProtocol protocol, HttpRequest request, @Nullable Fault fault) {
    if (fault == null) {
      return Delivery.of(protocol.handle(request), request);
    }
    FaultyDelivery faulty = new FaultyDelivery(fault, request);
    if (!fault.letsServe()) {
      return faulty.withoutAnswer();
    }
    Answer right = protocol.handle(request);
    return fault.damagesAnswer() ? faulty.of(right) : faulty.withoutAnswer();
  }

  /** Records a request together with its fault, so that the order of the one is that of the other. */
  private RecordedRequest record(RecordedRequest request) {
    Fault fault = faults.next(request);
    RecordedRequest received = fault == null ? request : request.metBy(fault);
    if (recorded.size() == MAX_RECORDED) {
      recorded.removeFirst();
    }
    recorded.add(received);
    recorded.notifyAll();
    return received;
  }

  @Override
  public boolean isShut() {
    Fault first = connectionFaults.first();
    boolean refuses = first != null && first.kind() == FaultKind.REFUSE_CONNECTION;
    return refuses && connectionFaults.next() != null;
  }

  @Override
  public Reception receive() {
    Fault fault = connectionFaults.next();
    return fault == null ? Reception.SERVED : reception(fault.kind());
  }

  private static Reception reception(FaultKind kind) {
    switch (kind) {
      case RESET_CONNECTION:
        return Reception.RESET;
      case CLOSE_CONNECTION:
        return Reception.CLOSED;
      case STALL:
        return Reception.STALLED;
      case PLAIN_TEXT:
        return Reception.ANSWERED_IN_PLAIN_TEXT;
      case TLS_STALL:
        return Reception.HANDSHAKE_STALLED;
      case TLS_RESET:
        return Reception.HANDSHAKE_RESET;
      case TLS_CLOSE:
        return Reception.HANDSHAKE_CLOSED;
      default:
        // Accepted in the moment in which the port was to be closed.
        return Reception.CLOSED;
    }
  }
}
