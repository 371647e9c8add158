// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.transport.jdk.JdkTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 over TLS, an explicit choice of the JDK transport, against a real server: nginx, if it is installed. */
class Http2Test {
  @TempDir
  private static Path folder;

  @BeforeAll
  static void needNginx() {
    Assumptions.assumeTrue(
        Nginx.isInstalled(),
        "nginx is not installed (Debian: apt-get install nginx-light), so HTTP/2 is not proved here");
  }

  @Test
  void signsInAndListsOverHttp2WhereItIsChosen() throws Exception {
    try (Nginx nginx = Nginx.start(folder.resolve("chosen"));
        JdkTransport transport =
            JdkTransport.builder().sslContext(nginx.clientContext()).http2().build()) {
      signInAndList(nginx, transport);

      assertThat(nginx.requestLines()).hasSize(21).allMatch(line -> line.endsWith("HTTP/2.0"));
    }
  }

  @Test
  void speaksHttp11WhereItIsNotChosen() throws Exception {
    try (Nginx nginx = Nginx.start(folder.resolve("default"));
        JdkTransport transport =
            JdkTransport.builder().sslContext(nginx.clientContext()).build()) {
      signInAndList(nginx, transport);

      assertThat(nginx.requestLines()).hasSize(21).allMatch(line -> line.endsWith("HTTP/1.1"));
    }
  }

  private static void signInAndList(Nginx nginx, JdkTransport transport) {
    try (ParsecClient parsec =
            ParsecClient.builder().baseUri(nginx.address()).transport(transport).build();
        Credentials credentials = Credentials.of("dude@example.com", "secret".toCharArray())) {
      Session session = parsec.signIn(credentials);
      List<CompletableFuture<List<Host>>> lists = IntStream.range(0, 20)
          .mapToObj(
              i -> parsec.async().hosts(session, HostQuery.any()).thenApply(page -> page.hosts()))
          .collect(Collectors.toList());
      for (CompletableFuture<List<Host>> list : lists) {
        assertThat(list.join()).extracting(Host::name).containsExactly("LEBOWSKI");
      }
    }
  }
}
