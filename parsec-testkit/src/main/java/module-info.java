// SPDX-License-Identifier: Apache-2.0
/** A fake Parsec server and what goes with it. */
module io.parsec4j.testkit {
  requires transitive io.parsec4j.api;
  requires jakarta.json;
  requires static net.jqwik.api;
  requires static org.junit.jupiter.api;
  requires static org.slf4j;
  requires static org.jspecify;
}
