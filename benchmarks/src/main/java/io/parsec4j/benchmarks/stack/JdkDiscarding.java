// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The JDK's client at its best, which nobody may use like this: all on its I/O thread, the body thrown away. */
final class JdkDiscarding implements Stack {
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .executor(Runnable::run)
      .build();
  private final HttpRequest request;

  JdkDiscarding(URI address, String token, int callers) {
    request = HttpRequest.newBuilder(Service.hostsOf(address))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  @Override
  public List<String> names() throws IOException, InterruptedException {
    HttpResponse<Void> unused = client.send(request, HttpResponse.BodyHandlers.discarding());
    return List.of();
  }
}
