// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.support;

import java.nio.file.Path;
import java.util.List;

/** Programs of users, of which more than one test needs the same one; they are compiled against parsec-api alone. */
public final class Programs {
  /** Its arguments are base address, e-mail address, password, and a two-factor code if one is needed. */
  private static final String LIST_HOSTS = """
      package app;

      import io.parsec4j.api.Credentials;
      import io.parsec4j.api.Host;
      import io.parsec4j.api.HostQuery;
      import io.parsec4j.api.ParsecClient;
      import io.parsec4j.api.Session;
      import java.net.URI;

      public final class ListHosts {
        public static void main(String... args) {
          try (ParsecClient parsec = ParsecClient.builder().baseUri(URI.create(args[0])).build();
              Credentials credentials = Credentials.of(args[1], args[2].toCharArray())) {
            Session session = parsec.signIn(credentials, challenge -> args[3]);
            for (Host host : parsec.hosts(session, HostQuery.any())) {
              System.out.println(host.name());
            }
          }
        }
      }
      """;

  private Programs() {}

  /** Compiles {@code app.ListHosts} for the class path and returns the directory of its classes. */
  public static Path listHosts(Path directory) {
    Path sources = directory.resolve("app-src");
    Path classes = directory.resolve("app");
    Trees.write(sources, "app/ListHosts.java", LIST_HOSTS);
    Jdk.compileOnClassPath(sources, classes, List.of(Artifacts.jar("parsec-api")));
    return classes;
  }

  /** Compiles {@code app.ListHosts} in a module {@code app} that requires the API and nothing else, and packs it. */
  public static Path listHostsModule(Path directory) {
    Path sources = directory.resolve("app-module-src");
    Path classes = directory.resolve("app-module");
    Trees.write(sources, "module-info.java", "module app { requires io.parsec4j.api; }");
    Trees.write(sources, "app/ListHosts.java", LIST_HOSTS);
    Jdk.compileModule(sources, classes, List.of(Artifacts.jar("parsec-api")));
    return Jdk.jar(directory.resolve("app.jar"), classes, "app.ListHosts");
  }
}
