// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** Retrofit and Jackson. */
final class RetrofitJackson extends RetrofitHosts {
  RetrofitJackson(URI address, String token, int callers) {
    super(
        address,
        token,
        callers,
        JacksonConverterFactory.create(new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)));
  }
}
