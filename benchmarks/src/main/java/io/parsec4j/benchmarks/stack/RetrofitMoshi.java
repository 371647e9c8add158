// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.net.URI;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** Retrofit and Moshi. */
final class RetrofitMoshi extends RetrofitHosts {
  RetrofitMoshi(URI address, String token, int callers) {
    super(address, token, callers, MoshiConverterFactory.create());
  }
}
