// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

/** The same on a wire with TLS. */
class FaultWireTlsTest extends FaultWireTest {
  @Override
  FakeParsecServer.Builder builder() {
    return super.builder().tls();
  }
}
