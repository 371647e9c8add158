// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import io.parsec4j.api.Session;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Writes answers as a service might that likes variety: the tree by JSON-P, the text by hand. */
final class JsonScribe {
  private final Random random;
  private int names;

  JsonScribe(long seed) {
    random = new Random(seed);
  }

  byte[] write(HostPage page) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    JsonArrayBuilder data = Json.createArrayBuilder();
    page.hosts().forEach(host -> data.add(tree(host)));
    fields.put(
        "data", page.hosts().isEmpty() && random.nextBoolean() ? JsonValue.NULL : data.build());
    fields.put("has_more", flag(page.hasMore()));
    return Bodies.utf8(text(object(fields)));
  }

  /** Writes a session in one of its dialects, chosen by chance. */
  byte[] write(Session session) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put(
        "user_id", orNull(session.userId().stream().mapToObj(Json::createValue).findFirst()));
    fields.put("host_peer_id", orNull(session.hostPeerId().map(Json::createValue)));
    fields.put("client_peer_id", orNull(session.clientPeerId().map(Json::createValue)));
    fields.put("instance_id", orNull(session.instanceId().map(Json::createValue)));
    fields.put(
        "roles",
        session.roles().isEmpty() && random.nextBoolean()
            ? JsonValue.NULL
            : Json.createArrayBuilder(session.roles()).build());
    fields.put(
        "expires_at",
        orNull(session.expiresAt().map(time -> Json.createValue(time.getEpochSecond()))));
    JsonValue id = Json.createValue(session.id().reveal());
    if (random.nextBoolean()) {
      fields.put("session_id", id);
      return Bodies.utf8(text(object(fields)));
    }
    fields.put("id", id);
    return wrapped(random.nextBoolean() ? "data" : "session", fields);
  }

  byte[] write(AuthCode code) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("verification_uri", Json.createValue(code.verificationUri().toString()));
    fields.put("user_code", Json.createValue(code.userCode()));
    fields.put("hash", Json.createValue(code.revealHash()));
    fields.put("expires_at", Json.createValue(code.expiresAt().getEpochSecond()));
    long interval = code.interval().toSeconds();
    fields.put(
        "interval",
        interval == 5 && random.nextBoolean() ? JsonValue.NULL : Json.createValue(interval));
    return wrapped("data", fields);
  }

  byte[] write(Account account) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("id", Json.createValue(account.id()));
    fields.put("name", string(account.name()));
    fields.put("email", orNull(account.email().map(Json::createValue)));
    fields.put("warp", flag(account.warp()));
    fields.put("has_tfa", orNull(account.hasTfa().map(JsonScribe::literal)));
    return wrapped("data", fields);
  }

  private byte[] wrapped(String name, Map<String, JsonValue> fields) {
    Map<String, JsonValue> root = new LinkedHashMap<>();
    root.put(name, object(fields));
    return Bodies.utf8(text(object(root)));
  }

  private static JsonValue orNull(Optional<? extends JsonValue> value) {
    return value.isPresent() ? value.get() : JsonValue.NULL;
  }

  private JsonObject tree(Host host) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("peer_id", Json.createValue(host.peerId()));
    fields.put("user", orNull(host.user().map(this::tree)));
    fields.put("game_id", string(host.gameId()));
    fields.put("build", string(host.build()));
    fields.put("description", string(host.description()));
    fields.put("max_players", number(host.maxPlayers()));
    fields.put("mode", string(host.mode().value()));
    fields.put("name", string(host.name()));
    fields.put("players", number(host.players()));
    fields.put("public", flag(host.isPublic()));
    fields.put("self", flag(host.isSelf()));
    fields.put("event_name", orNull(host.eventName().map(Json::createValue)));
    fields.put("guest_access", orNull(host.guestAccess().map(JsonScribe::literal)));
    fields.put("online", orNull(host.online().map(JsonScribe::literal)));
    return object(fields);
  }

  private JsonObject tree(HostUser user) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("id", number(user.id()));
    fields.put("name", string(user.name()));
    fields.put("warp", flag(user.warp()));
    fields.put("team_id", orNull(user.teamId().map(Json::createValue)));
    fields.put("external_id", orNull(user.externalId().map(Json::createValue)));
    fields.put("external_provider", orNull(user.externalProvider().map(Json::createValue)));
    return object(fields);
  }

  private static JsonValue literal(boolean value) {
    return value ? JsonValue.TRUE : JsonValue.FALSE;
  }

  private JsonValue string(String value) {
    return value.isEmpty() && random.nextBoolean() ? JsonValue.NULL : Json.createValue(value);
  }

  private JsonValue number(long value) {
    return value == 0 && random.nextBoolean() ? JsonValue.NULL : Json.createValue(value);
  }

  private JsonValue flag(boolean value) {
    return !value && random.nextBoolean() ? JsonValue.NULL : literal(value);
  }

  /** Leaves out some of the fields that are null, adds unknown ones, and shuffles. */
  private JsonObject object(Map<String, JsonValue> fields) {
    fields.values().removeIf(value -> value.equals(JsonValue.NULL) && random.nextBoolean());
    while (random.nextInt(4) == 0) {
      fields.put(unknownName(), anything(3));
    }
    List<String> names = new ArrayList<>(fields.keySet());
    Collections.shuffle(names, random);
    JsonObjectBuilder object = Json.createObjectBuilder();
    names.forEach(name -> object.add(name, fields.get(name)));
    return object.build();
  }

  private String unknownName() {
    String[] odd = {"", "peer_id ", "Name", "na\"me", "data\\", "é", "@type", "\ud83d\ude00"};
    return odd[random.nextInt(odd.length)] + "~" + names++;
  }

  private JsonValue anything(int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0:
        return JsonValue.NULL;
      case 1:
        return literal(random.nextBoolean());
      case 2:
        return Json.createValue(random.nextLong());
      case 3:
        return Json.createValue(random.nextDouble() * 1e200);
      case 4:
        return Json.createValue("x\u0000\"\\/" + "y".repeat(random.nextInt(200)));
      case 5:
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(anything(depth - 1));
        }
        return array.build();
      default:
        JsonObjectBuilder object = Json.createObjectBuilder();
        for (String name : List.of("name", "peer_id", "zzz")) {
          object.add(name, anything(depth - 1));
        }
        return object.build();
    }
  }

  private String text(JsonValue value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private void append(JsonValue value, StringBuilder text) {
    switch (value.getValueType()) {
      case OBJECT:
        JsonObject object = value.asJsonObject();
        String separator = "{";
        for (Map.Entry<String, JsonValue> field : object.entrySet()) {
          text.append(separator).append(blanks());
          quote(field.getKey(), text);
          text.append(blanks()).append(':').append(blanks());
          append(field.getValue(), text);
          text.append(blanks());
          separator = ",";
        }
        text.append(object.isEmpty() ? "{}" : "}");
        break;
      case ARRAY:
        JsonArray array = value.asJsonArray();
        text.append('[').append(blanks());
        for (int i = 0; i < array.size(); i++) {
          text.append(i == 0 ? "" : ",").append(blanks());
          append(array.get(i), text);
          text.append(blanks());
        }
        text.append(']');
        break;
      case STRING:
        quote(((JsonString) value).getString(), text);
        break;
      default:
        text.append(value);
    }
  }

  private void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean pair = Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1));
      if (pair && random.nextBoolean()) {
        text.append(c).append(value.charAt(++i));
      } else if (c < ' '
          || c == '"'
          || c == '\\'
          || Character.isSurrogate(c)
          || random.nextInt(30) == 0) {
        text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private String blanks() {
    switch (random.nextInt(12)) {
      case 0:
        return " ";
      case 1:
        return "\r\n\t";
      case 2:
        return " ".repeat(random.nextInt(300));
      default:
        return "";
    }
  }
}
