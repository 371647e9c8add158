// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.HostChange;
import io.parsec4j.api.HostsUpdate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Draws the table of hosts anew with each update, and below it what has changed. */
final class LiveTable implements Flow.Subscriber<HostsUpdate> {
  /** Cursor to the upper left corner, and everything from there deleted. */
  private static final String CLEAR = "\u001b[H\u001b[J";

  private final Consumer<String> screen;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  LiveTable(Consumer<String> screen) {
    this.screen = screen;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    CompletionStage<Void> over = end;
    over.whenComplete((nothing, failure) -> subscription.cancel());
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HostsUpdate update) {
    StringBuilder drawing = new StringBuilder(CLEAR).append(HostTable.format(update.page()));
    for (HostChange change : update.changes()) {
      drawing.append(line(change)).append('\n');
    }
    screen.accept(drawing.toString());
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }

  /** Completed when nothing more is drawn; whoever completes it ends the drawing. */
  CompletableFuture<Void> end() {
    return end;
  }

  private static String line(HostChange change) {
    String name = HostTable.printable(change.host().name());
    switch (change.kind()) {
      case APPEARED:
        return "+ " + name;
      case GONE:
        return "- " + name;
      default:
        return "* " + name + " " + change.fields();
    }
  }
}
