// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session, whichever way it came: {@code data.id} (documented sign-in, auth code), {@code session_id} (live
 * sign-in) or {@code session.id} (enterprise).
 */
final class SessionDeserializer implements JsonbDeserializer<Session> {

  @Override
  public Session deserialize(JsonParser parser, DeserializationContext context, Type type) {
    Answer answer = new Answer();
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      switch (name) {
        case FieldNames.DATA:
        case FieldNames.SESSION:
          if (Fields.object(parser)) {
            readObject(parser, answer);
          }
          break;
        case FieldNames.SESSION_ID:
          answer.readId(parser);
          break;
        default:
          answer.readDetail(name, parser);
      }
    }
    return answer.session();
  }

  private static void readObject(JsonParser parser, Answer answer) {
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      if (name.equals(FieldNames.ID)) {
        answer.readId(parser);
      } else {
        answer.readDetail(name, parser);
      }
    }
  }

  /** What was read so far; the details stand beside the session ID in any dialect. */
  private static final class Answer {
    private @Nullable SessionId id;
    private @Nullable Long userId;
    private @Nullable String hostPeerId;
    private @Nullable String clientPeerId;
    private @Nullable String instanceId;
    private List<String> roles = List.of();
    private @Nullable Instant expiresAt;

    void readId(JsonParser parser) {
      SessionId read = Fields.made(Fields.text(parser), SessionId::of, Fields.OPAQUE);
      if (id != null && read != null && !id.equals(read)) {
        throw Refusal.of("contradicts the other session ID in the body");
      }
      id = read == null ? id : read;
    }

    void readDetail(String name, JsonParser parser) {
      switch (name) {
        case FieldNames.USER_ID:
          userId = Fields.number(parser);
          break;
        case FieldNames.HOST_PEER_ID:
          hostPeerId = Fields.text(parser);
          break;
        case FieldNames.CLIENT_PEER_ID:
          clientPeerId = Fields.text(parser);
          break;
        case FieldNames.INSTANCE_ID:
          instanceId = Fields.text(parser);
          break;
        case FieldNames.ROLES:
          roles = Fields.texts(parser);
          break;
        case FieldNames.EXPIRES_AT:
          expiresAt = Fields.instant(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }

    Session session() {
      if (id == null) {
        throw Refusal.of("has no session ID: data.id, session.id and session_id are missing");
      }
      Session.Builder session = Session.builder(id).roles(roles);
      if (userId != null) {
        session = session.userId(userId);
      }
      if (hostPeerId != null) {
        session = session.hostPeerId(hostPeerId);
      }
      if (clientPeerId != null) {
        session = session.clientPeerId(clientPeerId);
      }
      if (instanceId != null) {
        session = session.instanceId(instanceId);
      }
      if (expiresAt != null) {
        session = session.expiresAt(expiresAt);
      }
      return session.build();
    }
  }
}
