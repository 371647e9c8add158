// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static io.parsec4j.api.fixture.Bench.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsecClientTest {
  private final Bench bench = new Bench();

  @Nested
  class Requests {
    @Test
    void ofASignInArePostsWithABody() {
      CompletableFuture<Session> call = Bench.signIn(bench.client());

      TransportRequest request = bench.exchange(1).request();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.uri()).isEqualTo(URI.create("https://api.parsecgaming.com/v1/auth"));
      assertThat(request.headers()).hasToString("Headers[Accept, User-Agent, Content-Type]");
      assertThat(request.headers().first("Accept")).contains("application/json");
      assertThat(request.headers().first("User-Agent")).contains("parsec4j");
      assertThat(request.headers().first("Content-Type")).contains("application/json");
      assertThat(request.maxResponseBytes()).isEqualTo(65_536);
      assertThat(request.bodyLength()).hasValue(Bench.EMAIL.length() + Bench.PASSWORD.length() + 3);
      assertThat(bench.exchange(1).openBody()).isEqualTo(Bench.EMAIL + " " + Bench.PASSWORD + " -");
      assertThat(call).isNotDone();
    }

    @Test
    void ofASignInCarryTheCode() {
      CompletableFuture<Session> call =
          bench.client().async().signIn(Bench.credentials().withTfaCode("123456"));

      assertThat(bench.exchange(1).openBody()).endsWith(" 123456");
      assertThat(call).isNotDone();
    }

    @Test
    void forHostsCarryTheSessionInAHeaderAndNoBody() {
      CompletableFuture<HostPage> call = Bench.hosts(bench.client());

      TransportRequest request = bench.exchange(1).request();
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.uri())
          .isEqualTo(URI.create("https://kessel-api.parsecgaming.com/v2/hosts"));
      assertThat(request.headers()).hasToString("Headers[Accept, User-Agent, Authorization]");
      assertThat(request.headers().first("Authorization")).contains("Bearer " + Bench.TOKEN);
      assertThat(request.bodyLength()).isEmpty();
      assertThat(request.maxResponseBytes()).isEqualTo(4 * 1024 * 1024);
      assertThat(call).isNotDone();
    }

    @Test
    void forHostsSayWhichOnes() {
      assertThat(queryOf(HostQuery.any())).isNull();
      assertThat(queryOf(HostQuery.desktop())).isEqualTo("mode=desktop");
      assertThat(queryOf(HostQuery.any().publicOnly())).isEqualTo("public=true");
      assertThat(queryOf(HostQuery.game().privateOnly())).isEqualTo("mode=game&public=false");
      assertThat(queryOf(HostQuery.of(HostMode.of("a&b=ü?#"))))
          .isEqualTo("mode=a%26b%3D%C3%BC%3F%23");
    }

    @Test
    void showTheProgramAndTheLimitThatWereSet() {
      ParsecClient client =
          bench.builder().userAgent("my launcher/1.2").maxHostsBytes(16_777_216).build();

      CompletableFuture<HostPage> call = Bench.hosts(client);

      TransportRequest request = bench.exchange(1).request();
      assertThat(request.headers().first("User-Agent")).contains("my launcher/1.2");
      assertThat(request.maxResponseBytes()).isEqualTo(16_777_216);
      assertThat(call).isNotDone();
    }

    private String queryOf(HostQuery query) {
      CompletableFuture<HostPage> call = bench.client().async().hosts(Bench.session(), query);
      assertThat(call).isNotDone();
      return bench.transport().last().request().uri().getRawQuery();
    }
  }

  @Nested
  class Addresses {
    @ParameterizedTest
    @CsvSource({
      "https://example.com, https://example.com",
      "https://example.com/, https://example.com",
      "https://example.com:8443/api///, https://example.com:8443/api",
      "HTTPS://example.com, HTTPS://example.com",
      "https://example.com:65535, https://example.com:65535",
      "https://example.com/%C3%A4, https://example.com/%C3%A4",
      "https://example.com/ä, https://example.com/%C3%A4",
      "http://localhost:8080, http://localhost:8080",
      "http://LOCALHOST, http://LOCALHOST",
      "http://127.0.0.1:1, http://127.0.0.1:1",
      "http://127.8.9.10, http://127.8.9.10",
      "http://[::1]:99, http://[::1]:99"
    })
    void areTakenWithoutTheSlashesAtTheirEnd(String address, String base) {
      ParsecClient client = bench.builder().baseUri(URI.create(address)).build();

      CompletableFuture<HostPage> hosts = Bench.hosts(client);
      CompletableFuture<Session> signIn = Bench.signIn(client);

      assertThat(bench.exchange(1).request().uri()).hasToString(base + "/v2/hosts");
      assertThat(bench.exchange(2).request().uri()).hasToString(base + "/v1/auth");
      assertThat(hosts).isNotDone();
      assertThat(signIn).isNotDone();
    }

    @Test
    void canBeSetOneByOneAndByName() {
      assertThat(bench.builder().authUri(URI.create("https://a.example")).build())
          .hasToString("ParsecClient[https://a.example/v1/auth,"
              + " https://kessel-api.parsecgaming.com/v2/hosts, timeout 30000 ms]");
      assertThat(bench.builder().hostsUri(URI.create("https://h.example")).build())
          .hasToString("ParsecClient[https://api.parsecgaming.com/v1/auth,"
              + " https://h.example/v2/hosts, timeout 30000 ms]");
      assertThat(bench.builder().service(ServiceAddress.PARSEC_APP).build())
          .hasToString("ParsecClient[https://kessel-api.parsec.app/v1/auth,"
              + " https://kessel-api.parsec.app/v2/hosts, timeout 30000 ms]");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"ftp://example.com", "example.com", "/path", "", "mailto:a@example.com"})
    void mustBeHttps(String address) {
      assertRefused(address, "must begin with https://");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https:///path",
          "https:opaque",
          "https://exa_mple.com",
          "https://example.com:0",
          "https://example.com:65536",
          "http://127.1"
        })
    void mustNameAHostAndAPort(String address) {
      assertRefused(address, "must name a host, and a port from 1 to 65535 if any");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://user:C4NARY@example.com",
          "https://@example.com",
          "https://example.com?",
          "https://example.com/?key=C4NARY",
          "https://example.com#C4NARY"
        })
    void mustBeNothingButHostAndPath(String address) {
      assertRefused(
          address, "must have no user info, query or fragment, only a host and possibly a path");
    }

    @ParameterizedTest
    @CsvSource({
      "http://example.com, example.com",
      "http://localhost.example.com, localhost.example.com",
      "http://127.example.com, 127.example.com",
      "http://128.0.0.1, 128.0.0.1",
      "http://[::2], [::2]"
    })
    void mustBeEncryptedUnlessTheyAreLoopback(String address, String host) {
      assertRefused(
          address,
          "must begin with https:// because passwords are sent to " + host
              + "; if you accept that anybody on the way reads them, call allowInsecure()");
    }

    @Test
    void mayBeInsecureIfTheCallerSaysSo() {
      ParsecClient client = bench
          .builder()
          .baseUri(URI.create("http://example.com"))
          .allowInsecure()
          .build();

      assertThat(client)
          .hasToString("ParsecClient[http://example.com/v1/auth,"
              + " http://example.com/v2/hosts, timeout 30000 ms]");
    }

    @Test
    void ofATransportThatWasHandedInMeansNoOptions() {
      assertThatThrownBy(() ->
              bench.builder().transportOptions(TransportOptions.defaults()).build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("transportOptions is for the transport that is found, but one was handed in:"
              + " give the options to its own builder, or leave transport(...) out");
    }

    @Test
    void givesWayToATransportThatIsHandedInLater() {
      ParsecClient client = ParsecClient.builder()
          .transportOptions(TransportOptions.defaults())
          .transport(bench.transport())
          .codec(new StubCodec())
          .build();

      client.close();

      assertThat(bench.transport().timesClosed()).isZero();
    }

    private void assertRefused(String address, String message) {
      URI uri = URI.create(address);
      assertThatThrownBy(() -> bench.builder().authUri(uri).build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("authUri " + message);
      assertThatThrownBy(() -> bench.builder().hostsUri(uri).build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("hostsUri " + message);
    }
  }

  @Nested
  class Arguments {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 16_777_217})
    void limitTheListOfHosts(int bytes) {
      assertThatThrownBy(() -> ParsecClient.builder().maxHostsBytes(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxHostsBytes must be from 1 to 16777216, was " + bytes);
    }

    @Test
    void mayLimitItToOneByte() {
      CompletableFuture<HostPage> call =
          Bench.hosts(bench.builder().maxHostsBytes(1).build());

      assertThat(bench.exchange(1).request().maxResponseBytes()).isEqualTo(1);
      assertThat(call).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\tb", "ä", "a\u007f"})
    void nameTheProgramInAscii(String userAgent) {
      assertThatThrownBy(() -> ParsecClient.builder().userAgent(userAgent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("userAgent must be visible ASCII and not blank");
    }

    @Test
    void mustNotBeClosedCredentials() {
      Credentials credentials = Bench.credentials();
      credentials.close();
      ParsecClient client = bench.client();

      assertThatThrownBy(() -> client.signIn(credentials))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the credentials were closed, which wiped the password; create new ones");
      assertThatThrownBy(() -> client.async().signIn(credentials))
          .isInstanceOf(IllegalStateException.class);
      assertThat(bench.exchanges()).isZero();
    }

    @Test
    void mayBeClosedAsSoonAsAnAsynchronousSignInHasBegun() {
      Credentials credentials = Bench.credentials();
      CompletableFuture<Session> call = bench.client().async().signIn(credentials);

      credentials.close();

      assertThat(bench.exchange(1).openBody()).contains(Bench.PASSWORD);
      assertThat(call).isNotDone();
    }
  }

  @Test
  void aCodecThatCannotEncodeIsNamedWithoutItsWords() {
    for (RuntimeException problem :
        new RuntimeException[] {new IllegalStateException("C4NARY"), new RuntimeException("C4NARY")
        }) {
      ParsecClient client = bench
          .builder()
          .codec(new NotEncoding(() -> {
            throw problem;
          }))
          .build();

      assertThatThrownBy(() -> client.signIn(Bench.credentials()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the codec " + NotEncoding.class.getName()
              + " could not encode a SignInBody: " + problem.getClass().getName())
          .hasNoCause();
    }
    assertThat(bench.exchanges()).isZero();
  }

  @Test
  void aCodecThatOverflowsTheStackIsNamedToo() {
    ParsecClient client = bench
        .builder()
        .codec(new NotEncoding(() -> {
          throw new StackOverflowError();
        }))
        .build();

    assertThatThrownBy(() -> Bench.signIn(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("java.lang.StackOverflowError");
  }

  @Test
  void aCodecThatEncodesToNullSendsNothing() {
    ParsecClient client = bench.builder().codec(new NotEncoding(() -> null)).build();

    assertThatThrownBy(() -> Bench.signIn(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("java.lang.NullPointerException");
    assertThat(bench.exchanges()).isZero();
  }

  @Test
  void printsItsAddressesAndItsTimeLimit() {
    assertThat(bench.client())
        .hasToString("ParsecClient[https://api.parsecgaming.com/v1/auth,"
            + " https://kessel-api.parsecgaming.com/v2/hosts, timeout 30000 ms]");
  }

  @Test
  void oneClientServesManyCallsAtOnce() {
    ParsecClient client = bench.client();
    CompletableFuture<HostPage> first = Bench.hosts(client);
    CompletableFuture<Session> second = Bench.signIn(client);
    CompletableFuture<HostPage> third = Bench.hosts(client);

    bench.exchange(3).answer(200, "hosts c");
    bench.exchange(2).answer(200, "session b");
    bench.exchange(1).answer(404, "");

    assertThat(failureOf(first)).isInstanceOf(ParsecApiException.class);
    assertThat(second.join().id().reveal()).isEqualTo("b");
    assertThat(third.join().hosts()).hasSize(1);
  }

  private static final class NotEncoding extends StubCodec {
    private final Supplier<byte[]> encoder;

    NotEncoding(Supplier<byte[]> encoder) {
      this.encoder = encoder;
    }

    @Override
    public byte[] encode(Object value) {
      return encoder.get();
    }
  }
}
