// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.ApprovalBody;
import io.parsec4j.api.spi.AuthCodeBody;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.EnterpriseSessionBody;
import io.parsec4j.api.spi.ErrorBody;
import io.parsec4j.api.spi.SignInBody;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParserFactory;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.eclipse.parsson.api.JsonConfig;
import org.eclipse.yasson.JsonBindingProvider;
import org.eclipse.yasson.YassonJsonb;

/**
 * The bundled codec: Jakarta JSON Binding with Yasson, reading through a guard that bounds what an answer may do.
 *
 * <p>Beyond what {@link Codec} demands, it refuses
 *
 * <ul>
 *   <li>bytes that are not strict UTF-8, a byte order mark, and anything but white space after the object;
 *   <li>a root that is not an object;
 *   <li>nesting deeper than 32, a number of more than 32 characters, a string or name of more than 65,536, and more
 *       than 10,000 names in one object;
 *   <li>the same name twice in one object, even in a part that is otherwise ignored;
 *   <li>a known field of another kind than documented, and a number that its field cannot hold exactly. In an {@link
 *       ErrorBody}, a field of another kind counts as absent instead;
 *   <li>a point in time before 1970 or after 9999, and an interval of more than 30 minutes.
 * </ul>
 *
 * <p>There is no limit on the number of hosts: time and memory grow with the length of the body, which whoever reads
 * it from the network limits. Messages name the field, for example {@code data[3].peer_id is missing}.
 *
 * <p>Immutable; may be used by any number of threads at once. It holds nothing that needs closing.
 */
public final class JsonbCodec implements Codec {
  private static final String PARSSON = "org.eclipse.parsson";
  private static final Set<Class<?>> WRITABLE =
      Set.of(SignInBody.class, AuthCodeBody.class, ApprovalBody.class, EnterpriseSessionBody.class);
  private static final Set<Class<?>> READABLE =
      Set.of(Session.class, HostPage.class, AuthCode.class, Account.class, ErrorBody.class);

  private final YassonJsonb jsonb;
  private final JsonParserFactory parsers;

  private JsonbCodec(YassonJsonb jsonb, JsonParserFactory parsers) {
    this.jsonb = jsonb;
    this.parsers = parsers;
  }

  /**
   * Creates a codec. Costs some milliseconds the first time, so make one and keep it.
   *
   * <p>Neither the context class loader nor the global look-ups of Jakarta JSON decide what it works with.
   *
   * @return the codec
   * @throws IllegalStateException if Parsson is not declared as a provider of JSON Processing where its own class
   *     loader sees it; this happens when jars are merged without their {@code META-INF/services}
   */
  public static JsonbCodec create() {
    JsonProvider parsson = parsson(JsonConfig.class.getClassLoader());
    return new JsonbCodec(yasson(parsson), parsers(parsson));
  }

  static JsonProvider parsson(ClassLoader loader) {
    return ServiceLoader.load(JsonProvider.class, loader).stream()
        .filter(provider -> provider.type().getPackageName().equals(PARSSON))
        .findFirst()
        .map(ServiceLoader.Provider::get)
        .orElseThrow(() -> new IllegalStateException(
            "Parsson is not declared as a provider of " + JsonProvider.class.getName()
                + "; if jars were merged, merge their META-INF/services too"));
  }

  private static YassonJsonb yasson(JsonProvider parsson) {
    JsonbConfig config = new JsonbConfig()
        .withSerializers(
            new SignInBodySerializer(),
            new AuthCodeBodySerializer(),
            new ApprovalBodySerializer(),
            new EnterpriseSessionBodySerializer())
        .withDeserializers(
            new SessionDeserializer(),
            new HostPageDeserializer(),
            new AuthCodeDeserializer(),
            new AccountDeserializer(),
            new ErrorBodyDeserializer());
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    // Yasson looks for its component factories with the context class loader and has no switch for
    // it
    thread.setContextClassLoader(JsonbCodec.class.getClassLoader());
    try {
      return (YassonJsonb) new JsonBindingProvider()
          .create()
          .withProvider(parsson)
          .withConfig(config)
          .build();
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  private static JsonParserFactory parsers(JsonProvider parsson) {
    // said explicitly, because system properties would decide otherwise
    return parsson.createParserFactory(Map.of(
        JsonConfig.MAX_DEPTH, GuardedParser.MAX_DEPTH + 2,
        JsonConfig.MAX_BIGDECIMAL_LEN, GuardedParser.MAX_NUMBER,
        JsonConfig.MAX_BIGINTEGER_SCALE, GuardedParser.MAX_NUMBER,
        JsonConfig.MAX_PARSING_LIMIT, Integer.MAX_VALUE));
  }

  /**
   * Writes the body of a call as JSON in UTF-8.
   *
   * @param value a {@link SignInBody}, {@link AuthCodeBody}, {@link ApprovalBody} or {@link EnterpriseSessionBody}
   * @return the bytes, which the caller may overwrite
   * @throws IllegalArgumentException if {@code value} is of another type, or if one of its fields has half of a
   *     surrogate pair, which UTF-8 cannot express
   */
  @Override
  public byte[] encode(Object value) {
    if (!WRITABLE.contains(requireNonNull(value, "value").getClass())) {
      throw new IllegalArgumentException("value must be one of the bodies that Codec lists, was a "
          + value.getClass().getName());
    }
    String json = jsonb.toJson(value);
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("value has a field with half of a surrogate pair", e);
    }
  }

  /**
   * Reads an answer from JSON in UTF-8 without a byte order mark.
   *
   * @param <T> the type to read
   * @param json the whole body; not kept, and not changed
   * @param type the class {@link Session}, {@link HostPage}, {@link AuthCode}, {@link Account} or {@link ErrorBody}
   * @return the value
   * @throws CodecException if the bytes are not one JSON object of that type within the limits above
   * @throws IllegalArgumentException if {@code type} is another class
   */
  @Override
  public <T> T decode(byte[] json, Class<T> type) {
    requireNonNull(json, "json");
    if (!READABLE.contains(requireNonNull(type, "type"))) {
      throw new IllegalArgumentException(
          "type must be one of those that Codec lists, was " + type.getName());
    }
    Utf8Reader source = new Utf8Reader(json);
    try (GuardedParser parser = new GuardedParser(parsers.createParser(source), source)) {
      try {
        T value = jsonb.fromJson(parser, type);
        parser.finish();
        return value;
      } catch (RuntimeException | StackOverflowError e) {
        // without a cause: the errors of the libraries quote what they read
        throw parser.failure(e);
      }
    }
  }
}
