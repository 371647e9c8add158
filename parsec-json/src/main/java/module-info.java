// SPDX-License-Identifier: Apache-2.0
/** The JSON codec of parsec4j over Jakarta JSON Binding. */
module io.parsec4j.json {
  requires transitive io.parsec4j.api;
  requires jakarta.json;
  requires jakarta.json.bind;
  requires org.eclipse.yasson;
  requires org.slf4j;
  requires static org.jspecify;
}
