// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.mizosoft.methanol.AdapterCodec;
import com.github.mizosoft.methanol.Methanol;
import com.github.mizosoft.methanol.MutableRequest;
import com.github.mizosoft.methanol.adapter.jackson.JacksonAdapterFactory;
import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;

/** Methanol over the JDK's client, and Jackson. */
final class MethanolJackson implements Stack {
  private final Methanol client;
  private final URI hosts;
  private final String token;

  MethanolJackson(URI address, String token, int callers) {
    ObjectMapper mapper =
        new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    this.client = Methanol.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .adapterCodec(AdapterCodec.newBuilder()
            .decoder(JacksonAdapterFactory.createJsonDecoder(mapper))
            .build())
        .build();
    this.hosts = Service.hostsOf(address);
    this.token = token;
  }

  @Override
  public List<String> names() throws IOException, InterruptedException {
    HttpResponse<Page> answer = client.send(
        MutableRequest.GET(hosts).header("Authorization", "Bearer " + token), Page.class);
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return answer.body().names();
  }
}
