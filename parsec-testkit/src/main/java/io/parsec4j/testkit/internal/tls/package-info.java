// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests, made when they are needed: nothing secret or binary lies in the repository. */
@NullMarked
package io.parsec4j.testkit.internal.tls;

import org.jspecify.annotations.NullMarked;
