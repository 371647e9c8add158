// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

/**
 * Makes a transport known to {@link java.util.ServiceLoader}.
 *
 * <p>Declare it twice: as {@code provides} in {@code module-info.java} for the module path, and in
 * {@code META-INF/services/io.parsec4j.api.spi.TransportProvider} for the class path.
 */
public interface TransportProvider {

  /** {@return the name by which the system property {@code parsec4j.transport} selects it: lower case, no blanks} */
  String name();

  /**
   * Ranks the provider: if no name is given, the one with the highest priority is taken, provided it is alone there.
   * The bundled ones have -100 ({@code jdk}) and 0 ({@code apache}).
   *
   * @return the priority
   * @implSpec The default is 0.
   */
  default int priority() {
    return 0;
  }

  /**
   * Creates a transport that its caller closes.
   *
   * @param options what the transport is told
   * @return a new transport
   */
  Transport create(TransportOptions options);
}
