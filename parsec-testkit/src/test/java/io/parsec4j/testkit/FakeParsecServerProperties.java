// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.HostMode;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What holds of the server as a whole whatever arrives on its port. */
class FakeParsecServerProperties {
  private FakeParsecServer server = FakeParsecServer.start();

  @BeforeProperty
  void start() {
    server.close();
    server = FakeParsecServer.start();
  }

  @AfterProperty
  void stop() {
    server.close();
  }

  @Provide
  Arbitrary<byte[]> noise() {
    Arbitrary<byte[]> start = Arbitraries.of(
            "",
            "\r\n",
            "GET /v2/hosts HTTP/1.1\r\nHost: h\r\n",
            "GET /v2/hosts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ",
            "POST /v1/auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"email\":",
            "POST /v1/auth HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        .map(text -> text.getBytes(ISO_8859_1));
    Arbitrary<byte[]> rest = Arbitraries.bytes().array(byte[].class).ofMaxSize(2_000);
    return Combinators.combine(start, rest).as(FakeParsecServerProperties::joined);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Property(tries = 300)
  void survivesAnyBytesAndEndsTheirConnection(@ForAll("noise") byte[] bytes) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send(bytes);
      wire.end();

      assertThat(wire.rest()).matches("(?s)(HTTP/1\\.1 [1-5][0-9][0-9] .*)?");
    }
    try (Wire wire = new Wire(server)) {
      assertThat(wire.exchange("GET /v2/hosts HTTP/1.1\r\nHost: h\r\n\r\n"))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Property(tries = 300)
  void answersAnyBodyWithAStatusOfItsRules(@ForAll @Size(max = 200) byte[] body)
      throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send(
          "POST /v1/auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length + "\r\n\r\n");
      wire.send(body);

      assertThat(wire.answer()).startsWith("HTTP/1.1 400 ").contains("{\"error\":\"");
    }
  }

  @Property(tries = 300)
  void refusesEveryPrefixOfABody(
      @ForAll @StringLength(max = 20) String email, @ForAll("cut") int cut) {
    String body =
        "{\"email\":" + quoted(email) + ",\"x\":{\"y\":[1,{\"z\":null}]},\"password\":\"p\"}";

    assertThat(new Web(server)
            .signIn(body.substring(0, Math.min(cut, body.length() - 1)))
            .statusCode())
        .isEqualTo(400);
    assertThat(new Web(server).signIn(body).statusCode()).isEqualTo(403);
  }

  @Provide
  Arbitrary<Integer> cut() {
    return Arbitraries.integers().between(0, 80);
  }

  /** Escapes everything, so that the text has no half characters of its own. */
  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> String.format("\\u%04x", c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  @Provide
  Arbitrary<String> texts() {
    // Half characters have no form in UTF-8, so that no service can tell them in a name.
    return Arbitraries.strings()
        .ofMaxLength(20)
        .filter(text -> text.chars().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
  }

  @Property(tries = 300)
  void tellsNamesAsTheyWereGiven(
      @ForAll("texts") String name,
      @ForAll("texts") String description,
      @ForAll("texts") String displayName) {
    FakeAccount account = server.account("e", "p").displayName(displayName);
    FakeHost host = FakeHost.of(HostMode.GAME, name).description(description);
    account.owns(host);

    List<JsonObject> hosts = Web.json(
            new Web(server).hosts(account.openSession().id(), ""))
        .getJsonArray("data")
        .getValuesAs(JsonObject.class);

    account.ownsNoMore(host);
    assertThat(hosts).hasSize(1);
    assertThat(hosts.get(0).getString("name")).isEqualTo(name);
    assertThat(hosts.get(0).getString("description")).isEqualTo(description);
    assertThat(hosts.get(0).getJsonObject("user").getString("name")).isEqualTo(displayName);
  }
}
