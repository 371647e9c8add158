// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.AuthCodeBody;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@code game_id}. */
final class AuthCodeBodySerializer implements JsonbSerializer<AuthCodeBody> {

  @Override
  public void serialize(AuthCodeBody body, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    generator.write("game_id", body.gameId());
    generator.writeEnd();
  }
}
