// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeParsecServerTest {
  private static final String SECRET = "the-rug-really-tied-the-room-together";

  private final FakeParsecServer server = FakeParsecServer.start();
  private final Web web = new Web(server);

  @AfterEach
  void stop() {
    server.close();
  }

  @Nested
  class Address {
    @Test
    void isOnTheLoopbackInterfaceAndHasNoSlashAtItsEnd() {
      assertThat(server.baseUri().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
      assertThat(server).hasToString("FakeParsecServer[" + server.baseUri() + "]");
    }

    @Test
    void isOfThePortThatWasAskedFor() {
      int port = server.baseUri().getPort();
      server.close();

      try (FakeParsecServer again = FakeParsecServer.builder().port(port).start()) {
        assertThat(again.baseUri()).isEqualTo(server.baseUri());
      }
    }

    @Test
    void ofAllInterfacesIsThatOfTheLoopbackOne() throws IOException {
      FakeParsecServer.Builder builder =
          FakeParsecServer.builder().bindAddress(InetAddress.getByAddress(new byte[4]));

      try (FakeParsecServer everywhere = builder.start()) {
        assertThat(everywhere.baseUri().getHost()).isEqualTo("127.0.0.1");
        assertThat(new Web(everywhere).signIn("e", "p").statusCode()).isEqualTo(403);
      }
    }

    @Test
    void ofInternetProtocol6StandsInBrackets() {
      assertThat(FakeParsecServer.uri(false, address6(), 80))
          .isEqualTo(URI.create("http://[fe80:0:0:0:0:0:0:1]:80"));
    }

    private InetAddress address6() {
      byte[] bytes = new byte[16];
      bytes[0] = (byte) 0xfe;
      bytes[1] = (byte) 0x80;
      bytes[15] = 1;
      try {
        return Inet6Address.getByAddress(null, bytes, 7);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void thatIsTakenIsNamedInTheError() {
      FakeParsecServer.Builder builder =
          FakeParsecServer.builder().port(server.baseUri().getPort());

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(builder::start)
          .withMessageStartingWith(
              "cannot listen on 127.0.0.1:" + server.baseUri().getPort() + ": ");
    }
  }

  @Nested
  class Settings {
    private final FakeParsecServer.Builder builder = FakeParsecServer.builder();

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refuseAPortOutOfRange(int port) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.port(port))
          .withMessage("port must be 0 to 65535, was " + port);
    }

    @Test
    void refuseANegativeCap() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.hostCap(-1))
          .withMessage("hostCap must be 0 to 2147483647, was -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 11})
    void refuseASkewOutOfRange(int steps) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.totpSkewSteps(steps))
          .withMessage("totpSkewSteps must be 0 to 10, was " + steps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT876000H0.000000001S"})
    void refuseALifetimeOutOfRange(String lifetime) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.sessionLifetime(Duration.parse(lifetime)))
          .withMessage("sessionLifetime must be positive and at most PT876000H, was " + lifetime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT876000H0.000000001S"})
    void refuseALifetimeOfAuthCodesOutOfRange(String lifetime) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.authCodeLifetime(Duration.parse(lifetime)))
          .withMessage("authCodeLifetime must be positive and at most PT876000H, was " + lifetime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5S", "PT0.999S", "PT1.5S", "PT30M1S", "PT30M0.000000001S"})
    void refuseAnIntervalThatIsNotWholeSecondsUpToThirtyMinutes(String interval) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.authCodeInterval(Duration.parse(interval)))
          .withMessage(
              "authCodeInterval must be whole seconds from PT1S to PT30M, was " + interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT30M"})
    void takeAnIntervalFromASecondToThirtyMinutes(String interval) {
      assertThat(builder.authCodeInterval(Duration.parse(interval)).settings().authCodeInterval)
          .isEqualTo(Duration.parse(interval));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 402})
    void refuseAnotherStatus(int status) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.invalidSessionStatus(status))
          .withMessage("status must be 401 or 403, was " + status);
    }

    @Test
    void refuseNull() {
      assertThatNullPointerException().isThrownBy(() -> builder.clock(null)).withMessage("clock");
      assertThatNullPointerException()
          .isThrownBy(() -> builder.dialect(null))
          .withMessage("dialect");
      assertThatNullPointerException()
          .isThrownBy(() -> builder.bindAddress(null))
          .withMessage("bindAddress");
    }

    @Test
    void makeTheSameIdsOfTheSameSeed() {
      assertThat(ids(7))
          .isEqualTo(ids(7))
          .doesNotContainAnyElementsOf(ids(8))
          .doesNotHaveDuplicates();
    }

    private List<String> ids(long seed) {
      try (FakeParsecServer seeded = FakeParsecServer.builder().seed(seed).start()) {
        FakeHost host = FakeHost.desktop("h");
        FakeAccount account = seeded.account("e", "p").owns(host);
        Session session = account.openSession();
        return List.of(
            host.peerId(),
            session.id().reveal(),
            session.instanceId().orElseThrow(),
            session.hostPeerId().orElseThrow());
      }
    }

    @Test
    void makeOtherIdsForEachServerIfThereIsNoSeed() {
      try (FakeParsecServer other = FakeParsecServer.start()) {
        SessionId foreign = other.account("e", "p").openSession().id();
        SessionId own = server.account("e", "p").openSession().id();

        assertThat(foreign).isNotEqualTo(own);
        assertThat(web.hosts(foreign, "").statusCode()).isEqualTo(401);
        assertThat(web.hosts(own, "").statusCode()).isEqualTo(200);
      }
    }
  }

  @Nested
  class Enterprises {
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "caf\u00e9"})
    void haveKeysOfVisibleCharacters(String key) {
      server.enterpriseKeys("good");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.enterpriseKeys("other", key))
          .withMessage("a key must be visible ASCII characters, at least one");
      assertThat(web.enterpriseSession("good", "walter").statusCode()).isEqualTo(201);
    }

    @Test
    void mayNameAKeyTwice() {
      server.enterpriseKeys("good", "good");

      assertThat(web.enterpriseSession("good", "walter").statusCode()).isEqualTo(201);
    }

    @Test
    void nameTheirUsers() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.externalUser(""))
          .withMessage("externalId must not be empty");
      assertThatNullPointerException()
          .isThrownBy(() -> server.externalUser(null))
          .withMessage("externalId");
    }
  }

  @Nested
  class Requests {
    @Test
    void areRecordedWhateverTheyAreAnswered() {
      server.account("dude@example.com", SECRET);
      assertThat(web.signIn("dude@example.com", "wrong").statusCode()).isEqualTo(403);
      assertThat(web.send(web.request("/v2/hosts/?mode=game")).statusCode()).isEqualTo(401);
      assertThat(web.send(web.request("/nowhere")).statusCode()).isEqualTo(404);
      assertThat(web.send(web.request("/v1/auth")).statusCode()).isEqualTo(405);

      assertThat(server.requests()).hasSize(4);
      assertThat(server.requests(Endpoint.SIGN_IN))
          .extracting(RecordedRequest::method)
          .containsExactly("POST", "GET");
      assertThat(server.requests(Endpoint.HOSTS))
          .extracting(RecordedRequest::path, RecordedRequest::query)
          .containsExactly(tuple("/v2/hosts/", "mode=game"));
      assertThat(server.requests().get(2).endpoint()).isEmpty();
    }

    @Test
    void holdWhatWasSent() {
      assertThat(web.signIn("dude@example.com", SECRET, "123456").statusCode()).isEqualTo(403);

      RecordedRequest request = server.requests().get(0);
      assertThat(request.endpoint()).contains(Endpoint.SIGN_IN);
      assertThat(request.bodyFields())
          .containsEntry("email", "dude@example.com")
          .containsEntry("password", SECRET)
          .containsEntry("tfa", "123456")
          .hasSize(3);
      assertThat(request.headers().first("content-type")).contains("application/json");
      assertThat(request.connection()).isPositive();
      assertThat(new String(request.body(), UTF_8)).startsWith("{\"email\":");
    }

    @Test
    void showTheFirstValueOfAParameter() {
      assertThat(web.send(web.request("/v2/hosts?mode=%67ame&mode=desktop")).statusCode())
          .isEqualTo(401);

      RecordedRequest request = server.requests().get(0);
      assertThat(request.parameter("mode")).contains("game");
      assertThat(request.parameter("public")).isEmpty();
    }

    @Test
    void showTheSessionThatTheyCameWith() {
      SessionId session = server.account("e", "p").openSession().id();
      assertThat(web.hosts(session, "").statusCode()).isEqualTo(200);
      for (String other : List.of("Basic YTpi", "Bearer ", "Bearer a b", "bearer abc")) {
        assertThat(web.send(web.request("/v2/hosts").header("Authorization", other))
                .statusCode())
            .isEqualTo(401);
      }

      assertThat(server.requests(Endpoint.HOSTS))
          .extracting(RecordedRequest::sessionId)
          .containsExactly(
              Optional.of(session),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
    }

    @Test
    void cannotBeChanged() {
      assertThat(web.signIn("{}").statusCode()).isEqualTo(400);

      server.requests().get(0).body()[0] = 'x';

      assertThat(server.requests().get(0).body()).isEqualTo("{}".getBytes(UTF_8));
    }

    @Test
    void haveNoFieldsIfTheBodyIsNotAnObject() {
      assertThat(web.signIn("[1]").statusCode()).isEqualTo(400);
      assertThat(web.send(web.request("/v2/hosts")).statusCode()).isEqualTo(401);

      assertThat(server.requests()).extracting(RecordedRequest::bodyFields).allMatch(Map::isEmpty);
    }

    @Test
    void printNoSecret() {
      SessionId session =
          server.account("dude@example.com", SECRET).openSession().id();
      assertThat(web.signIn("dude@example.com", SECRET, "123456").statusCode()).isEqualTo(200);
      assertThat(web.hosts(
                  session,
                  "?mode=game&public=true&token=" + session.reveal() + "&" + session.reveal())
              .statusCode())
          .isEqualTo(200);

      String printed = server.requests().toString();
      assertThat(printed)
          .contains("RecordedRequest[POST /v1/auth, ")
          .contains("body [email, password, tfa], connection 1]")
          .contains("RecordedRequest[GET /v2/hosts?mode=game&public=true&\u2026&\u2026, Headers[")
          .containsIgnoringCase("authorization")
          .doesNotContain(SECRET, "123456", session.reveal());
    }

    @Test
    void canBeForgotten() {
      assertThat(web.signIn("{}").statusCode()).isEqualTo(400);

      server.clearRequests();

      assertThat(server.requests()).isEmpty();
      assertThat(server.requests(Endpoint.SIGN_IN)).isEmpty();
    }

    @Test
    void areKeptAfterTheEnd() {
      assertThat(web.signIn("{}").statusCode()).isEqualTo(400);

      server.close();

      assertThat(server.requests()).hasSize(1);
    }

    @Test
    void dropTheOldestBeyondTenThousand() throws IOException {
      try (Wire wire = new Wire(server)) {
        for (int i = 0; i < 1_001; i++) {
          int first = i * 10;
          StringBuilder requests = new StringBuilder();
          for (int n = first; n < first + 10; n++) {
            requests.append("GET /").append(n).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
          }
          wire.send(requests.toString());
          for (int n = 0; n < 10; n++) {
            assertThat(wire.answer()).startsWith("HTTP/1.1 404 ");
          }
        }
      }

      assertThat(server.requests()).hasSize(10_000);
      assertThat(server.requests().get(0).path()).isEqualTo("/10");
      assertThat(server.requests().get(9_999).path()).isEqualTo("/10009");
    }
  }

  @Nested
  class Accounts {
    @Test
    void areMadeOncePerAddress() {
      FakeAccount first = server.account("e", "old");

      FakeAccount second = server.account("e", "new");

      assertThat(second).isSameAs(first);
      assertThat(web.signIn("e", "old").statusCode()).isEqualTo(403);
      assertThat(web.signIn("e", "new").statusCode()).isEqualTo(200);
    }

    @Test
    void areRefusedWithoutAddressOrPassword() {
      assertThatNullPointerException()
          .isThrownBy(() -> server.account(null, "p"))
          .withMessage("email");
      assertThatNullPointerException()
          .isThrownBy(() -> server.account("e", null))
          .withMessage("password");
    }
  }

  @Nested
  class Clients {
    @Test
    void sayWhatIsMissingIfThereIsNoTransport() {
      assertThatExceptionOfType(ParsecConfigurationException.class).isThrownBy(server::client);
    }

    @Test
    void areNotMadeByAServerThatIsClosed() {
      server.close();

      assertThatIllegalStateException()
          .isThrownBy(server::client)
          .withMessage("the server is closed; start a new one");
    }

    @Test
    void haveTheServersAddress() {
      List<TransportRequest> sent = new CopyOnWriteArrayList<>();
      Transport transport = request -> {
        sent.add(request);
        return new CompletableFuture<>();
      };
      Codec codec = new NoCodec();
      try (ParsecClient client =
          server.clientBuilder().transport(transport).codec(codec).build()) {
        CompletableFuture<HostPage> unanswered =
            client.async().hosts(Session.of(SessionId.of("abc")), HostQuery.any());

        assertThat(unanswered).isNotDone();
      }

      assertThat(sent)
          .singleElement()
          .satisfies(request ->
              assertThat(request.uri().toString()).startsWith(server.baseUri() + "/v2/hosts"));
    }
  }

  /** Never asked: no answer comes. */
  private static final class NoCodec implements Codec {
    @Override
    public byte[] encode(Object value) {
      throw new AssertionError("nothing is to be sent");
    }

    @Override
    public <T> T decode(byte[] json, Class<T> type) {
      throw new AssertionError("nothing is to be read");
    }
  }

  @Test
  void changesOfStateMeetTheNextRequest() {
    FakeHost host = FakeHost.desktop("h");
    FakeAccount account = server.account("e", "p").owns(host);
    SessionId session = account.openSession().id();

    assertThat(web.hosts(session, "").body()).contains("\"players\":0");
    host.players(3);
    assertThat(web.hosts(session, "").body()).contains("\"players\":3");
    account.ownsNoMore(host);
    assertThat(web.hosts(session, "").body()).isEqualTo("{\"data\":[],\"has_more\":false}");
    server.revoke(session);
    assertThat(web.hosts(session, "").statusCode()).isEqualTo(401);
  }
}
