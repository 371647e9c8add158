// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which fault meets which request: of the scripts that match it, the first one that is not used up says. */
final class FaultScripts {
  private final List<Script> scripts = new ArrayList<>();

  synchronized void add(Predicate<RecordedRequest> requests, List<Fault> faults) {
    scripts.add(new Script(requests, faults));
  }

  synchronized @Nullable Fault next(RecordedRequest request) {
    for (Script script : scripts) {
      if (script.faults.first() != null && script.requests.test(request)) {
        return script.faults.next();
      }
    }
    return null;
  }

  synchronized List<Fault> pending() {
    List<Fault> pending = new ArrayList<>();
    scripts.forEach(script -> pending.addAll(script.faults.pending()));
    return pending;
  }

  synchronized void clear() {
    scripts.clear();
  }

  /** Faults for some requests. */
  private static final class Script {
    private final Predicate<RecordedRequest> requests;
    private final FaultQueue faults = new FaultQueue();

    Script(Predicate<RecordedRequest> requests, List<Fault> faults) {
      this.requests = requests;
      this.faults.add(faults);
    }
  }
}
