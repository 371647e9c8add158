// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Reads and writes JSON objects with JSON-P, deliberately not with the codec of the client under test. */
public final class JsonText {
  private static final int MAX_DEPTH = 32;
  private static final JsonGeneratorFactory GENERATORS;
  private static final JsonParserFactory PARSERS;

  static {
    // Found once, with our own loader: JSON-P's look-up would use the caller's context loader on
    // every call.
    JsonProvider provider = ServiceLoader.load(JsonProvider.class, JsonText.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(
                "parsec-testkit found no JSON-P provider; add org.eclipse.parsson:parsson to the class or module path"));
    GENERATORS = provider.createGeneratorFactory(Map.of());
    PARSERS = provider.createParserFactory(Map.of());
  }

  private JsonText() {}

  /** Writes one object, whose members the argument writes. */
  public static byte[] write(Consumer<JsonGenerator> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = GENERATORS.createGenerator(bytes)) {
      generator.writeStartObject();
      members.accept(generator);
      generator.writeEnd();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads one object in strict UTF-8: nothing around it, no member twice, at most 32 levels deep.
   *
   * @throws IllegalArgumentException if that is not what the bytes are; the message does not repeat them
   */
  public static JsonMembers read(byte[] bytes) {
    String text = decode(bytes);
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      return read(parser);
    } catch (BadJsonException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser's own message and cause may quote the password, so neither goes on.
      throw new BadJsonException("the body is not well-formed JSON");
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadJsonException("the body is not valid UTF-8");
    }
  }

  private static JsonMembers read(JsonParser parser) {
    if (parser.next() != JsonParser.Event.START_OBJECT) {
      throw new BadJsonException("the body must be a JSON object");
    }
    JsonMembers.Builder members = JsonMembers.builder();
    String name = "";
    int depth = 1;
    while (depth > 0) {
      JsonParser.Event event = parser.next();
      switch (event) {
        case START_OBJECT:
        case START_ARRAY:
          members.open(depth, name, event == JsonParser.Event.START_ARRAY);
          if (++depth > MAX_DEPTH) {
            throw new BadJsonException(
                "the body is nested more than " + MAX_DEPTH + " levels deep");
          }
          break;
        case END_OBJECT:
        case END_ARRAY:
          depth--;
          break;
        case KEY_NAME:
          name = parser.getString();
          if (members.has(depth, name)) {
            throw new BadJsonException("a member stands twice in the JSON object");
          }
          break;
        case VALUE_STRING:
          members.string(depth, name, parser.getString());
          break;
        case VALUE_NUMBER:
          members.number(depth, name, parser.getString());
          break;
        case VALUE_TRUE:
        case VALUE_FALSE:
          members.flag(depth, name, event == JsonParser.Event.VALUE_TRUE);
          break;
        default:
          members.nothing(depth, name);
      }
    }
    if (parser.hasNext()) {
      throw new BadJsonException("nothing may follow the JSON object");
    }
    return members.build();
  }

  /** A refusal of our own, with a message that is safe to send back. */
  private static final class BadJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadJsonException(String message) {
      super(message);
    }
  }
}
