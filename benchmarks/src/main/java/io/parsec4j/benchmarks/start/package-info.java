// SPDX-License-Identifier: Apache-2.0
/** Measures what a process costs to start. */
@NullMarked
package io.parsec4j.benchmarks.start;

import org.jspecify.annotations.NullMarked;
