// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.junit;

import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.junit.ParsecServerTest.Scope;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the nearest class around a test says about its server, by an annotation, by a field, or by both. */
final class ServerPlan {
  /** The fields' extensions by the classes that have them. */
  private static final Namespace FIELDS = Namespace.create(ServerPlan.class);

  /** The key of the extension that JUnit called first. */
  private static final String FIRST = "first";

  private final @Nullable Class<?> owner;
  private final @Nullable ParsecServerTest annotation;
  private final @Nullable FakeParsecServerExtension field;

  private ServerPlan(
      @Nullable Class<?> owner,
      @Nullable ParsecServerTest annotation,
      @Nullable FakeParsecServerExtension field) {
    this.owner = owner;
    this.annotation = annotation;
    this.field = field;
    if (annotation != null
        && field != null
        && (annotation.dialect() != Dialect.DOCUMENTED || annotation.tls())) {
      throw new ExtensionConfigurationException(
          "dialect and tls of @ParsecServerTest mean nothing beside a FakeParsecServerExtension;"
              + " say them to the builder of the field in " + name(owner));
    }
  }

  static ServerPlan of(ExtensionContext context) {
    Store fields = context.getStore(FIELDS);
    for (Class<?> owner : classesAround(context)) {
      ParsecServerTest annotation =
          AnnotationSupport.findAnnotation(owner, ParsecServerTest.class).orElse(null);
      FakeParsecServerExtension field = fields.get(owner, FakeParsecServerExtension.class);
      if (annotation != null || field != null) {
        return new ServerPlan(owner, annotation, field);
      }
    }
    return new ServerPlan(null, null, null);
  }

  /** Notes an extension, and if it is that of a field also that; does nothing if it is noted. */
  static void register(FakeParsecServerExtension extension, ExtensionContext context) {
    if (first(context).isEmpty()) {
      context.getStore(FIELDS).put(FIRST, extension);
    }
    if (!extension.isOfField() || isRegistered(extension, context)) {
      return;
    }
    Class<?> owner = context.getRequiredTestClass();
    if (context.getTestMethod().isPresent()) {
      // Too late for constructors and @BeforeAll, and nobody says of which class the field is.
      throw new ExtensionConfigurationException(
          "the field with a FakeParsecServerExtension in " + name(owner) + " must be static");
    }
    if (context.getStore(FIELDS).get(owner) != null) {
      throw new ExtensionConfigurationException("a class has one fake server, but " + name(owner)
          + " has two fields with a FakeParsecServerExtension; remove one");
    }
    context.getStore(FIELDS).put(owner, extension);
  }

  private static boolean isRegistered(
      FakeParsecServerExtension extension, ExtensionContext context) {
    Store fields = context.getStore(FIELDS);
    return classesAround(context).stream().anyMatch(owner -> fields.get(owner) == extension);
  }

  /** The class of a context and those around it, the innermost first. */
  private static Set<Class<?>> classesAround(ExtensionContext context) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (Optional<ExtensionContext> around = Optional.of(context);
        around.isPresent();
        around = around.get().getParent()) {
      around.get().getTestClass().ifPresent(classes::add);
    }
    return classes;
  }

  private static Optional<FakeParsecServerExtension> first(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(FIELDS).get(FIRST, FakeParsecServerExtension.class));
  }

  /** Whether of the extensions that are at a test this is the one that acts. */
  boolean isActing(FakeParsecServerExtension extension, ExtensionContext context) {
    // Without a field any one will do, also that of a field further out: JUnit adds none for the
    // annotation where it has one of the class already.
    return Optional.ofNullable(field)
        .or(() -> first(context))
        .filter(extension::equals)
        .isPresent();
  }

  boolean perClass() {
    return (annotation != null && annotation.scope() == Scope.CLASS)
        || (field != null && field.isPerClass());
  }

  boolean strict() {
    return (annotation == null || annotation.strict()) && (field == null || !field.isLenient());
  }

  /** Whether a class context is that of the class that says all this. */
  boolean belongsTo(ExtensionContext context) {
    return context.getTestMethod().isEmpty()
        && context.getTestClass().filter(type -> type == owner).isPresent();
  }

  /** Where the server is kept; empty if each test has its own and there is no test. */
  Optional<ExtensionContext> home(ExtensionContext context) {
    if (!perClass()) {
      return Optional.of(context).filter(test -> test.getTestMethod().isPresent());
    }
    Optional<ExtensionContext> around = Optional.of(context);
    while (around.isPresent() && !belongsTo(around.get())) {
      around = around.get().getParent();
    }
    return around;
  }

  FakeParsecServer start() {
    if (field != null) {
      return field.builder().start();
    }
    FakeParsecServer.Builder builder = FakeParsecServer.builder();
    if (annotation != null) {
      builder = builder.dialect(annotation.dialect());
      builder = annotation.tls() ? builder.tls() : builder;
    }
    return builder.start();
  }

  private static String name(@Nullable Class<?> type) {
    return type == null ? "no class" : type.getName();
  }
}
