// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

/** Decides what becomes of a request; called by several connections at once. */
@FunctionalInterface
public interface Handler {
  Delivery handle(HttpRequest request);
}
