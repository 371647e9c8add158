// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static io.parsec4j.transport.apache.Calls.untouchable;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import io.parsec4j.api.spi.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static ProxySelector selecting(Function<URI, List<Proxy>> choice) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return choice.apply(uri);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    };
  }

  private static ApacheTransport through(Proxy.Type type, int port) {
    Proxy proxy = new Proxy(type, InetSocketAddress.createUnresolved("localhost", port));
    return ApacheTransport.builder()
        .proxy(selecting(uri -> List.of(proxy)))
        .sslContext(Certificates.client())
        .build();
  }

  private static void forward(Peer from, int port) throws IOException {
    try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), port)) {
      from.joinTo(onward);
    }
  }

  @Test
  void sendsPlainHttpToTheProxyWithTheWholeAddress() throws Exception {
    try (RawServer proxy = RawServer.answering(OK);
        ApacheTransport transport = through(Proxy.Type.HTTP, proxy.port())) {
      assertThat(text(
              result(transport.send(post(URI.create("http://nowhere.invalid/a%2Fb?c=d"), "x")))))
          .isEqualTo("ok");

      assertThat(proxy.next().request())
          .isEqualTo("POST http://nowhere.invalid/a%2Fb?c=d HTTP/1.1\r\n"
              + "Connection: close\r\nHost: nowhere.invalid\r\nContent-Length: 1\r\n\r\nx");
    }
  }

  @Test
  void tellsTheProxyAnIpv6AddressInBrackets() throws Exception {
    try (RawServer proxy = RawServer.start(peer -> {
          peer.readRequest();
          peer.send(peer.path().startsWith("http") ? OK : "HTTP/1.1 500 x\r\n\r\n");
        });
        ApacheTransport transport = through(Proxy.Type.HTTP, proxy.port())) {
      assertThat(text(result(transport.send(get(URI.create("http://[::1]:81/a"))))))
          .isEqualTo("ok");
      assertThat(failure(transport.send(get(URI.create("https://[::1]:81/a")))).stage())
          .isEqualTo(FailureStage.CONNECT);

      assertThat(proxy.next().request())
          .startsWith("GET http://[::1]:81/a HTTP/1.1\r\n")
          .contains("\r\nHost: [::1]:81\r\n");
      assertThat(proxy.next().request()).startsWith("CONNECT [::1]:81 HTTP/1.1\r\n");
    }
  }

  @Test
  void tunnelsHttpsThroughTheProxyAndKeepsTheHeadersFromIt() throws Exception {
    try (RawServer server = RawServer.startTls(Certificates.server("good"), peer -> {
          peer.readRequest();
          peer.send(OK);
        });
        RawServer proxy = RawServer.start(peer -> {
          peer.readRequest();
          peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
          forward(peer, server.port());
        });
        ApacheTransport transport = through(Proxy.Type.HTTP, proxy.port())) {
      URI uri = URI.create("https://localhost:" + server.port() + "/");

      assertThat(text(result(transport.send(post(uri, "x"))))).isEqualTo("ok");

      String authority = "localhost:" + server.port();
      assertThat(proxy.next().request())
          .isEqualTo("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
      assertThat(server.next().request()).startsWith("POST / HTTP/1.1\r\n").endsWith("\r\n\r\nx");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 403, 407, 502})
  void aRefusedTunnelIsAConnectFailure(int status) throws Exception {
    try (RawServer proxy = RawServer.start(peer -> {
          peer.readRequest();
          peer.send("HTTP/1.1 " + status + " no\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
              + "Location: http://localhost:1/\r\nContent-Length: 1000000\r\n\r\n");
          peer.awaitLeave();
        });
        ApacheTransport transport = through(Proxy.Type.HTTP, proxy.port())) {
      TransportException failure =
          failure(transport.send(untouchable(URI.create("https://nowhere.invalid/"))));

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure)
          .hasMessage("the proxy refused a tunnel to nowhere.invalid:443 with status " + status);
      assertThat(proxy.peers()).hasSize(1);
      result(proxy.next().left());
    }
  }

  @Test
  void aProxyThatSaysNothingSensibleIsAConnectFailure() throws Exception {
    try (RawServer proxy = RawServer.answering("c4n4ry\r\n\r\n");
        ApacheTransport transport = through(Proxy.Type.HTTP, proxy.port())) {
      TransportException failure =
          failure(transport.send(untouchable(URI.create("https://nowhere.invalid/"))));

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure).hasMessageNotContaining("c4n4ry").hasNoCause();
    }
  }

  @Test
  void aProxyThatIsNotThereIsAConnectFailure() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    for (Proxy.Type type : List.of(Proxy.Type.HTTP, Proxy.Type.SOCKS)) {
      try (ApacheTransport transport = through(type, port)) {
        TransportException failure =
            failure(transport.send(untouchable(URI.create("http://nowhere.invalid/"))));

        assertThat(failure.stage()).as("%s", type).isEqualTo(FailureStage.CONNECT);
      }
    }
  }

  @Test
  void aMuteProxyEndsAtTheConnectLimit() throws Exception {
    for (Proxy.Type type : List.of(Proxy.Type.HTTP, Proxy.Type.SOCKS)) {
      try (RawServer mute = RawServer.start(Peer::awaitLeave);
          ApacheTransport transport = ApacheTransport.builder()
              .proxy(selecting(uri -> List.of(
                  new Proxy(type, InetSocketAddress.createUnresolved("localhost", mute.port())))))
              .connectTimeout(Duration.ofMillis(300))
              .build()) {
        TransportException failure =
            failure(transport.send(untouchable(URI.create("https://nowhere.invalid/"))));

        assertThat(failure.stage()).as("%s", type).isEqualTo(FailureStage.TIMEOUT);
        result(mute.next().left());
      }
    }
  }

  @Test
  void lettingASocksProxyLookUpTheName() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (RawServer server = RawServer.answering(OK);
        RawServer proxy = RawServer.start(peer -> {
          asked.complete(peer.acceptSocks5());
          forward(peer, server.port());
        });
        ApacheTransport transport = through(Proxy.Type.SOCKS, proxy.port())) {
      assertThat(text(result(transport.send(get(URI.create("http://nowhere.invalid/"))))))
          .isEqualTo("ok");

      assertThat(result(asked)).isEqualTo("nowhere.invalid:80");
      assertThat(server.next().request()).startsWith("GET / HTTP/1.1\r\n");
    }
  }

  @Test
  void goesStraightWhenTheSelectorSaysSoOrNothing() throws Exception {
    for (List<Proxy> answer :
        java.util.Arrays.asList(List.of(Proxy.NO_PROXY), List.<Proxy>of(), null)) {
      try (RawServer server = RawServer.answering(OK);
          ApacheTransport transport =
              ApacheTransport.builder().proxy(selecting(uri -> answer)).build()) {
        assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
      }
    }
  }

  @Test
  void aSelectorThatFailsIsAConnectFailureWithoutItsText() throws Exception {
    try (ApacheTransport transport = ApacheTransport.builder()
        .proxy(selecting(uri -> {
          throw new IllegalArgumentException("c4n4ry");
        }))
        .build()) {
      TransportException failure =
          failure(transport.send(untouchable(URI.create("http://nowhere.invalid/"))));

      assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
      assertThat(failure)
          .hasMessage("the proxy selector failed: IllegalArgumentException")
          .hasNoCause();
    }
  }

  @Test
  void takesTheProxyOfTheOptions() throws Exception {
    try (RawServer proxy = RawServer.answering(OK)) {
      TransportOptions options = TransportOptions.builder()
          .proxy(ProxySelector.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
          .build();
      try (ApacheTransport transport = ApacheTransport.create(options)) {
        assertThat(text(result(transport.send(get(URI.create("http://nowhere.invalid/"))))))
            .isEqualTo("ok");
      }
    }
  }

  @Test
  void obeysNoSystemPropertyWhenProxiesAreOff() throws Exception {
    String before = System.setProperty("socksProxyHost", "nowhere.invalid");
    String nonProxyBefore = System.setProperty("socksNonProxyHosts", "");
    try (RawServer server = RawServer.answering(OK);
        ApacheTransport transport = ApacheTransport.builder().noProxy().build()) {
      assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
    } finally {
      restore("socksProxyHost", before);
      restore("socksNonProxyHosts", nonProxyBefore);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
