// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.SignInBody;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@code email}, {@code password} and, if there is one, {@code tfa}. */
final class SignInBodySerializer implements JsonbSerializer<SignInBody> {

  @Override
  public void serialize(SignInBody body, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    generator.write("email", body.email());
    generator.write("password", body.password());
    body.tfaCode().ifPresent(code -> generator.write("tfa", code));
    generator.writeEnd();
  }
}
