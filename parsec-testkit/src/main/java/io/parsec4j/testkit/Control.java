// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parsec4j.api.Host;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.internal.Answer;
import io.parsec4j.testkit.internal.Delivery;
import io.parsec4j.testkit.internal.Handler;
import io.parsec4j.testkit.internal.HttpRequest;
import io.parsec4j.testkit.internal.JsonMembers;
import io.parsec4j.testkit.internal.JsonText;
import jakarta.json.stream.JsonGenerator;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The control API of {@link Standalone}: what a test in Java says by method calls, said by requests. */
final class Control implements Handler {
  /** What can be asked for; a part of a path in capitals stands for a name, percent signs decoded. */
  static final List<Route> ROUTES = List.of(
      new Route("GET", "/faults", (control, name, json) -> control.pendingFaults()),
      new Route("POST", "/faults", (control, name, json) -> control.fail(json)),
      new Route("DELETE", "/faults", (control, name, json) -> control.clearFaults()),
      new Route("POST", "/latency", (control, name, json) -> control.latency(json)),
      new Route("POST", "/accounts", (control, name, json) -> control.account(json)),
      new Route("GET", "/accounts/EMAIL/code", (control, name, json) -> control.code(name)),
      new Route("GET", "/auth-codes", (control, name, json) -> control.authCodes()),
      new Route(
          "POST",
          "/auth-codes/approve",
          (control, name, json) -> authCode(control.scenery.decide(json, FakeAccount::approves))),
      new Route(
          "POST",
          "/auth-codes/deny",
          (control, name, json) -> authCode(control.scenery.decide(json, FakeAccount::denies))),
      new Route("POST", "/enterprise-keys", (control, name, json) -> control.enterpriseKeys(json)),
      new Route("POST", "/external-users", (control, name, json) -> control.externalUser(json)),
      new Route("GET", "/hosts", (control, name, json) -> control.hosts()),
      new Route("POST", "/hosts", (control, name, json) -> host(control.scenery.newHost(json))),
      new Route(
          "PATCH",
          "/hosts/PEER_ID",
          (control, name, json) -> host(control.scenery.change(name, json))),
      new Route("DELETE", "/hosts/PEER_ID", (control, name, json) -> control.removeHost(name)),
      new Route("DELETE", "/sessions", (control, name, json) -> control.expireSessions()),
      new Route("POST", "/sessions/revoke", (control, name, json) -> control.revoke(json)),
      new Route("GET", "/requests", (control, name, json) -> control.requests()),
      new Route("DELETE", "/requests", (control, name, json) -> control.clearRequests()),
      new Route("POST", "/reset", (control, name, json) -> control.reset(json)));

  private static final String CONNECTIONS = "connections";

  /** What a fault can meet. */
  static final List<String> TARGETS = Stream.concat(
          Endpoint.names().stream(), Stream.of(CONNECTIONS))
      .collect(Collectors.toUnmodifiableList());

  private static final Answer DONE = Answer.json(204, new byte[0]);

  private final FakeParsec parsec;
  private final boolean tls;
  private final Scenery scenery;

  Control(FakeParsec parsec, boolean tls, Scenery scenery) {
    this.parsec = parsec;
    this.tls = tls;
    this.scenery = scenery;
  }

  /** What a request does. */
  @FunctionalInterface
  private interface Action {
    Answer answer(Control control, String name, JsonMembers json);
  }

  /** One kind of request. */
  static final class Route {
    private final String method;
    private final String path;
    private final Action action;

    private Route(String method, String path, Action action) {
      this.method = method;
      this.path = path;
      this.action = action;
    }

    boolean isAt(String[] parts) {
      String[] own = path.split("/", -1);
      boolean equal = own.length == parts.length;
      for (int i = 0; equal && i < own.length; i++) {
        equal = isName(own[i]) ? !parts[i].isEmpty() : own[i].equals(parts[i]);
      }
      return equal;
    }

    /** What stands where the path has a name; empty if it has none. */
    String name(String[] parts) {
      String[] own = path.split("/", -1);
      for (int i = 0; i < own.length; i++) {
        if (isName(own[i])) {
          return decoded(parts[i]);
        }
      }
      return "";
    }

    private boolean takesBody() {
      return method.equals("POST") || method.equals("PATCH");
    }

    private static boolean isName(String part) {
      return !part.isEmpty() && Character.isUpperCase(part.charAt(0));
    }

    private static String decoded(String text) {
      try {
        // In a path a plus sign is itself.
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the path has a percent sign without two hexadecimal digits", e);
      }
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @Override
  public Delivery handle(HttpRequest request) {
    return Delivery.of(answer(request), request);
  }

  private Answer answer(HttpRequest request) {
    String[] parts = request.path().split("/", -1);
    List<Route> here =
        ROUTES.stream().filter(route -> route.isAt(parts)).collect(Collectors.toList());
    if (here.isEmpty()) {
      return Answer.error(
          404,
          "there is nothing at this path; there is "
              + ROUTES.stream().map(Route::toString).collect(Collectors.joining(", ")));
    }
    for (Route route : here) {
      if (route.method.equals(request.method())) {
        return answer(route, parts, request.body());
      }
    }
    return Answer.methodNotAllowed(
        here.stream().map(route -> route.method).collect(Collectors.joining(", ")));
  }

  private Answer answer(Route route, String[] parts, byte[] body) {
    try {
      JsonMembers json = body.length == 0 ? JsonMembers.of(Map.of()) : JsonText.read(body);
      if (!route.takesBody()) {
        json.requireOnly(List.of());
      }
      return route.action.answer(this, route.name(parts), json);
    } catch (NoSuchElementException e) {
      return Answer.error(404, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return Answer.error(500, String.valueOf(e.getMessage()));
    }
  }

  private Answer pendingFaults() {
    List<Fault> pending = parsec.pendingFaults();
    return ok(json -> {
      json.writeStartArray("pending");
      pending.forEach(fault -> json.write(fault.toString()));
      json.writeEnd();
    });
  }

  private Answer fail(JsonMembers json) {
    String target = json.required("endpoint");
    if (!TARGETS.contains(target)) {
      throw new IllegalArgumentException(
          "endpoint must be " + JsonMembers.anyOf(TARGETS) + ", was " + target);
    }
    Fault fault = Form.make(FaultForms.ALL, "fault", json, "endpoint");
    if (target.equals(CONNECTIONS)) {
      if (!fault.meetsConnections()) {
        throw new IllegalArgumentException(
            "endpoint must be " + JsonMembers.anyOf(Endpoint.names()) + " for " + fault);
      }
      if (fault.kind().scope == FaultKind.Scope.TLS_CONNECTION && !tls) {
        throw new IllegalArgumentException(
            "fault must be one without a handshake, because the server speaks plain HTTP; start it with --tls");
      }
      parsec.failConnections(fault);
    } else {
      if (!fault.meetsRequests()) {
        throw new IllegalArgumentException("endpoint must be connections for " + fault);
      }
      parsec.fail(JsonMembers.constant("endpoint", target, Endpoint.class), fault);
    }
    return pendingFaults();
  }

  private Answer clearFaults() {
    parsec.clearFaults();
    return DONE;
  }

  private Answer latency(JsonMembers json) {
    Latency latency = Form.make(LatencyForms.ALL, "latency", json);
    parsec.latency(latency);
    return ok(answer -> answer.write("latency", latency.toString()));
  }

  private Answer account(JsonMembers json) {
    FakeAccount account = scenery.account(json);
    return ok(answer -> answer.write("email", account.email()).write("userId", account.userId()));
  }

  private Answer code(String email) {
    String code = scenery.code(email);
    return ok(answer -> answer.write("code", code));
  }

  private Answer authCodes() {
    List<FakeAuthCode> codes = parsec.authCodes();
    return ok(json -> {
      json.writeStartArray("authCodes");
      for (FakeAuthCode code : codes) {
        json.writeStartObject();
        write(json, code);
        json.writeEnd();
      }
      json.writeEnd();
    });
  }

  private static Answer authCode(FakeAuthCode code) {
    return ok(json -> write(json, code));
  }

  private static void write(JsonGenerator json, FakeAuthCode code) {
    json.write("userCode", code.userCode())
        .write("gameId", code.gameId())
        .write("state", JsonMembers.nameOf(code.state()));
  }

  private Answer enterpriseKeys(JsonMembers json) {
    json.requireOnly(List.of("keys"));
    scenery.enterpriseKeys(
        json.list("keys").orElseThrow(() -> new IllegalArgumentException("keys is missing")));
    return DONE;
  }

  private Answer externalUser(JsonMembers json) {
    FakeAccount user = scenery.externalUser(json);
    return ok(answer -> answer.write("externalId", user.name()).write("userId", user.userId()));
  }

  private Answer hosts() {
    List<Host> hosts = scenery.hosts();
    return ok(json -> {
      json.writeStartArray("hosts");
      for (Host host : hosts) {
        json.writeStartObject();
        write(json, host);
        json.writeEnd();
      }
      json.writeEnd();
    });
  }

  private static Answer host(Host host) {
    return ok(json -> write(json, host));
  }

  private static void write(JsonGenerator json, Host host) {
    json.write("peerId", host.peerId())
        .write("owner", host.user().orElseThrow().name())
        .write("mode", host.mode().value())
        .write("name", host.name())
        .write("players", host.players())
        .write("maxPlayers", host.maxPlayers())
        .write("public", host.isPublic())
        .write("online", host.online().orElseThrow());
  }

  private Answer removeHost(String peerId) {
    scenery.remove(peerId);
    return DONE;
  }

  private Answer expireSessions() {
    parsec.expireSessions();
    return DONE;
  }

  private Answer revoke(JsonMembers json) {
    json.requireOnly(List.of("session"));
    parsec.revoke(session(json.required("session")));
    return DONE;
  }

  private static SessionId session(String id) {
    try {
      return SessionId.of(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("session must be a session ID", e);
    }
  }

  private Answer requests() {
    List<RecordedRequest> requests = parsec.requests();
    return ok(json -> {
      json.writeStartArray("requests");
      for (RecordedRequest request : requests) {
        json.writeStartObject();
        write(json, request);
        json.writeEnd();
      }
      json.writeEnd();
    });
  }

  /** What {@link RecordedRequest#toString()} shows too: names, and no value that could be a secret. */
  private static void write(JsonGenerator json, RecordedRequest request) {
    json.write("method", request.method()).write("path", request.path());
    request.endpoint().ifPresent(endpoint -> json.write("endpoint", JsonMembers.nameOf(endpoint)));
    json.writeStartArray("query");
    request.maskedParameters().forEach(json::write);
    json.writeEnd();
    json.writeStartArray("headers");
    request.headers().forEach((name, value) -> json.write(name));
    json.writeEnd();
    json.writeStartArray("bodyFields");
    request.bodyFields().keySet().forEach(json::write);
    json.writeEnd();
    request.fault().ifPresent(fault -> json.write("fault", fault.toString()));
    json.write("connection", request.connection());
  }

  private Answer clearRequests() {
    parsec.clearRequests();
    return DONE;
  }

  private Answer reset(JsonMembers json) {
    json.requireOnly(List.of());
    scenery.reset();
    return DONE;
  }

  private static Answer ok(Consumer<JsonGenerator> members) {
    return Answer.json(200, JsonText.write(members));
  }
}
