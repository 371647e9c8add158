// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.AuthCode;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an auth code. */
final class AuthCodeDeserializer implements JsonbDeserializer<AuthCode> {
  private static final List<String> REQUIRED = List.of(
      FieldNames.VERIFICATION_URI, FieldNames.USER_CODE, FieldNames.HASH, FieldNames.EXPIRES_AT);

  @Override
  public AuthCode deserialize(JsonParser parser, DeserializationContext context, Type type) {
    @Nullable AuthCode code = null;
    while (parser.next() == Event.KEY_NAME) {
      if (!parser.getString().equals(FieldNames.DATA)) {
        Fields.skip(parser);
      } else if (Fields.object(parser)) {
        code = code(parser);
      }
    }
    if (code == null) {
      throw Refusal.missing(FieldNames.DATA);
    }
    return code;
  }

  private static AuthCode code(JsonParser parser) {
    AuthCode.Builder code = AuthCode.builder();
    List<String> missing = new ArrayList<>(REQUIRED);
    while (parser.next() == Event.KEY_NAME) {
      String name = parser.getString();
      if (read(name, parser, code) != null) {
        missing.remove(name);
      }
    }
    if (!missing.isEmpty()) {
      throw Refusal.missing(missing.get(0));
    }
    return code.build();
  }

  /** Reads one field; returns the builder, or null if the field has no value. */
  private static AuthCode.@Nullable Builder read(
      String name, JsonParser parser, AuthCode.Builder code) {
    switch (name) {
      case FieldNames.VERIFICATION_URI:
        return Fields.made(
            Fields.text(parser),
            text -> code.verificationUri(URI.create(text)),
            "must be an absolute http or https address with a host");
      case FieldNames.USER_CODE:
        return Fields.made(
            Fields.text(parser), code::userCode, "must not be blank or have control characters");
      case FieldNames.HASH:
        return Fields.made(Fields.text(parser), code::hash, Fields.OPAQUE);
      case FieldNames.EXPIRES_AT:
        return Fields.made(Fields.instant(parser), code::expiresAt, "");
      case FieldNames.INTERVAL:
        return Fields.made(
            Fields.number(parser),
            seconds -> code.interval(Duration.ofSeconds(seconds)),
            "must be from 0 to 1800 seconds");
      default:
        Fields.skip(parser);
        return null;
    }
  }
}
