// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.ErrorBody;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an error body, in which a field of an unexpected kind counts as absent. */
final class ErrorBodyDeserializer implements JsonbDeserializer<ErrorBody> {

  @Override
  public ErrorBody deserialize(JsonParser parser, DeserializationContext context, Type type) {
    @Nullable String error = null;
    boolean tfaRequired = false;
    @Nullable String tfaType = null;
    while (parser.next() == Event.KEY_NAME) {
      switch (parser.getString()) {
        case FieldNames.ERROR:
          error = Fields.textIfAny(parser);
          break;
        case FieldNames.TFA_REQUIRED:
          tfaRequired = Fields.isTrue(parser);
          break;
        case FieldNames.TFA_TYPE:
          tfaType = Fields.textIfAny(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }
    return ErrorBody.of(Optional.ofNullable(error), tfaRequired, Optional.ofNullable(tfaType));
  }
}
