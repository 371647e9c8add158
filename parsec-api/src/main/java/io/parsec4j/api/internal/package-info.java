// SPDX-License-Identifier: Apache-2.0
/** How calls are run and back-ends are found; not exported. */
@NullMarked
package io.parsec4j.api.internal;

import org.jspecify.annotations.NullMarked;
