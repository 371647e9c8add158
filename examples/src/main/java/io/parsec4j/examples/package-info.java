// SPDX-License-Identifier: Apache-2.0
/** Programs that a user of parsec4j would write; the README and the Javadoc take their code from here. */
@NullMarked
package io.parsec4j.examples;

import org.jspecify.annotations.NullMarked;
