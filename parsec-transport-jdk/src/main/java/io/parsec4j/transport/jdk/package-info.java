// SPDX-License-Identifier: Apache-2.0
/**
 * The transport over {@code java.net.http.HttpClient}.
 *
 * <p>Every type here may be used by several threads at once. Null arguments throw {@link
 * NullPointerException} unless said otherwise.
 */
@NullMarked
package io.parsec4j.transport.jdk;

import org.jspecify.annotations.NullMarked;
