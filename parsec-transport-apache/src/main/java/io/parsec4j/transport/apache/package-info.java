// SPDX-License-Identifier: Apache-2.0
/**
 * The transport over Apache HttpClient 5.
 *
 * <p>Every type here may be used by several threads at once. Null arguments throw {@link
 * NullPointerException} unless said otherwise.
 */
@NullMarked
package io.parsec4j.transport.apache;

import org.jspecify.annotations.NullMarked;
