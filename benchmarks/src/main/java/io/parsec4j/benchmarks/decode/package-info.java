// SPDX-License-Identifier: Apache-2.0
/** Measures what a page costs to decode. */
@NullMarked
package io.parsec4j.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
