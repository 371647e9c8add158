// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

/**
 * Makes a codec known to {@link java.util.ServiceLoader}.
 *
 * <p>Declare it twice: as {@code provides} in {@code module-info.java} for the module path, and in
 * {@code META-INF/services/io.parsec4j.api.spi.CodecProvider} for the class path.
 */
public interface CodecProvider {

  /** {@return the name by which the system property {@code parsec4j.codec} selects it: lower case, no blanks} */
  String name();

  /**
   * Ranks the provider: if no name is given, the one with the highest priority is taken, provided it is alone there.
   * The bundled one, {@code jsonb}, has -100.
   *
   * @return the priority
   * @implSpec The default is 0.
   */
  default int priority() {
    return 0;
  }

  /** {@return a new codec} */
  Codec create();
}
