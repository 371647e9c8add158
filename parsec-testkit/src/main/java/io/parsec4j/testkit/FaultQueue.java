// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults that come one after the other. */
final class FaultQueue {
  private final ArrayDeque<Fault> waiting = new ArrayDeque<>();

  /** How often the first of them came already. */
  private int used;

  synchronized void add(Collection<Fault> faults) {
    waiting.addAll(faults);
  }

  synchronized @Nullable Fault first() {
    return waiting.peekFirst();
  }

  /** Uses the first one up by one time; null if there is none. */
  synchronized @Nullable Fault next() {
    Fault fault = waiting.peekFirst();
    if (fault != null) {
      used++;
      if (!fault.isLasting() && used == fault.times()) {
        waiting.removeFirst();
        used = 0;
      }
    }
    return fault;
  }

  /** What was not used up, the first with the times that are left; a fault that lasts only if it never came. */
  synchronized List<Fault> pending() {
    List<Fault> pending = new ArrayList<>(waiting);
    if (used > 0) {
      Fault first = pending.remove(0);
      if (!first.isLasting()) {
        pending.add(0, first.times(first.times() - used));
      }
    }
    return pending;
  }

  synchronized void clear() {
    waiting.clear();
    used = 0;
  }
}
