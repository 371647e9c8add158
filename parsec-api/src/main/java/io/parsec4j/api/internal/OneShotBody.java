// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The body of one attempt, which is either handed out or withdrawn, and never both: whoever withdraws it knows for
 * certain that no byte of it was or will be sent.
 */
final class OneShotBody implements Supplier<byte[]> {
  private enum State {
    UNTOUCHED,
    OPENED,
    WITHDRAWN
  }

  private final byte[] bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.UNTOUCHED);

  OneShotBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte[] get() {
    if (!state.compareAndSet(State.UNTOUCHED, State.OPENED)) {
      throw new IllegalStateException(
          state.get() == State.OPENED
              ? "the body was opened before"
              : "the exchange was given up; send nothing");
    }
    return bytes;
  }

  /** Returns whether the body was never handed out, which it then never will be. */
  boolean withdraw() {
    return state.compareAndSet(State.UNTOUCHED, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
  }

  /** Withdraws the body if it was not handed out. */
  void refuse() {
    state.compareAndSet(State.UNTOUCHED, State.WITHDRAWN);
  }
}
