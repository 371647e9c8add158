// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp and Moshi, with a pool for all callers. */
final class OkHttpMoshi implements Stack {
  private final OkHttpClient client;
  private final JsonAdapter<Page> adapter = new Moshi.Builder().build().adapter(Page.class);
  private final String hosts;
  private final String token;

  OkHttpMoshi(URI address, String token, int callers) {
    this.client = new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(callers, 5, TimeUnit.MINUTES))
        .build();
    this.hosts = Service.hostsOf(address).toString();
    this.token = token;
  }

  @Override
  public List<String> names() throws IOException {
    Request request = new Request.Builder()
        .url(hosts)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json")
        .build();
    try (Response answer = client.newCall(request).execute()) {
      if (!answer.isSuccessful()) {
        throw new IOException("status " + answer.code());
      }
      return Objects.requireNonNull(adapter.fromJson(answer.body().source())).names();
    }
  }
}
