// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5, the body thrown away. */
class ApacheDiscarding extends ApacheHosts {
  ApacheDiscarding(URI address, String token, int callers) {
    this(address, token, callers, true);
  }

  ApacheDiscarding(URI address, String token, int callers, boolean keep) {
    super(address, token, callers, keep);
  }

  @Override
  final List<String> read(HttpEntity body) throws IOException {
    EntityUtils.consume(body);
    return List.of();
  }
}
