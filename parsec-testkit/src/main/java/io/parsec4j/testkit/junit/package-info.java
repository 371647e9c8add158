// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Parsec service for the tests of JUnit Jupiter: {@link io.parsec4j.testkit.junit.ParsecServerTest} starts a
 * server for each test, hands it to the test and closes it.
 *
 * <p>Needs JUnit Jupiter, of which the testkit brings nothing, because a project that uses this package has it. Passing
 * {@code null} to any method throws {@link NullPointerException} naming the parameter.
 */
@NullMarked
package io.parsec4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
