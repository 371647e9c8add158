// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of {@link io.parsec4j.api.spi.Transport} as tests: whoever writes a transport extends
 * {@link io.parsec4j.testkit.contract.TransportContract}.
 *
 * <p>Needs JUnit 5 (Jupiter), which this module leaves to its user. Null arguments throw {@link NullPointerException}
 * unless said otherwise.
 */
@NullMarked
package io.parsec4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
