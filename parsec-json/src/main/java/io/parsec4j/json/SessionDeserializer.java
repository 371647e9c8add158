// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads a session in the documented dialect ({@code data.id}) or the live one ({@code session_id}). */
final class SessionDeserializer implements JsonbDeserializer<Session> {

  @Override
  public Session deserialize(JsonParser parser, DeserializationContext context, Type type) {
    Answer answer = new Answer();
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      switch (name) {
        case FieldNames.DATA:
          if (Fields.object(parser)) {
            readData(parser, answer);
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

  private static void readData(JsonParser parser, Answer answer) {
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      if (name.equals(FieldNames.ID)) {
        answer.readId(parser);
      } else {
        answer.readDetail(name, parser);
      }
    }
  }

  /** What was read so far; the details stand beside the session ID in either dialect. */
  private static final class Answer {
    private @Nullable SessionId id;
    private @Nullable Long userId;
    private @Nullable String hostPeerId;
    private @Nullable String instanceId;

    void readId(JsonParser parser) {
      String token = Fields.text(parser);
      if (token == null) {
        return;
      }
      SessionId read = sessionId(token);
      if (id != null && !id.equals(read)) {
        throw Refusal.of("contradicts the other session ID in the body");
      }
      id = read;
    }

    private static SessionId sessionId(String token) {
      try {
        return SessionId.of(token);
      } catch (IllegalArgumentException e) {
        throw Refusal.of("must be 1 to 4096 visible ASCII characters");
      }
    }

    void readDetail(String name, JsonParser parser) {
      switch (name) {
        case FieldNames.USER_ID:
          userId = Fields.number(parser);
          break;
        case FieldNames.HOST_PEER_ID:
          hostPeerId = Fields.text(parser);
          break;
        case FieldNames.INSTANCE_ID:
          instanceId = Fields.text(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }

    Session session() {
      if (id == null) {
        throw Refusal.of("has no session ID: data.id and session_id are missing");
      }
      Session.Builder session = Session.builder(id);
      if (userId != null) {
        session = session.userId(userId);
      }
      if (hostPeerId != null) {
        session = session.hostPeerId(hostPeerId);
      }
      if (instanceId != null) {
        session = session.instanceId(instanceId);
      }
      return session.build();
    }
  }
}
