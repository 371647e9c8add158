// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.testkit.FakeParsecServer;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** The server of a property, closed by jqwik with the property. */
final class PropertyServer implements Store.CloseOnReset {
  private final FakeParsecServer server = FakeParsecServer.start();

  private PropertyServer() {}

  /** The server of the property that runs on this thread; the first call in a try resets it. */
  static FakeParsecServer current() {
    FakeParsecServer server = Store.getOrCreate(
            PropertyServer.class, Lifespan.PROPERTY, PropertyServer::new)
        .get()
        .server;
    Store<Boolean> isReset = Store.getOrCreate(ResetOfTry.class, Lifespan.TRY, () -> false);
    if (!isReset.get()) {
      server.reset();
      isReset.update(before -> true);
    }
    return server;
  }

  @Override
  public void close() {
    server.close();
  }

  /** The key of what is known of a try. */
  private static final class ResetOfTry {}
}
