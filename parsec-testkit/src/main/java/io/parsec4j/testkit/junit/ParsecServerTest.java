// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.junit;

import io.parsec4j.testkit.Dialect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a fake Parsec server of its own, and closes it when the test has ended.
 *
 * <pre>{@code
 * @ParsecServerTest
 * class LauncherTest {
 *   @Test
 *   void showsHosts(FakeParsecServer server, ParsecClient parsec) {
 *     server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
 *     Launcher launcher = new Launcher(parsec);
 *
 *     assertThat(launcher.desktops("dude@example.com", "secret", () -> "none")).containsExactly("LEBOWSKI");
 *     server.verify(Endpoint.HOSTS).once();
 *   }
 * }
 * }</pre>
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} methods and constructors may have these parameters, and all
 * of one test mean the same server: {@link io.parsec4j.testkit.FakeParsecServer} or
 * {@link io.parsec4j.testkit.FakeParsec}, {@link io.parsec4j.api.ParsecClient} and
 * {@link io.parsec4j.api.AsyncParsecClient} (the server's client, closed with it), and {@link java.net.URI} (its base
 * address; not in parameterized tests, which may have addresses of their own among their arguments). A test that has
 * none of them starts no server.
 *
 * <p>Holds for {@code @Nested} classes too, unless they say something else. Tests may run in parallel. Settings beyond
 * these are those of {@link FakeParsecServerExtension#of}.
 */
// JUnit is optional, and whoever uses this type requires JUnit anyway.
@SuppressWarnings("exports")
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(FakeParsecServerExtension.class)
public @interface ParsecServerTest {

  /** {@return how the server answers} */
  Dialect dialect() default Dialect.DOCUMENTED;

  /** {@return whether the server speaks TLS, which the client that it makes trusts} */
  boolean tls() default false;

  /** {@return who shares a server} */
  Scope scope() default Scope.METHOD;

  /**
   * {@return whether a test fails at its end if a fault that it scheduled was not used up, or if a request came to a path
   * that the service does not know; one that has failed itself is not reported again}
   */
  boolean strict() default true;

  /** Who shares a server. */
  enum Scope {
    /** Nobody: each test has its own. */
    METHOD,

    /**
     * All tests of the class that has the annotation, those of its {@code @Nested} classes included. It can be a parameter
     * of {@code @BeforeAll} and {@code @AfterAll} methods too. What is strict is looked at when the last test has ended.
     */
    CLASS
  }
}
