// SPDX-License-Identifier: Apache-2.0
/** Measures what a call costs over the raw client. */
@NullMarked
package io.parsec4j.benchmarks.call;

import org.jspecify.annotations.NullMarked;
