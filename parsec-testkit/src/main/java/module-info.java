// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Parsec service for tests: it speaks HTTP on a port of its own and keeps everything in memory.
 *
 * @uses jakarta.json.spi.JsonProvider to read and write JSON, with a library that no client of parsec4j uses
 */
module io.parsec4j.testkit {
  requires transitive io.parsec4j.api;
  requires jakarta.json;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;
  requires static net.jqwik.api;

  exports io.parsec4j.testkit;
  exports io.parsec4j.testkit.contract;
  exports io.parsec4j.testkit.jqwik;
  exports io.parsec4j.testkit.junit;

  // the cases are not public, so that nobody mistakes them for API; JUnit finds them all the same
  opens io.parsec4j.testkit.contract;

  uses jakarta.json.spi.JsonProvider;
}
