// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import java.util.ArrayList;
import java.util.List;

/** Prints hosts as a table for people. */
final class HostTable {
  private static final List<String> TITLES =
      List.of("NAME", "MODE", "PLAYERS", "OWNER", "BUILD", "PEER ID");

  private HostTable() {}

  static String format(HostPage page) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    for (Host host : page) {
      rows.add(List.of(
          printable(host.name()),
          printable(host.mode().value()),
          host.players() + "/" + host.maxPlayers(),
          printable(host.user().map(HostUser::name).orElse("")),
          printable(host.build()),
          printable(host.peerId())));
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        boolean last = column == row.size() - 1;
        table.append(last ? row.get(column) + "\n" : padded(row.get(column), width(rows, column)));
      }
    }
    if (page.hosts().isEmpty()) {
      table.append("(no host is online)\n");
    }
    if (page.hasMore()) {
      table.append("(the service has more hosts than it listed)\n");
    }
    return table.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0) + 2;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - length(text));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A host's owner chooses its name: control characters in it could rewrite the terminal. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
