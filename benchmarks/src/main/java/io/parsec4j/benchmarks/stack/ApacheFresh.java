// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.net.URI;

/** Apache HttpClient 5 with a new connection for each call, as the library uses it; the body thrown away. */
final class ApacheFresh extends ApacheDiscarding {
  ApacheFresh(URI address, String token, int callers) {
    super(address, token, callers, false);
  }
}
