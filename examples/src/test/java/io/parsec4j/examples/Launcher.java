// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A program of a user, to be tested with the fake server. */
final class Launcher {
  private final ParsecClient parsec;

  Launcher(ParsecClient parsec) {
    this.parsec = parsec;
  }

  List<String> desktops(String email, String password, Supplier<String> code) {
    try (Credentials credentials = Credentials.of(email, password.toCharArray())) {
      return parsec
          .hosts(parsec.signIn(credentials, challenge -> code.get()), HostQuery.desktop())
          .hosts()
          .stream()
          .map(Host::name)
          .collect(Collectors.toList());
    }
  }
}
