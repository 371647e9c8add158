// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

/** Says what becomes of those who connect. */
public interface Door {
  /** Lets everybody in. */
  Door OPEN = new Door() {
    @Override
    public boolean isShut() {
      return false;
    }

    @Override
    public Reception receive() {
      return Reception.SERVED;
    }
  };

  /** Whether nobody can connect from now on. */
  boolean isShut();

  /** Decides about the next connection; called once for each, in the order in which they came. */
  Reception receive();
}
