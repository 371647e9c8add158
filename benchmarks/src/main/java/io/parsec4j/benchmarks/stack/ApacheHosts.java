// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpEntity;

/** Apache HttpClient 5, classic, with a pool for all callers. */
abstract class ApacheHosts implements Stack {
  private final CloseableHttpClient client;
  private final URI hosts;
  private final String token;

  ApacheHosts(URI address, String token, int callers, boolean keep) {
    this.client = HttpClients.custom()
        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(callers)
            .setMaxConnTotal(callers)
            .build())
        .setConnectionReuseStrategy((request, response, context) -> keep)
        .build();
    this.hosts = Service.hostsOf(address);
    this.token = token;
  }

  abstract List<String> read(HttpEntity body) throws IOException;

  @Override
  public final List<String> names() throws IOException {
    HttpGet request = new HttpGet(hosts);
    request.addHeader("Authorization", "Bearer " + token);
    request.addHeader("Accept", "application/json");
    return client.execute(request, answer -> {
      if (answer.getCode() != 200) {
        throw new IOException("status " + answer.getCode());
      }
      return read(answer.getEntity());
    });
  }
}
