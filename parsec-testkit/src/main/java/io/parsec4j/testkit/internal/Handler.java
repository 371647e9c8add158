// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

/** Decides what a request is answered; called by several connections at once. */
@FunctionalInterface
public interface Handler {
  Answer handle(HttpRequest request);
}
