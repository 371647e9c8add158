// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Plays a delivery into a parser instead of a socket; its pauses are a timer's, so that no thread waits. */
public final class Playback {
  private final Iterator<Delivery.Step> steps;
  private final Delivery.End end;
  private final AnswerParser parser;
  private final Timer timer;
  private final CompletableFuture<TransportResponse> answer;
  private Timer.@Nullable Task pause;

  /**
   * Prepares to play.
   *
   * @param answer is completed with what comes of it; when it is done, playing stops
   */
  public Playback(
      Delivery delivery,
      AnswerParser parser,
      Timer timer,
      CompletableFuture<TransportResponse> answer) {
    this.steps = delivery.steps().iterator();
    this.end = delivery.end();
    this.parser = parser;
    this.timer = timer;
    this.answer = answer;
  }

  /** Plays until the first pause or to the end. */
  public void play() {
    try {
      while (steps.hasNext() && !answer.isDone()) {
        Delivery.Step step = steps.next();
        if (!step.pause().isZero()) {
          playAfter(step.pause(), step);
          return;
        }
        feed(step);
      }
      finish();
    } catch (TransportException e) {
      answer.completeExceptionally(e);
    }
  }

  private synchronized void playAfter(Duration time, Delivery.Step step) {
    pause = timer.schedule(time, () -> {
      try {
        feed(step);
        play();
      } catch (TransportException e) {
        answer.completeExceptionally(e);
      }
    });
    if (answer.isDone()) {
      // Given up in this moment, before there was a pause to end.
      stop();
    }
  }

  private void feed(Delivery.Step step) {
    for (long i = 0; i < step.times() && !answer.isDone(); i++) {
      TransportResponse whole = parser.read(step.bytes());
      if (whole != null) {
        answer.complete(whole);
      }
    }
  }

  private void finish() {
    if (answer.isDone()) {
      return;
    }
    switch (end) {
      case FIN:
        answer.complete(parser.end());
        break;
      case RST:
        throw new TransportException(FailureStage.EXCHANGE, "the connection was reset");
      default:
      // Whoever waits gives up.
    }
  }

  /** Ends the pause that is under way. */
  public synchronized void stop() {
    if (pause != null) {
      pause.cancel();
    }
  }
}
