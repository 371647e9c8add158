// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Account;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads an account. */
final class AccountDeserializer implements JsonbDeserializer<Account> {

  @Override
  public Account deserialize(JsonParser parser, DeserializationContext context, Type type) {
    @Nullable Account account = null;
    while (parser.next() == Event.KEY_NAME) {
      if (!parser.getString().equals(FieldNames.DATA)) {
        Fields.skip(parser);
      } else if (Fields.object(parser)) {
        account = account(parser);
      }
    }
    if (account == null) {
      throw Refusal.missing(FieldNames.DATA);
    }
    return account;
  }

  private static Account account(JsonParser parser) {
    @Nullable Long id = null;
    String name = "";
    @Nullable String email = null;
    boolean warp = false;
    @Nullable Boolean hasTfa = null;
    while (parser.next() == Event.KEY_NAME) {
      switch (parser.getString()) {
        case FieldNames.ID:
          id = Fields.number(parser);
          break;
        case FieldNames.NAME:
          name = Fields.textOrEmpty(parser);
          break;
        case FieldNames.EMAIL:
          email = Fields.text(parser);
          break;
        case FieldNames.WARP:
          warp = Fields.flagOrFalse(parser);
          break;
        case FieldNames.HAS_TFA:
          hasTfa = Fields.flag(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }
    if (id == null) {
      throw Refusal.missing(FieldNames.ID);
    }
    Account.Builder account = Account.builder(id).name(name).warp(warp);
    if (email != null) {
      account = account.email(email);
    }
    if (hasTfa != null) {
      account = account.hasTfa(hasTfa);
    }
    return account.build();
  }
}
