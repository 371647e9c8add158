// SPDX-License-Identifier: Apache-2.0
/** The HTTP/1.1 server under the fake service, and its JSON; not exported. */
@NullMarked
package io.parsec4j.testkit.internal;

import org.jspecify.annotations.NullMarked;
