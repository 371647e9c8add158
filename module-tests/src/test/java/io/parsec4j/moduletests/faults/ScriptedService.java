// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static io.parsec4j.testkit.internal.wire.Http1.ok;

import io.parsec4j.testkit.internal.wire.WirePort;
import io.parsec4j.testkit.internal.wire.WireRequest;
import io.parsec4j.testkit.internal.wire.WireScripts;
import io.parsec4j.testkit.internal.wire.WireStep;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A port that does one thing to every request until it is told to do another, and otherwise answers well. */
final class ScriptedService implements AutoCloseable {
  static final WireStep GOOD = (request, peer) -> peer.write(ok(goodAnswer(request.target())));

  private final WirePort port;
  private volatile WireStep step = GOOD;

  ScriptedService() throws IOException {
    port = WirePort.open(WireScripts.perRequest((request, peer) -> step.answer(request, peer)));
  }

  void answersBy(WireStep next) {
    step = next;
  }

  private static String goodAnswer(String target) {
    return switch (target) {
      case "/v1/auth", "/auth/sessions" -> "{\"data\":{\"id\":\"" + Canary.TOKEN + "\"}}";
      case "/auth/codes" ->
        "{\"data\":{\"verification_uri\":\"https://parsec.gg/activate\",\"user_code\":\"ABCD3456\",\"hash\":\""
            + Canary.HASH + "\",\"expires_at\":4102444800,\"interval\":5}}";
      case "/enterprise/sessions" -> "{\"session\":{\"id\":\"" + Canary.TOKEN + "\"}}";
      case "/me" -> "{\"data\":{\"id\":7}}";
      default -> "{\"data\":[{\"peer_id\":\"p\"}],\"has_more\":false}";
    };
  }

  URI address() {
    return port.http("");
  }

  List<WireRequest> requests() {
    return port.requests();
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
