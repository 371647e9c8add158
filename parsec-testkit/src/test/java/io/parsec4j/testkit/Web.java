// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.SessionId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks to a server as a browser of its API would: whole bodies, by the JDK's client. */
final class Web {
  private static final HttpClient CLIENT = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(20))
      .build();

  private final URI base;

  Web(FakeParsecServer server) {
    this(server.baseUri());
  }

  Web(URI base) {
    this.base = base;
  }

  URI base() {
    return base;
  }

  HttpResponse<String> signIn(String json) {
    return send(request("/v1/auth")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> signIn(String email, String password) {
    return signIn(Json.createObjectBuilder()
        .add("email", email)
        .add("password", password)
        .build()
        .toString());
  }

  HttpResponse<String> signIn(String email, String password, String code) {
    return signIn(Json.createObjectBuilder()
        .add("email", email)
        .add("password", password)
        .add("tfa", code)
        .build()
        .toString());
  }

  HttpResponse<String> authCode(String gameId) {
    return post("/auth/codes", Json.createObjectBuilder().add("game_id", gameId).build());
  }

  HttpResponse<String> poll(String hash) {
    return post(
        "/auth/sessions",
        Json.createObjectBuilder()
            .add("grant_type", "auth_code")
            .add("auth_code_hash", hash)
            .build());
  }

  HttpResponse<String> enterpriseSession(String key, String externalId) {
    String json =
        Json.createObjectBuilder().add("external_id", externalId).build().toString();
    return send(request("/enterprise/sessions")
        .header("Content-Type", "application/json")
        .header("x-api-key", key)
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> post(String path, JsonObject json) {
    return send(request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json.toString())));
  }

  HttpResponse<String> hosts(SessionId session, String query) {
    return send(request("/v2/hosts" + query).header("Authorization", "Bearer " + session.reveal()));
  }

  HttpResponse<String> account(SessionId session) {
    return send(request("/me").header("Authorization", "Bearer " + session.reveal()));
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonObject json(HttpResponse<String> response) {
    return Json.createReader(new StringReader(response.body())).readObject();
  }
}
