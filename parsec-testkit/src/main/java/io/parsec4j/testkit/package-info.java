// SPDX-License-Identifier: Apache-2.0
/**
 * A fake Parsec service for tests: {@link io.parsec4j.testkit.FakeParsecServer} answers on a port of its own,
 * {@link io.parsec4j.testkit.FakeAccount} and {@link io.parsec4j.testkit.FakeHost} say what it knows.
 *
 * <pre>{@code
 * try (FakeParsecServer server = FakeParsecServer.start()) {
 *   server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
 *   Launcher launcher = new Launcher(server.client());
 *
 *   assertThat(launcher.desktops("dude@example.com", "secret", () -> "none")).containsExactly("LEBOWSKI");
 *   assertThat(server.requests(Endpoint.SIGN_IN)).hasSize(1);
 * }
 * }</pre>
 *
 * <p>Every type here is safe for use by several threads unless its documentation says otherwise, and what the server
 * knows may be changed at any time. Passing {@code null} to any method throws {@link NullPointerException} naming the
 * parameter; no method returns {@code null}. Nobody outside the testkit implements a type of this package.
 */
@NullMarked
package io.parsec4j.testkit;

import org.jspecify.annotations.NullMarked;
