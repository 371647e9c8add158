// SPDX-License-Identifier: Apache-2.0
/** Measures parsec4j beside what a user would pick instead, each in a JVM of its own. */
@NullMarked
package io.parsec4j.benchmarks;

import org.jspecify.annotations.NullMarked;
