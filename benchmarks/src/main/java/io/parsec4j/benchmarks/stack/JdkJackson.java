// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The JDK's client as a program would use it, and Jackson. */
final class JdkJackson implements Stack {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private final URI hosts;
  private final String token;

  JdkJackson(URI address, String token, int callers) {
    this.hosts = Service.hostsOf(address);
    this.token = token;
  }

  @Override
  public List<String> names() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(hosts)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json")
        .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return mapper.readValue(answer.body(), Page.class).names();
  }
}
