// SPDX-License-Identifier: Apache-2.0
/** The transport of parsec4j over java.net.http. */
module io.parsec4j.transport.jdk {
  requires transitive io.parsec4j.api;
  requires java.net.http;
  requires org.slf4j;
  requires static org.jspecify;
}
