// SPDX-License-Identifier: Apache-2.0
/** Measures what is left after many calls. */
@NullMarked
package io.parsec4j.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
