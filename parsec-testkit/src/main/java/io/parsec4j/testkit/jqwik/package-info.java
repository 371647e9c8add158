// SPDX-License-Identifier: Apache-2.0
/**
 * Values of Parsec for property tests with jqwik: hosts, pages, queries, accounts, credentials, auth codes, API keys,
 * sessions, faults, and a fake server that is as new in each try.
 *
 * <pre>{@code
 * @Property(tries = 50)
 * void showsEveryDesktop(
 *     @ForAll @Size(max = 5) List<@AlphaChars String> names, @ForAll FakeParsecServer server) {
 *   FakeAccount dude = server.account("dude@example.com", "secret");
 *   names.forEach(name -> dude.owns(FakeHost.desktop(name)));
 *   Launcher launcher = new Launcher(server.client());
 *
 *   assertThat(launcher.desktops("dude@example.com", "secret", () -> "none"))
 *       .containsExactlyElementsOf(names);
 * }
 * }</pre>
 *
 * <p>On the class path this needs no set-up. On the module path write
 * {@link io.parsec4j.testkit.jqwik.ParsecProperty @ParsecProperty} instead of {@code @Property}, or on the class.
 *
 * <p>Needs jqwik 1.9, of which the testkit brings nothing, because a project that uses this package has it. Nothing is
 * supplied for types that are not Parsec's.
 */
@NullMarked
package io.parsec4j.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
