// SPDX-License-Identifier: Apache-2.0
/**
 * The transport on {@link java.net.http.HttpClient}; {@link io.parsec4j.transport.jdk.JdkTransport} builds it.
 *
 * <p>All types are safe for use by several threads unless they say otherwise. Passing {@code null} throws
 * {@link NullPointerException}.
 */
@NullMarked
package io.parsec4j.transport.jdk;

import org.jspecify.annotations.NullMarked;
