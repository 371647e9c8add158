// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Converter;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Headers;

/** Retrofit, whatever it reads JSON with. */
class RetrofitHosts implements Stack {
  private final OkHttpClient client;
  private final Api api;
  private final String authorization;

  /** The service as Retrofit is told of it. */
  interface Api {
    @GET("v2/hosts")
    @Headers("Accept: application/json")
    Call<Page> hosts(@Header("Authorization") String authorization);
  }

  RetrofitHosts(URI address, String token, int callers, Converter.Factory json) {
    client = new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(callers, 5, TimeUnit.MINUTES))
        .build();
    api = new Retrofit.Builder()
        .baseUrl(address.resolve("/").toString())
        .client(client)
        .addConverterFactory(json)
        .build()
        .create(Api.class);
    authorization = "Bearer " + token;
  }

  @Override
  public final List<String> names() throws IOException {
    Response<Page> answer = api.hosts(authorization).execute();
    if (!answer.isSuccessful()) {
      throw new IOException("status " + answer.code());
    }
    return Objects.requireNonNull(answer.body()).names();
  }
}
