// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Parsec server for tests, with what scripts its faults and records its requests.
 *
 * <p>Every type here may be used by several threads at once. Null arguments throw {@link
 * NullPointerException} unless said otherwise.
 */
@NullMarked
package io.parsec4j.testkit;

import org.jspecify.annotations.NullMarked;
