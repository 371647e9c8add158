// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a connection is to carry for one request, byte for byte, and how it goes on then. Immutable. */
public final class Delivery {
  private final List<Step> steps;
  private final End end;

  private Delivery(List<Step> steps, End end) {
    this.steps = steps;
    this.end = end;
  }

  /** How a connection goes on after the last step. */
  public enum End {
    /** With the next request. */
    NEXT_REQUEST,
    /** In order. */
    FIN,
    /** With a reset. */
    RST,
    /** Not at all, until the peer ends it. */
    STALL
  }

  /** An answer as it should be, in one write. */
  public static Delivery of(Answer answer, HttpRequest request) {
    return of(answer.bytes(request), endAfter(request));
  }

  public static Delivery of(byte[] bytes, End end) {
    return of(List.of(Step.of(bytes)), end);
  }

  public static Delivery of(List<Step> steps, End end) {
    return new Delivery(List.copyOf(steps), end);
  }

  /** What follows an answer in which nothing is wrong. */
  public static End endAfter(HttpRequest request) {
    return request.persistent() ? End.NEXT_REQUEST : End.FIN;
  }

  public Delivery after(Duration pause) {
    List<Step> later = new ArrayList<>();
    later.add(Step.of(pause, new byte[0]));
    later.addAll(steps);
    return of(later, end);
  }

  public List<Step> steps() {
    return steps;
  }

  public End end() {
    return end;
  }

  /** Bytes to be written once or again and again, after a pause. */
  public static final class Step {
    private final Duration pause;
    private final byte[] bytes;
    private final long times;

    private Step(Duration pause, byte[] bytes, long times) {
      this.pause = pause;
      this.bytes = bytes;
      this.times = times;
    }

    public static Step of(byte[] bytes) {
      return of(Duration.ZERO, bytes);
    }

    public static Step of(Duration pause, byte[] bytes) {
      return new Step(pause, bytes, 1);
    }

    public static Step repeated(byte[] bytes, long times) {
      return new Step(Duration.ZERO, bytes, times);
    }

    public static Step endless(byte[] bytes) {
      return repeated(bytes, Long.MAX_VALUE);
    }

    public Duration pause() {
      return pause;
    }

    /** The bytes themselves, not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    public long times() {
      return times;
    }
  }
}
