// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.junit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.AsyncParsecClient;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.FakeParsec;
import io.parsec4j.testkit.FakeParsecServer;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * What {@link ParsecServerTest} stands for, to be registered in a static field by tests that need a server with settings
 * of its builder:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakeParsecServerExtension PARSEC =
 *     FakeParsecServerExtension.of(FakeParsecServer.builder().dialect(Dialect.LIVE).hostCap(2));
 * }</pre>
 *
 * <p>Each test has a server of its own, and what is {@link ParsecServerTest#strict() strict} is looked at, unless
 * {@link #perClass()} and {@link #lenient()} say otherwise. A class that has the annotation too has one server all the
 * same: that of the field, for the class if either says so, and lenient if either says so. What a
 * {@code @Nested} class says holds for that class instead of what is said around it. The field must be static.
 *
 * <p>Immutable, and safe for tests that run in parallel.
 */
// JUnit is optional, and whoever uses this type requires JUnit anyway.
@SuppressWarnings("exports")
public final class FakeParsecServerExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        TestInstancePreConstructCallback,
        ParameterResolver {
  private static final Set<Class<?>> TYPES = Set.of(
      FakeParsec.class,
      FakeParsecServer.class,
      ParsecClient.class,
      AsyncParsecClient.class,
      URI.class);

  private final FakeParsecServer.@Nullable Builder builder;
  private final boolean perClass;
  private final boolean lenient;

  /** Creates what {@link ParsecServerTest} registers; it goes by that annotation. */
  public FakeParsecServerExtension() {
    this(null, false, false);
  }

  private FakeParsecServerExtension(
      FakeParsecServer.@Nullable Builder builder, boolean perClass, boolean lenient) {
    this.builder = builder;
    this.perClass = perClass;
    this.lenient = lenient;
  }

  /**
   * Creates an extension for a field.
   *
   * @param builder starts every server, and must not be changed from then on
   * @return the extension, with a server for each test, and strict
   */
  public static FakeParsecServerExtension of(FakeParsecServer.Builder builder) {
    return new FakeParsecServerExtension(requireNonNull(builder, "builder"), false, false);
  }

  /** {@return this with one server for all tests of the class, as {@link ParsecServerTest.Scope#CLASS} says} */
  public FakeParsecServerExtension perClass() {
    return new FakeParsecServerExtension(builder, true, lenient);
  }

  /** {@return this without the looking at what is {@link ParsecServerTest#strict() strict}} */
  public FakeParsecServerExtension lenient() {
    return new FakeParsecServerExtension(builder, perClass, true);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ServerPlan.register(this, context);
  }

  // With one instance for all tests, their class is constructed before beforeAll is called, and may
  // take a server then.
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factoryContext, ExtensionContext context) {
    ServerPlan.register(this, context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ServerPlan.register(this, context);
  }

  // So that a constructor's server is that of the test for which it is called.
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return TYPES.contains(type)
        && !(type == URI.class && isArgument(parameter))
        && ServerPlan.of(context).isActing(this, context);
  }

  /** Tells whether the parameter may be one of a parameterized test, which has its own way to supply it. */
  private static boolean isArgument(ParameterContext parameter) {
    // By name, since junit-jupiter-params is in fewer projects than the API.
    return Arrays.stream(parameter.getDeclaringExecutable().getAnnotations())
        .anyMatch(annotation -> annotation
            .annotationType()
            .getName()
            .equals("org.junit.jupiter.params.ParameterizedTest"));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ServerPlan plan = ServerPlan.of(context);
    ExtensionContext home = plan.home(context)
        .orElseThrow(
            () -> new ParameterResolutionException(
                "each test has a server of its own, so that there is none for "
                    + parameter.getDeclaringExecutable()
                    + "; for one that all tests share say @ParsecServerTest(scope = CLASS) or perClass()"));
    ServerOfTest server = ServerOfTest.in(home, plan);
    Class<?> type = parameter.getParameter().getType();
    if (type == ParsecClient.class) {
      return server.client();
    }
    if (type == AsyncParsecClient.class) {
      return server.client().async();
    }
    return type == URI.class ? server.server().baseUri() : server.server();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    ServerPlan plan = ServerPlan.of(context);
    if (plan.isActing(this, context)) {
      boolean failed = context.getExecutionException().isPresent();
      if (plan.perClass()) {
        plan.home(context)
            .flatMap(ServerOfTest::existing)
            .filter(server -> failed)
            .ifPresent(ServerOfTest::acceptFailure);
      } else {
        ServerOfTest.existing(context).ifPresent(server -> server.end(!failed && plan.strict()));
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    ServerPlan plan = ServerPlan.of(context);
    if (plan.isActing(this, context) && plan.perClass() && plan.belongsTo(context)) {
      boolean failed = context.getExecutionException().isPresent();
      ServerOfTest.existing(context).ifPresent(server -> server.end(!failed && plan.strict()));
    }
  }

  boolean isOfField() {
    return builder != null;
  }

  FakeParsecServer.Builder builder() {
    return requireNonNull(builder, "builder");
  }

  boolean isPerClass() {
    return perClass;
  }

  boolean isLenient() {
    return lenient;
  }

  /** {@return how the extension was made} */
  @Override
  public String toString() {
    return "FakeParsecServerExtension[" + (perClass ? "per class" : "per method")
        + (lenient ? ", lenient]" : ", strict]");
  }
}
