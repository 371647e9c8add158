// SPDX-License-Identifier: Apache-2.0
/** Measures servers for tests: how soon they answer, what a request costs, what they bring along. */
@NullMarked
package io.parsec4j.benchmarks.server;

import org.jspecify.annotations.NullMarked;
