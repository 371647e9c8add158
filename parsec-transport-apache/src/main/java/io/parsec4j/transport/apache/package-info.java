// SPDX-License-Identifier: Apache-2.0
/**
 * The transport over Apache HttpClient 5: {@link io.parsec4j.transport.apache.ApacheTransport}.
 *
 * <p>Every type here may be used by several threads at once unless it says otherwise. Null arguments throw
 * {@link NullPointerException}.
 */
@NullMarked
package io.parsec4j.transport.apache;

import org.jspecify.annotations.NullMarked;
