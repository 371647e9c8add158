// SPDX-License-Identifier: Apache-2.0
/** Measures what many calls at once cost. */
@NullMarked
package io.parsec4j.benchmarks.many;

import org.jspecify.annotations.NullMarked;
