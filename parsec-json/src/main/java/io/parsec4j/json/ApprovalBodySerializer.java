// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.ApprovalBody;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** Writes {@code grant_type} and {@code auth_code_hash}. */
final class ApprovalBodySerializer implements JsonbSerializer<ApprovalBody> {

  @Override
  public void serialize(ApprovalBody body, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    generator.write("grant_type", body.grantType());
    generator.write("auth_code_hash", body.authCodeHash());
    generator.writeEnd();
  }
}
