// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server for tests that answers a request for hosts with the same 20 of them. */
enum Peer {
  PARSEC_TESTKIT {
    @Override
    Running start() {
      FakeParsecServer server = FakeParsecServer.start();
      FakeAccount account = server.account("dude@example.com", "secret");
      for (int i = 0; i < HOSTS; i++) {
        account.owns(FakeHost.desktop("Host " + i));
      }
      String token = account.openSession().id().reveal();
      return new Running(server.baseUri(), token, server);
    }
  },
  MOCKWEBSERVER {
    @Override
    Running start() throws IOException {
      return mockWebServer(new MockWebServer());
    }
  },
  MOCKWEBSERVER_NODELAY {
    @Override
    Running start() throws IOException {
      MockWebServer server = new MockWebServer();
      server.setServerSocketFactory(new WithoutDelay());
      return mockWebServer(server);
    }
  },
  WIREMOCK {
    @Override
    Running start() {
      WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
      server.start();
      server.stubFor(get(urlPathEqualTo("/v2/hosts"))
          .willReturn(aResponse().withHeader("Content-Type", "application/json").withBody(PAGE)));
      return new Running(URI.create("http://127.0.0.1:" + server.port()), "token", server::stop);
    }
  },
  PLAIN_SOCKET {
    @Override
    Running start() throws IOException {
      PlainServer server = PlainServer.start(PAGE);
      return new Running(URI.create("http://127.0.0.1:" + server.port()), "token", server);
    }
  };

  static final int HOSTS = 20;
  private static final String PAGE = page();

  abstract Running start() throws IOException;

  private static Running mockWebServer(MockWebServer server) throws IOException {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder()
            .code(200)
            .setHeader("Content-Type", "application/json")
            .body(PAGE)
            .build();
      }
    });
    server.start();
    return new Running(URI.create("http://127.0.0.1:" + server.getPort()), "token", server);
  }

  /** The bytes that the first of these servers answers, so that all of them send the same number. */
  private static String page() {
    StringBuilder page = new StringBuilder("{\"data\":[");
    for (int i = 0; i < HOSTS; i++) {
      page.append(i == 0 ? "" : ",")
          .append("{\"peer_id\":\"")
          .append("0123456789abcdefghijklmnopq")
          .append("\",\"user\":{\"id\":1337,\"name\":\"dude\",\"warp\":false,\"external_id\":\"\",")
          .append("\"external_provider\":\"\",\"team_id\":\"\"},\"game_id\":\"\",")
          .append("\"build\":\"150-93b\",\"description\":\"\",\"max_players\":20,")
          .append("\"mode\":\"desktop\",\"name\":\"Host ")
          .append(i)
          .append("\",\"event_name\":\"\",\"players\":0,\"public\":false,")
          .append("\"guest_access\":false,\"online\":true,\"self\":false}");
    }
    return page.append("],\"has_more\":false}").toString();
  }

  /** A server that answers. */
  record Running(URI address, String token, AutoCloseable server) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        server.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Sockets that send at once: without it MockWebServer waits 44 ms for the peer's delayed acknowledgement. */
  private static final class WithoutDelay extends ServerSocketFactory {
    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket() {
        @Override
        public Socket accept() throws IOException {
          Socket socket = super.accept();
          socket.setTcpNoDelay(true);
          return socket;
        }
      };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, java.net.InetAddress address) {
      throw new UnsupportedOperationException();
    }
  }
}
