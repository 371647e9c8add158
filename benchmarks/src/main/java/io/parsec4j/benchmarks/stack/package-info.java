// SPDX-License-Identifier: Apache-2.0
/** What a program would list hosts with: the library, and the stacks of HTTP and JSON that it is measured beside. */
@NullMarked
package io.parsec4j.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
