// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.core5.http.HttpEntity;

/** Apache HttpClient 5 and Jackson. */
final class ApacheJackson extends ApacheHosts {
  private final ObjectMapper mapper =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  ApacheJackson(URI address, String token, int callers) {
    super(address, token, callers, true);
  }

  @Override
  List<String> read(HttpEntity body) throws IOException {
    return mapper.readValue(body.getContent(), Page.class).names();
  }
}
