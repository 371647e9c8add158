// SPDX-License-Identifier: Apache-2.0
/**
 * A port of which every byte is scripted: for the transport contract and for faults that no HTTP server offers.
 *
 * <p>Built on blocking sockets: a reset of a channel that a selector watches leaves only when the selector wakes up.
 */
@NullMarked
package io.parsec4j.testkit.internal.wire;

import org.jspecify.annotations.NullMarked;
