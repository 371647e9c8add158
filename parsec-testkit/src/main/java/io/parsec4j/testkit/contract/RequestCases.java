// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.testkit.internal.wire.Http1;
import io.parsec4j.testkit.internal.wire.WireConnection;
import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireRequest;
import io.parsec4j.testkit.internal.wire.WireScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cases 1xx: what is put on the wire. */
abstract class RequestCases extends ContractCases {
  private static final int ALL_BYTE_VALUES = 256;

  /** HTTP demands or expects these; everything else must have been asked for. */
  private static final Set<String> ADDED_BY_RIGHT =
      Set.of("host", "content-length", "connection", "user-agent");

  RequestCases(TransportContract contract) {
    super(contract);
  }

  @Test
  void must_T101_sendTargetAndQueryExactlyAsGiven() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("")));
    Transport transport = transport();
    List<String> targets = List.of(
        "/",
        "/v2/hosts",
        "/v2/hosts/",
        "/v2/hosts?mode=desktop&public=false",
        "/a%2Fb/%c3%a9?q=%20+%26&empty=&flag",
        "/a//b;v=1/@:!$'()*,=~?x=/?y");

    for (String target : targets) {
      answer(transport, get(port.http(target)), "a GET must be answered");
    }

    List<String> arrived = new ArrayList<>();
    port.requests().forEach(request -> arrived.add(request.target()));
    assertEquals(targets, arrived, "target and query must be sent as given, without re-encoding");
  }

  @Test
  void must_T102_sendAGetWithoutBodyAndLength() throws Exception {
    WirePort port = port(answeringOk());

    WireRequest request = sent(port, get(port.http("/v2/hosts")));

    assertEquals("GET /v2/hosts HTTP/1.1", request.requestLine(), "a GET must be sent as HTTP/1.1");
    assertEquals(
        List.of(),
        request.headers().all("Transfer-Encoding"),
        "a request without a body must not announce one");
    assertTrue(
        List.of(List.of(), List.of("0")).contains(request.headers().all("Content-Length")),
        "a request without a body must not announce a length, unless it is 0");
  }

  @Test
  void must_T103_sendTheBytesOfTheBodyUnchangedAndTheirNumber() throws Exception {
    WirePort port = port(answeringOk());
    Transport transport = transport();
    for (int size : new int[] {1, ALL_BYTE_VALUES, 16_384, 65_537, 300_000}) {
      byte[] body = patterned(size);
      CountedBody counted = CountedBody.of(body);
      int before = port.requests().size();

      answer(transport, post(port.http("/v1/auth"), counted), "a POST must be answered");

      WireRequest request = port.requests().get(before);
      assertEquals("POST /v1/auth HTTP/1.1", request.requestLine(), "the method must be kept");
      assertEquals(
          List.of(Integer.toString(size)),
          request.headers().all("Content-Length"),
          "the length of a body must be announced, once and exactly");
      assertArrayEquals(body, request.body(), "the bytes of a body must be sent unchanged");
      counted.assertAskedOnce();
    }
  }

  @Test
  void must_T104_announceAnEmptyBodyAsLengthZero() throws Exception {
    CountedBody empty = CountedBody.of("");
    WirePort port = port(answeringOk());

    WireRequest request = sent(port, post(port.http("/v1/auth"), empty));

    assertEquals(
        List.of("0"),
        request.headers().all("Content-Length"),
        "an empty body must be announced as Content-Length: 0");
    empty.assertAskedAtMostOnce();
  }

  @Test
  void must_T105_sendHeaderValuesExactlyAndRepeatedOnesInOrder() throws Exception {
    WirePort port = port(answeringOk());
    TransportRequest given = TransportRequest.builder("GET", port.http("/"))
        .header("X-Repeated", "second, first")
        .header("Authorization", "Bearer ~!@#$%^&*()_+-=[]{}|;:',.<>?/`\"")
        .header("x-repeated", "first")
        .header("Accept", "application/json")
        .header("X-Blanks", "a  b\tc")
        .header("X-Repeated", "third")
        .build();

    Headers arrived = sent(port, given).headers();

    assertEquals(
        List.of("second, first", "first", "third"),
        arrived.all("X-Repeated"),
        "repeated fields must keep their order");
    for (String name : List.of("Authorization", "Accept", "X-Blanks")) {
      assertEquals(
          given.headers().all(name), arrived.all(name), name + " must be sent once, as given");
    }
  }

  @Test
  void must_T106_keepTheOrderOfFieldsOfDifferentNames() throws Exception {
    List<String> names = List.of("X-Zebra", "Accept", "X-Middle", "Authorization", "X-Alpha");
    WirePort port = port(answeringOk());
    TransportRequest.Builder given = TransportRequest.builder("GET", port.http("/"));
    for (String name : names) {
      given = given.header(name, "1");
    }

    List<String> arrived = new ArrayList<>(sent(port, given.build()).fieldNames());
    arrived.retainAll(names);

    if (can(TransportCapability.FIELD_ORDER)) {
      assertEquals(names, arrived, "fields must be sent in the order in which they were given");
    } else {
      assertEquals(
          new TreeSet<>(names),
          new TreeSet<>(arrived),
          "all fields must be sent as they are named");
    }
  }

  @Test
  void must_T107_sendOneHostFieldWithItsPort() throws Exception {
    WirePort port = port(answeringOk());

    WireRequest request = sent(port, get(port.http("/")));

    assertEquals(
        List.of("127.0.0.1:" + port.number()),
        request.headers().all("Host"),
        "there must be one Host field, with the port if it is not the default");
  }

  @Test
  void must_T108_addNothingThatWasNotAskedFor() throws Exception {
    WirePort port = port(answeringOk());
    for (TransportRequest request : List.of(
        TransportRequest.builder("GET", port.http("/"))
            .header("User-Agent", "contract/1")
            .build(),
        TransportRequest.builder("POST", port.http("/"))
            .header("User-Agent", "contract/1")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(new byte[] {1})
            .build())) {
      WireRequest arrived = sent(port, request);
      Set<String> added = new TreeSet<>();
      for (String name : arrived.fieldNames()) {
        if (request.headers().first(name).isEmpty()) {
          added.add(name.toLowerCase(Locale.ROOT));
        }
      }
      added.removeAll(ADDED_BY_RIGHT);

      assertEquals(
          Set.of(),
          added,
          "a transport adds only what HTTP demands: no Accept-Encoding, Cookie, Upgrade, Expect");
      assertEquals(
          List.of("contract/1"),
          arrived.headers().all("User-Agent"),
          "a User-Agent that was given must not be changed or doubled");
      assertTrue(
          arrived.headers().all("Connection").stream()
              .allMatch(
                  value -> value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")),
          "Connection must not offer another protocol");
    }
  }

  @Test
  void must_T109_sendOtherMethodsAsTheyAre() throws Exception {
    WirePort port = port(answeringOk());

    for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
      WireRequest request = sent(
          port,
          TransportRequest.builder(method, port.http("/x"))
              .body(Http1.bytes("body"))
              .build());

      assertEquals(method, request.method(), "the method must be kept");
      assertArrayEquals(Http1.bytes("body"), request.body(), "every method may carry a body");
    }
  }

  @Test
  void must_T110_sendNoBodyByteIfTheBodyIsRefused() throws Exception {
    WirePort port = port(WireScripts.answering(Http1.ok("")));
    Transport transport = transport();
    CountedBody refusing = CountedBody.refusing("secret-body");

    failure(
        transport,
        post(port.http("/v1/auth"), refusing),
        "an exchange must fail if its body is refused",
        FailureStage.CONNECT,
        FailureStage.EXCHANGE);

    assertAllEnded(port, "an exchange whose body is refused must be closed");
    assertEquals(List.of(), port.requests(), "no request may be sent to its end");
    for (WireConnection connection : port.connections()) {
      assertEquals(
          -1,
          Http1.text(connection.received()).indexOf("secret"),
          "no byte of a refused body may be sent");
    }
    assertBody(
        "",
        answer(transport, get(port.http("/")), "the next exchange must not suffer"),
        "the next exchange must not suffer");
  }

  private WireRequest sent(WirePort port, TransportRequest request) {
    int before = port.requests().size();
    answer(transport(), request, "a request must be answered");
    assertEquals(before + 1, port.requests().size(), "a request must be sent once");
    return port.requests().get(before);
  }
}
