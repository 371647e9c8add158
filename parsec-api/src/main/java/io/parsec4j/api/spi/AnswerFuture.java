// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;

/**
 * The future of an exchange, for transports to return: whoever cancels a stage that is derived from it, or completes that
 * stage, cancels it.
 *
 * <p>So a decorator that returns {@code transport.send(request).thenApply(...)} keeps the promise of {@link Transport}
 * that cancelling the future it returned closes the exchange. A transport that returns one of these has to notice
 * nothing but that the future it returned is done.
 *
 * <p>A stage that is derived does not keep the answer. Safe for use by several threads, as every
 * {@link CompletableFuture}.
 */
public class AnswerFuture extends CompletableFuture<TransportResponse> {

  /** Creates a future that is not complete. */
  public AnswerFuture() {}

  @Override
  public final <U> CompletableFuture<U> newIncompleteFuture() {
    return new DerivedStage<>(new WeakReference<>(this));
  }
}
