// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks on the console of the JVM, and nowhere else: a password read from a pipe would stand in some file or history. */
final class ConsolePrompt implements Prompt {
  private final @Nullable Console console;

  ConsolePrompt(@Nullable Console console) {
    this.console = console;
  }

  @Override
  public char[] password(String question) {
    return answer(open().readPassword("%s", question));
  }

  @Override
  public String code(String question) {
    return answer(open().readLine("%s", question));
  }

  private Console open() {
    if (console == null) {
      throw new WrongUsageException(
          "there is no console to ask for a password; run the command in a terminal");
    }
    return console;
  }

  private static <T> T answer(@Nullable T typed) {
    if (typed == null) {
      throw new WrongUsageException("the console was closed before an answer was typed");
    }
    return typed;
  }
}
