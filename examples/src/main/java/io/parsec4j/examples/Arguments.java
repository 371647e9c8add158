// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ServiceAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command line of {@link ListHosts}. */
final class Arguments {
  static final String HELP = String.join(
      "\n",
      "list-hosts: signs in to Parsec and prints the hosts that the user may connect to.",
      "",
      "With no arguments it starts a fake server in this process and plays the whole scene.",
      "",
      "  --live EMAIL        sign in to the real service; asks for the password on the console",
      "  --service NAME      with --live: documented (default), later_edition or parsec_app",
      "  --base-uri URI      with --live: another address, for example of the standalone fake server",
      "  --transport NAME    jdk (default) or apache",
      "  --json              print JSON for machines instead of a table",
      "  --help              print this",
      "",
      "Exit status: 0 hosts printed; 1 sign-in refused or service not reached; 2 wrong usage.",
      "The vendor allows the sign-in with e-mail address and password for personal use only.",
      "");

  private @Nullable String live;
  private @Nullable ServiceAddress service;
  private @Nullable URI baseUri;
  private boolean apache;
  private boolean json;
  private boolean help;

  private Arguments() {}

  static Arguments parse(String... args) {
    Arguments parsed = new Arguments();
    Iterator<String> rest = List.of(args).iterator();
    while (rest.hasNext()) {
      parsed.take(rest.next(), rest);
    }
    if (parsed.live == null && (parsed.service != null || parsed.baseUri != null)) {
      throw new WrongUsageException("--service and --base-uri need --live EMAIL; see --help");
    }
    if (parsed.service != null && parsed.baseUri != null) {
      throw new WrongUsageException("--service and --base-uri exclude each other; see --help");
    }
    return parsed;
  }

  private void take(String option, Iterator<String> rest) {
    switch (option) {
      case "--live":
        live = value(option, rest);
        break;
      case "--service":
        service = service(value(option, rest));
        break;
      case "--base-uri":
        baseUri = uri(value(option, rest));
        break;
      case "--transport":
        apache = isApache(value(option, rest));
        break;
      case "--json":
        json = true;
        break;
      case "--help":
        help = true;
        break;
      default:
        // The argument itself is not repeated: it could be a password that was typed in the wrong
        // place.
        throw new WrongUsageException("there is an argument that is not an option; see --help");
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new WrongUsageException(option + " needs a value; see --help");
    }
    return rest.next();
  }

  private static ServiceAddress service(String name) {
    try {
      return ServiceAddress.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          "--service must be documented, later_edition or parsec_app; see --help");
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new WrongUsageException(
          "--base-uri must be an address such as http://127.0.0.1:8080; see --help");
    }
  }

  private static boolean isApache(String name) {
    if (!name.equals("jdk") && !name.equals("apache")) {
      throw new WrongUsageException("--transport must be jdk or apache; see --help");
    }
    return name.equals("apache");
  }

  Optional<String> live() {
    return Optional.ofNullable(live);
  }

  ParsecClient.Builder address(ParsecClient.Builder builder) {
    if (baseUri != null) {
      return builder.baseUri(baseUri);
    }
    return builder.service(service == null ? ServiceAddress.DOCUMENTED : service);
  }

  boolean apache() {
    return apache;
  }

  boolean json() {
    return json;
  }

  boolean help() {
    return help;
  }
}
