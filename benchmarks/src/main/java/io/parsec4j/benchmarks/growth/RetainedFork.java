// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.growth;

import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.stack.Stack;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Makes calls by the hundred thousand and looks at what the heap holds afterwards. */
final class RetainedFork {
  private static final int CALLERS = 16;

  private RetainedFork() {}

  /** Takes the class of the stack, the address, the session ID and the number of calls. */
  public static void main(String... args) throws Exception {
    int calls = Integer.parseInt(args[3]);
    Stack stack = Stack.create(args[0], URI.create(args[1]), args[2], CALLERS);
    call(stack, calls / 10);
    double before = liveHeap();
    call(stack, calls - calls / 10);
    Fork.tell("heap.KB.after.tenth", before / 1024);
    Fork.tell("heap.KB.after.all", liveHeap() / 1024);
    Fork.tell("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    System.exit(0);
  }

  private static void call(Stack stack, int calls) throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Thread caller = new Thread(() -> {
        for (int n = 0; n < calls / CALLERS; n++) {
          ask(stack);
        }
      });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void ask(Stack stack) {
    try {
      List<String> unused = stack.names();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double liveHeap() {
    // Twice, because the first one only finds what is to be cleaned up.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
