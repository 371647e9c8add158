// SPDX-License-Identifier: Apache-2.0
/**
 * What an implementor writes against: a {@link io.parsec4j.api.spi.Transport} moves bytes, a
 * {@link io.parsec4j.api.spi.Codec} turns JSON into values and back, and their providers make them known to
 * {@link java.util.ServiceLoader}.
 *
 * <p>The interfaces grow by default methods only. Implementations must be safe for use by several threads. Passing
 * {@code null} throws {@link NullPointerException} unless the documentation says otherwise; no method returns
 * {@code null}.
 */
@NullMarked
package io.parsec4j.api.spi;

import org.jspecify.annotations.NullMarked;
