// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.ErrorBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies to read, and what the tests say about reading them. */
final class Bodies {
  static final JsonbCodec CODEC = JsonbCodec.create();
  static final List<Class<?>> TYPES =
      List.of(Session.class, HostPage.class, AuthCode.class, Account.class, ErrorBody.class);

  /** A value that no message may repeat. */
  static final String CANARY = "canary-7f3a";

  private Bodies() {}

  static byte[] vector(String name) {
    try (InputStream in = Bodies.class.getResourceAsStream("vectors/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes a body of one host with the given field beside its peer ID. */
  static String hostWith(String field) {
    return "{\"data\":[{\"peer_id\":\"p\"," + field + "}]}";
  }

  static Host readHostWith(String field) {
    return CODEC.decode(utf8(hostWith(field)), HostPage.class).hosts().get(0);
  }

  static String refusal(String json, Class<?> type) {
    return refusal(utf8(json), type);
  }

  /** Checks that a body is refused in the promised way, and returns the message. */
  static String refusal(byte[] json, Class<?> type) {
    Throwable thrown = catchThrowable(() -> CODEC.decode(json, type));
    assertThat(thrown).isExactlyInstanceOf(CodecException.class).hasNoCause();
    assertThat(thrown.getSuppressed()).isEmpty();
    assertThat(thrown.getMessage()).doesNotContain(CANARY);
    return thrown.getMessage();
  }
}
