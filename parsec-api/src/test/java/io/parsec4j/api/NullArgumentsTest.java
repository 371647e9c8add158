// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parsec4j.api.fixture.PublicTypes;
import io.parsec4j.api.fixture.Samples;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
  private final Samples samples = new Samples();

  static Stream<Arguments> parameters() {
    return PublicTypes.all().stream()
        .flatMap(NullArgumentsTest::entries)
        .flatMap(entry -> Stream.of(entry.getParameters())
            .filter(parameter -> !parameter.getType().isPrimitive())
            .map(parameter -> Arguments.of(entry, parameter)));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void nullIsRefusedByTheNameOfTheParameter(Executable entry, Parameter parameter) {
    List<Object> arguments = new ArrayList<>();
    for (Parameter other : entry.getParameters()) {
      arguments.add(other.equals(parameter) ? null : samples.of(other.getType()));
    }

    Throwable thrown = catchThrowable(() -> call(entry, arguments.toArray()));

    assertThat(thrown).isInstanceOf(NullPointerException.class).hasMessage(parameter.getName());
  }

  @Test
  void theTableIsNotEmpty() {
    assertThat(parameters()).hasSizeGreaterThan(100);
  }

  private static Stream<Executable> entries(Class<?> type) {
    Stream<Constructor<?>> constructors = Stream.of(type.getConstructors());
    Stream<Method> methods = Stream.of(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !Modifier.isAbstract(method.getModifiers()))
        .filter(method -> !method.getName().equals("equals"))
        .filter(method -> !type.isEnum() || !method.getName().equals("valueOf"))
        // Its methods do nothing by default.
        .filter(method -> type != CallListener.class);
    return Stream.concat(constructors, methods)
        .filter(entry -> Modifier.isPublic(entry.getModifiers()));
  }

  private void call(Executable entry, Object[] arguments) throws Throwable {
    try {
      if (entry instanceof Constructor) {
        ((Constructor<?>) entry).newInstance(arguments);
        return;
      }
      boolean isStatic = Modifier.isStatic(entry.getModifiers());
      Object receiver = isStatic ? null : samples.of(entry.getDeclaringClass());
      ((Method) entry).invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
