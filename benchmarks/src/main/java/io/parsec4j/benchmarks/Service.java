// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks;

import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The fake server in a JVM of its own, whose page of hosts all peers ask for. */
public final class Service implements AutoCloseable {
  private static final int OWNERS = 4;

  private final Fork fork;
  private final URI address;
  private final String token;

  private Service(Fork fork, URI address, String token) {
    this.fork = fork;
    this.address = address;
    this.token = token;
  }

  /** Starts it with a page of so many hosts. */
  public static Service start(int hosts) throws IOException {
    Fork fork = Fork.start(List.of(), Service.class, Integer.toString(hosts));
    return new Service(fork, URI.create(fork.required()), fork.required());
  }

  /** Serves until it is ended. */
  public static void main(String... args) throws InterruptedException {
    FakeParsecServer server = FakeParsecServer.start();
    System.out.println(server.baseUri());
    System.out.println(token(server, Integer.parseInt(args[0])));
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Opens the session of an account that sees so many hosts, its own and those of friends. */
  private static String token(FakeParsecServer server, int size) {
    FakeAccount account = server.account("dude@example.com", "secret");
    FakeAccount[] owners = new FakeAccount[OWNERS];
    owners[0] = account;
    for (int i = 1; i < OWNERS; i++) {
      owners[i] = server.account("friend" + i + "@example.com", "secret");
    }
    FakeHost[] hosts = new FakeHost[size];
    for (int i = 0; i < size; i++) {
      hosts[i] = FakeHost.desktop("Host " + i);
      owners[i % OWNERS].owns(hosts[i]);
    }
    account.sees(hosts);
    return account.openSession().id().reveal();
  }

  /** Returns the bytes of a page. */
  public static byte[] page(int hosts) throws IOException, InterruptedException {
    try (FakeParsecServer server = FakeParsecServer.start()) {
      HttpRequest request = HttpRequest.newBuilder(hostsOf(server.baseUri()))
          .header("Authorization", "Bearer " + token(server, hosts))
          .build();
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.ofByteArray())
          .body();
    }
  }

  /** Returns the address that lists the hosts of a session. */
  public static URI hostsOf(URI address) {
    return address.resolve("/v2/hosts");
  }

  /** Returns the base address. */
  public URI address() {
    return address;
  }

  /** Returns the session ID. */
  public String token() {
    return token;
  }

  @Override
  public void close() {
    fork.close();
  }
}
