// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecProvider;

/**
 * Makes {@link JsonbCodec} known to {@link java.util.ServiceLoader} under the name {@code jsonb}.
 *
 * <p>Its priority is -100, so that any other codec on the path is taken before it. Stateless and safe for use by
 * several threads.
 */
public final class JsonbCodecProvider implements CodecProvider {

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public JsonbCodecProvider() {}

  /** {@return {@code jsonb}} */
  @Override
  public String name() {
    return "jsonb";
  }

  /** {@return -100} */
  @Override
  public int priority() {
    return -100;
  }

  /**
   * Creates a codec.
   *
   * @return a new {@link JsonbCodec}
   * @throws IllegalStateException if Parsson is not declared as a provider of JSON Processing
   */
  @Override
  public Codec create() {
    return JsonbCodec.create();
  }
}
