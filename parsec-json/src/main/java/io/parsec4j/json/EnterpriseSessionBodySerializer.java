// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.EnterpriseSessionBody;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@code external_id}. */
final class EnterpriseSessionBodySerializer implements JsonbSerializer<EnterpriseSessionBody> {

  @Override
  public void serialize(
      EnterpriseSessionBody body, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    generator.write("external_id", body.externalId());
    generator.writeEnd();
  }
}
