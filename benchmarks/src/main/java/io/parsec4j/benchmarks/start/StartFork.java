// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.start;

import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.stack.Stack;
import java.net.URI;

/** Prints the names of the hosts and ends, as a small program does. */
public final class StartFork {
  private StartFork() {}

  /**
   * Runs the program.
   *
   * @param args the class of the stack, the address, the session ID
   */
  public static void main(String... args) throws Exception {
    Stack stack = Stack.create(args[0], URI.create(args[1]), args[2], 1);
    stack.names().forEach(System.out::println);
    Fork.tell("cpu.ms", Fork.ownCpu().toNanos() / 1e6);
    // A stack that leaves threads behind must not keep the program from ending.
    System.exit(0);
  }
}
