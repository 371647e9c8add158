// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Account;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.Session;
import io.parsec4j.api.spi.CodecException;
import io.parsec4j.api.spi.ErrorBody;
import java.util.Arrays;
import java.util.List;

/**
 * What a coverage-guided fuzzer drives: the first byte chooses the type, the rest is the body. Anything but a value or a
 * {@link CodecException} with a short message is a finding. CONTRIBUTING.md says how to run Jazzer on it.
 */
public final class CodecFuzz {
  private static final List<Class<?>> TYPES =
      List.of(HostPage.class, Session.class, ErrorBody.class, AuthCode.class, Account.class);
  private static final int MAX_MESSAGE = 1_000;
  private static final JsonbCodec CODEC = JsonbCodec.create();

  private CodecFuzz() {}

  /** Called by the fuzzer with what it made up. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Class<?> type = TYPES.get((input[0] & 0xff) % TYPES.size());
    try {
      Object value = CODEC.decode(Arrays.copyOfRange(input, 1, input.length), type);
      if (!type.isInstance(value)) {
        throw new AssertionError("decoded to something else than " + type);
      }
    } catch (CodecException e) {
      if (e.getCause() != null || String.valueOf(e.getMessage()).length() > MAX_MESSAGE) {
        throw new AssertionError("the message may quote the input", e);
      }
    }
  }
}
