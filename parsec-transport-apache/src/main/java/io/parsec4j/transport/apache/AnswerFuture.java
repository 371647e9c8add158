// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.spi.TransportResponse;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The future of an exchange, of which the derived stages end the exchange, too, when they are given up. */
final class AnswerFuture extends CompletableFuture<TransportResponse> {
  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new DerivedStage<>(new WeakReference<>(this));
  }
}
