// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A document that shows commands and their answers: blocks of kind {@code console}, each command after a dollar sign. */
public final class Console {
  private static final Pattern BLOCK = Pattern.compile("(?s)```console\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private Console() {}

  /** All commands of a document in their order. */
  public static List<Command> commands(String document) {
    List<Command> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(Readme.read(document));
    while (block.find()) {
      for (String part : ("\n" + block.group(1).replaceAll("\\\\\n +", "")).split("\n\\$ ", -1)) {
        if (!part.isBlank()) {
          commands.add(Command.of(part));
        }
      }
    }
    return commands;
  }

  /** A command as a shell takes it, and the lines that it is shown to print. */
  public record Command(List<String> words, List<String> answer) {
    static Command of(String text) {
      List<String> lines = text.lines().toList();
      List<String> words = WORD.matcher(lines.get(0))
          .results()
          .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
          .toList();
      return new Command(words, lines.subList(1, lines.size()));
    }

    public String program() {
      return words.get(0);
    }

    /** The word after an option. */
    public Optional<String> value(String option) {
      return values(option).stream().findFirst();
    }

    /** The words after each of an option that may be repeated. */
    public List<String> values(String option) {
      return IntStream.range(0, words.size() - 1)
          .filter(at -> words.get(at).equals(option))
          .mapToObj(at -> words.get(at + 1))
          .toList();
    }

    public String last() {
      return words.get(words.size() - 1);
    }

    @Override
    public String toString() {
      return String.join(" ", words);
    }
  }
}
