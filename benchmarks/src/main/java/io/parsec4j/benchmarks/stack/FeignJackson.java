// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.Retryer;
import feign.jackson.JacksonDecoder;
import java.net.URI;
import java.util.List;

/** Feign with the client that it comes with, {@link java.net.HttpURLConnection}, and Jackson. */
final class FeignJackson implements Stack {
  private final Api api;
  private final String token;

  /** The service as Feign is told of it. */
  interface Api {
    @RequestLine("GET /v2/hosts")
    @Headers({"Accept: application/json", "Authorization: Bearer {token}"})
    Page hosts(@Param("token") String token);
  }

  FeignJackson(URI address, String token, int callers) {
    // read by HttpURLConnection when it is first used; it keeps 5 connections otherwise
    System.setProperty("http.maxConnections", Integer.toString(callers));
    this.api = Feign.builder()
        .decoder(new JacksonDecoder())
        .retryer(Retryer.NEVER_RETRY)
        .target(Api.class, address.toString());
    this.token = token;
  }

  @Override
  public List<String> names() {
    return api.hosts(token).names();
  }
}
