// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.net.URI;
import java.util.List;

/**
 * Lists hosts over kept connections, for any number of threads. A stack has a constructor that takes an address, a session
 * ID and the number of its callers, and is given up with its JVM.
 */
@FunctionalInterface
public interface Stack {

  /** Asks for the hosts and returns their names, as far as this stack reads what it gets. */
  List<String> names() throws Exception;

  /** Creates a stack by name, so that the JVM loads no other. */
  static Stack create(String className, URI address, String token, int callers)
      throws ReflectiveOperationException {
    return Class.forName(className)
        .asSubclass(Stack.class)
        .getDeclaredConstructor(URI.class, String.class, int.class)
        .newInstance(address, token, callers);
  }
}
