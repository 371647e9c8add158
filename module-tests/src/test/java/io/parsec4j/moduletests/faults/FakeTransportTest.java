// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsec;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.Fault.Point;
import io.parsec4j.testkit.RequestPattern;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong, a user sees the same of it in memory as over a socket, by either transport. */
class FakeTransportTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofNanos(1);

  static List<Arguments> faultsOfRequests() {
    Stream<Fault> broken = Arrays.stream(Point.values())
        .flatMap(point -> Stream.of(Fault.resetConnection(point), Fault.closeConnection(point)));
    Stream<Fault> stalled =
        Stream.of(Point.BEFORE_HEAD, Point.IN_HEAD, Point.IN_BODY).map(Fault::stall);
    Stream<Fault> others = Stream.of(
        Fault.resetConnection().afterServing(),
        Fault.drip(50, MOMENT),
        Fault.delay(MOMENT),
        Fault.truncatedBody(0),
        Fault.truncatedBody(7),
        Fault.unfinishedChunks(),
        Fault.garbage(),
        Fault.rawAnswer(new byte[0]),
        Fault.rawAnswer("HTTP/1.1 200 OK\r\n\r\n{}".getBytes(StandardCharsets.UTF_8)),
        Fault.rawAnswer("HTTP/1.1 101 Up\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
        Fault.contradictoryLengths(),
        Fault.lengthAndChunks(),
        Fault.tooManyFields(),
        Fault.hugeHeader(60_000),
        Fault.hugeHeader(70_000),
        Fault.hugeHeader(1 << 20),
        Fault.endlessHead(),
        Fault.endlessBody(),
        Fault.hugeBody(60_000),
        Fault.hugeBody(5_000_000),
        Fault.hugeBody(Long.MAX_VALUE),
        Fault.header("Set-Cookie", "a=b").withHeader("Set-Cookie", "c=d"),
        Fault.header("Content-Type", "text/plain"),
        Fault.contentType("text/html"),
        Fault.gzipped(),
        Fault.invalidUtf8(),
        Fault.cutJson(),
        Fault.secondAnswer(),
        Fault.interim(100, 1),
        Fault.interim(103, 8),
        Fault.status(200),
        Fault.status(204),
        Fault.status(304),
        Fault.status(400, "no JSON"),
        Fault.status(401),
        Fault.status(403, "{\"error\":\"code\",\"tfa_required\":true}"),
        Fault.status(500).afterServing(),
        Fault.status(503).withHeader("Retry-After", "1"),
        Fault.status(999),
        Fault.redirect("/elsewhere"),
        Fault.rateLimit(Duration.ofSeconds(1)));
    return Stream.of(broken, stalled, others)
        .flatMap(faults -> faults)
        .flatMap(fault -> Arrays.stream(Way.values()).map(call -> Arguments.of(fault, call)))
        .collect(Collectors.toList());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsOfRequests")
  void ofARequestEndsAlikeEverywhere(Fault fault, Way call) {
    // Always, because the JDK's client repeats a GET in silence if nothing was answered.
    assertAlike(call, fault.toString(), false, fake -> {
      fake.fail(RequestPattern.any(), fault.always());
    });
  }

  static List<Arguments> faultsOfConnections() {
    return Stream.of(
            Fault.resetConnection(),
            Fault.closeConnection(),
            Fault.stall(),
            Fault.refuseConnection(),
            Fault.plainText(),
            Fault.tlsStall(),
            Fault.tlsReset(),
            Fault.tlsClose())
        .flatMap(fault -> Arrays.stream(Way.values()).map(call -> Arguments.of(fault, call)))
        .collect(Collectors.toList());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("faultsOfConnections")
  void ofAConnectionEndsAlikeEverywhere(Fault fault, Way call) {
    assertAlike(call, fault.toString(), true, fake -> fake.failConnections(fault.always()));
  }

  private static void assertAlike(
      Way call, String fault, boolean tls, Consumer<FakeParsec> trouble) {
    Duration limit = fault.contains("tall") ? SHORT : LONG;
    String inMemory;
    try (FakeTransport fake = FakeTransport.create()) {
      inMemory = outcome(fake, fake::clientBuilder, call, limit, trouble);
    }
    for (String name : List.of("jdk", "apache")) {
      FakeParsecServer.Builder builder = FakeParsecServer.builder();
      try (FakeParsecServer fake = (tls ? builder.tls() : builder).start();
          Transport transport = transport(name, fake, tls)) {
        Supplier<ParsecClient.Builder> client =
            () -> ParsecClient.builder().baseUri(fake.baseUri()).transport(transport);
        String onTheWire = outcome(fake, client, call, limit, trouble);
        if (!isLostToAKeptConnection(onTheWire, name, fault)) {
          assertThat(onTheWire).as(name).isEqualTo(inMemory);
        }
      }
    }
  }

  /**
   * Whether the JDK's client has sent the second call on a connection of whose end it had not heard yet. Nothing can keep
   * that from happening where connections are kept, and what may have arrived is not sent again.
   */
  private static boolean isLostToAKeptConnection(String outcome, String transport, String fault) {
    return transport.equals("jdk")
        && fault.contains(Point.AFTER_ANSWER.toString())
        && outcome.equals("SUCCESS, then EXCHANGE");
  }

  private static Transport transport(String name, FakeParsecServer server, boolean tls) {
    TransportOptions.Builder options = TransportOptions.builder().noProxy();
    if (tls) {
      options = options.sslContext(server.clientSslContext());
    }
    return name.equals("jdk")
        ? JdkTransport.create(options.build())
        : ApacheTransport.create(options.build());
  }

  /** The words for what comes of the call, then of another one when the trouble is over. */
  private static String outcome(
      FakeParsec fake,
      Supplier<ParsecClient.Builder> client,
      Way call,
      Duration limit,
      Consumer<FakeParsec> trouble) {
    Session session = fake.account("dude@example.com", Canary.PASSWORD)
        .owns(FakeHost.desktop("LEBOWSKI"))
        .openSession();
    fake.enterpriseKeys(Canary.KEY);
    trouble.accept(fake);
    String during = outcome(client.get().attemptTimeout(limit), call, session);
    fake.clearFaults();
    return during + ", then " + outcome(client.get().attemptTimeout(LONG), call, session);
  }

  private static String outcome(ParsecClient.Builder client, Way call, Session session) {
    try (ParsecClient parsec = client
        .timeout(LONG)
        .timer(new HastyTimer())
        .retryPolicy(RetryPolicy.none())
        .build()) {
      return Outcomes.of(() -> call.go(parsec, session));
    }
  }
}
