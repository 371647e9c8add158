// SPDX-License-Identifier: Apache-2.0
/**
 * What an application writes against: {@link io.parsec4j.api.ParsecClient} signs a user in and lists the hosts that
 * this user may connect to.
 *
 * <p>Every type here is safe for use by several threads unless its documentation says otherwise. Values are immutable.
 * Passing {@code null} to any method or constructor throws {@link NullPointerException} naming the parameter, unless
 * its documentation says otherwise; no method returns {@code null}. All errors are unchecked: what can go wrong with a
 * call is a {@link io.parsec4j.api.ParsecException}, with a set-up a
 * {@link io.parsec4j.api.ParsecConfigurationException}, with keeping a session a
 * {@link io.parsec4j.api.SessionStoreException}.
 *
 * <p>Applications implement {@link io.parsec4j.api.RetryPolicy}, {@link io.parsec4j.api.CallListener},
 * {@link io.parsec4j.api.SessionStore} and {@link io.parsec4j.api.KeySource} if they like, and nothing else of this
 * package; implementors of HTTP and JSON back-ends find their contracts in {@link io.parsec4j.api.spi}.
 */
@NullMarked
package io.parsec4j.api;

import org.jspecify.annotations.NullMarked;
