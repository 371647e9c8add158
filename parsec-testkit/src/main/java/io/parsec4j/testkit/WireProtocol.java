// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parsec4j.api.Account;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.internal.Answer;
import io.parsec4j.testkit.internal.HttpRequest;
import io.parsec4j.testkit.internal.JsonMembers;
import io.parsec4j.testkit.internal.JsonText;
import jakarta.json.stream.JsonGenerator;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service's HTTP interface on top of a {@link ServiceState}: routes, statuses, and JSON in the chosen dialect. */
final class WireProtocol {
  private static final String BEARER = "Bearer ";

  // Made when the first server starts, so that a missing JSON library shows there and not on a
  // connection.
  private static final Answer NOT_FOUND = Answer.error(404, "there is nothing at this path");
  private static final Answer REFUSED =
      Answer.error(403, "Your email/password combination is incorrect.");
  private static final Answer PENDING = Answer.json(202, JsonText.write(json -> {}));
  private static final Answer NO_AUTH_CODE =
      Answer.error(401, "the auth code is unknown, was denied or used, or has expired");

  private static final Answer NO_API_KEY = Answer.error(401, "the API key is missing or not valid");

  private final Settings settings;
  private final ServiceState parsec;

  WireProtocol(Settings settings, ServiceState parsec) {
    this.settings = settings;
    this.parsec = parsec;
  }

  Answer handle(HttpRequest request) {
    Endpoint endpoint = Endpoint.at(request.path());
    if (endpoint == null) {
      return NOT_FOUND;
    }
    if (!request.method().equals(endpoint.method())) {
      return Answer.methodNotAllowed(endpoint.method());
    }
    try {
      return answer(endpoint, request);
    } catch (BadRequestException e) {
      return Answer.error(e.status, e.text);
    }
  }

  private Answer answer(Endpoint endpoint, HttpRequest request) {
    switch (endpoint) {
      case SIGN_IN:
        return signIn(request);
      case HOSTS:
        return hosts(request);
      case AUTH_CODE:
        return authCode(request);
      case AUTH_SESSION:
        return authSession(request);
      case ENTERPRISE_SESSION:
        return enterpriseSession(request);
      default:
        return account(request);
    }
  }

  private Answer signIn(HttpRequest request) {
    Supplier<SignInOutcome> signIn = read(request, members -> {
      String email = members.required("email");
      String password = members.required("password");
      String code = members.string("tfa").orElse("");
      return () -> parsec.signIn(email, password, code);
    });
    return answer(signIn.get());
  }

  private static <T> T read(HttpRequest request, Function<JsonMembers, T> reader) {
    if (!isJson(request.headers().all("Content-Type"))) {
      throw new BadRequestException(415, "Content-Type must be application/json, in UTF-8");
    }
    try {
      return reader.apply(JsonText.read(request.body()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(400, String.valueOf(e.getMessage()));
    }
  }

  private static String notEmpty(JsonMembers members, String name) {
    String value = members.required(name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }

  private static boolean isJson(List<String> contentTypes) {
    if (contentTypes.size() != 1) {
      return false;
    }
    String[] parts = contentTypes.get(0).toLowerCase(Locale.ROOT).split(";", -1);
    boolean json = parts[0].strip().equals("application/json");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      json &= parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
    }
    return json;
  }

  private Answer answer(SignInOutcome outcome) {
    Session session = outcome.session();
    if (session != null) {
      return settings.dialect == Dialect.LIVE ? liveSession(session) : documentedSession(session);
    }
    if (!outcome.codeRequired()) {
      return REFUSED;
    }
    String tfaType = outcome.tfaType();
    return Answer.json(403, JsonText.write(json -> {
      json.write("error", "You need to provide an authentication code.")
          .write("tfa_required", true);
      if (tfaType != null) {
        json.write("tfa_type", tfaType);
      }
    }));
  }

  private static Answer documentedSession(Session session) {
    return Answer.json(
        200,
        JsonText.write(json ->
            json.writeStartObject("data").write("id", session.id().reveal()).writeEnd()));
  }

  private static Answer liveSession(Session session) {
    return Answer.json(
        201,
        JsonText.write(json -> json.write("instance_id", session.instanceId().orElse(""))
            .write("user_id", session.userId().orElse(0))
            .write("session_id", session.id().reveal())
            .write("host_peer_id", session.hostPeerId().orElse(""))));
  }

  private Answer authCode(HttpRequest request) {
    FakeAuthCode code = parsec.newAuthCode(read(request, members -> notEmpty(members, "game_id")));
    return Answer.json(
        201,
        JsonText.write(json -> json.writeStartObject("data")
            .write("verification_uri", "https://parsec.gg/activate")
            .write("user_code", code.userCode())
            .write("hash", code.hash())
            .write("expires_at", code.expiresAt().getEpochSecond())
            .write("interval", settings.authCodeInterval.toSeconds())
            .writeEnd()));
  }

  private Answer authSession(HttpRequest request) {
    String hash = read(request, members -> {
      if (!members.required("grant_type").equals("auth_code")) {
        throw new IllegalArgumentException("grant_type must be auth_code");
      }
      return members.required("auth_code_hash");
    });
    return answer(parsec.poll(hash));
  }

  private static Answer answer(PollOutcome outcome) {
    Session session = outcome.session();
    if (session != null) {
      return Answer.json(201, JsonText.write(json -> writeApproved(json, session)));
    }
    if (!outcome.early().isZero()) {
      return Answer.error(429, "the interval is not over yet").withRetryAfter(outcome.early());
    }
    return outcome == PollOutcome.PENDING ? PENDING : NO_AUTH_CODE;
  }

  private static void writeApproved(JsonGenerator json, Session session) {
    json.writeStartObject("data")
        .write("id", session.id().reveal())
        .write("user_id", session.userId().orElseThrow())
        .writeStartArray("roles");
    session.roles().forEach(json::write);
    json.writeEnd()
        .write("host_peer_id", session.hostPeerId().orElseThrow())
        .write("expires_at", session.expiresAt().orElseThrow().getEpochSecond())
        .writeEnd();
  }

  private Answer enterpriseSession(HttpRequest request) {
    Session session = parsec.enterpriseSession(
        once(request, "x-api-key"),
        () -> read(request, members -> notEmpty(members, "external_id")));
    return session == null
        ? NO_API_KEY
        : Answer.json(
            201,
            JsonText.write(json -> json.writeStartObject("session")
                .write("id", session.id().reveal())
                .write("expires_at", session.expiresAt().orElseThrow().getEpochSecond())
                .write("host_peer_id", session.hostPeerId().orElseThrow())
                .write("client_peer_id", session.clientPeerId().orElseThrow())
                .writeEnd()));
  }

  private Answer hosts(HttpRequest request) {
    HostPage page = ofSession(parsec.hosts(token(request), () -> query(request.query())));
    return Answer.json(200, JsonText.write(json -> write(json, page)));
  }

  private Answer account(HttpRequest request) {
    Account account = ofSession(parsec.account(token(request)));
    return Answer.json(200, JsonText.write(json -> write(json, account)));
  }

  private static String token(HttpRequest request) {
    String authorization = once(request, "Authorization");
    String token = authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : "";
    if (token.isEmpty()) {
      throw new BadRequestException(401, "no session ID in request header");
    }
    return token;
  }

  private <T> T ofSession(@Nullable T known) {
    if (known == null) {
      throw new BadRequestException(
          settings.invalidSessionStatus, "the session is unknown or has expired");
    }
    return known;
  }

  /** The value of a header field; empty if there is none. */
  private static String once(HttpRequest request, String name) {
    List<String> values = request.headers().all(name);
    if (values.size() > 1) {
      throw new BadRequestException(400, name + " must stand once");
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Reads both parameters; those that are not known are passed over, as web frameworks do. */
  private static HostQuery query(String text) {
    String mode = null;
    String isPublic = null;
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('&', from) < 0 ? text.length() : text.indexOf('&', from);
      int equals = Math.min(text.indexOf('=', from) < 0 ? end : text.indexOf('=', from), end);
      String name = percentDecoded(text.substring(from, equals));
      String value = percentDecoded(text.substring(Math.min(equals + 1, end), end));
      if (name.equals("mode")) {
        mode = once(mode, name, value);
      } else if (name.equals("public")) {
        isPublic = once(isPublic, name, value);
      }
      from = end + 1;
    }
    return query(mode, isPublic);
  }

  private static HostQuery query(@Nullable String mode, @Nullable String isPublic) {
    if (mode != null && !mode.equals("desktop") && !mode.equals("game")) {
      throw new BadRequestException(400, "mode must be desktop or game");
    }
    if (isPublic != null && !isPublic.equals("true") && !isPublic.equals("false")) {
      throw new BadRequestException(400, "public must be true or false");
    }
    HostQuery query = mode == null ? HostQuery.any() : HostQuery.of(HostMode.of(mode));
    if (isPublic == null) {
      return query;
    }
    return isPublic.equals("true") ? query.publicOnly() : query.privateOnly();
  }

  private static String once(@Nullable String before, String name, String value) {
    if (before != null) {
      throw new BadRequestException(400, name + " must stand once");
    }
    return value;
  }

  private static String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(
          400, "the query has a percent sign without two hexadecimal digits");
    }
  }

  private void write(JsonGenerator json, HostPage page) {
    if (page.hosts().isEmpty() && settings.nullForNoHosts) {
      json.writeNull("data");
    } else {
      json.writeStartArray("data");
      for (Host host : page) {
        json.writeStartObject();
        if (settings.dialect == Dialect.LIVE) {
          writeLive(json, host);
        } else {
          writeDocumented(json, host);
        }
        json.writeEnd();
      }
      json.writeEnd();
    }
    json.write("has_more", page.hasMore());
  }

  private static void write(JsonGenerator json, Account account) {
    json.writeStartObject("data")
        .write("id", account.id())
        .write("name", account.name())
        .write("email", account.email().orElseThrow())
        .write("warp", account.warp())
        .write("has_tfa", account.hasTfa().orElseThrow())
        .writeEnd();
  }

  private static void writeDocumented(JsonGenerator json, Host host) {
    json.write("peer_id", host.peerId());
    writeUser(json, host.user().orElseThrow(), false);
    json.write("game_id", host.gameId())
        .write("build", host.build())
        .write("description", host.description())
        .write("max_players", host.maxPlayers())
        .write("mode", host.mode().value())
        .write("name", host.name())
        .write("players", host.players())
        .write("public", host.isPublic())
        .write("self", host.isSelf());
  }

  private static void writeLive(JsonGenerator json, Host host) {
    writeUser(json, host.user().orElseThrow(), true);
    json.write("peer_id", host.peerId())
        .write("game_id", host.gameId())
        .write("description", host.description())
        .write("max_players", host.maxPlayers())
        .write("mode", host.mode().value())
        .write("name", host.name())
        .write("event_name", host.eventName().orElse(""))
        .write("players", host.players())
        .write("public", host.isPublic())
        .write("guest_access", host.guestAccess().orElse(false))
        .write("online", host.online().orElse(true))
        .write("self", host.isSelf())
        .write("build", host.build());
  }

  private static void writeUser(JsonGenerator json, HostUser user, boolean live) {
    json.writeStartObject("user")
        .write("id", user.id())
        .write("name", user.name())
        .write("warp", user.warp());
    if (live) {
      json.write("external_id", user.externalId().orElse(""))
          .write("external_provider", user.externalProvider().orElse(""))
          .write("team_id", user.teamId().orElse(""));
    }
    json.writeEnd();
  }

  /** Ends the handling of a request that is not as it must be. */
  private static final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;

    BadRequestException(int status, String text) {
      super(text, null, false, false);
      this.status = status;
      this.text = text;
    }
  }
}
