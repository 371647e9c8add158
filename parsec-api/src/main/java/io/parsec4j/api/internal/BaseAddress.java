// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.ParsecConfigurationException;
import java.net.URI;
import java.util.Locale;

/** The one place where an address of the service is checked, because HTTP libraries differ in what they let pass. */
public final class BaseAddress {
  private static final int MAX_PORT = 65_535;

  private BaseAddress() {}

  /**
   * Returns the address without a slash at its end.
   *
   * @throws ParsecConfigurationException if it is not one to send secrets to
   */
  public static String check(String name, URI uri, boolean allowInsecure) {
    String scheme = uri.getScheme();
    boolean https = "https".equalsIgnoreCase(scheme);
    if (!https && !"http".equalsIgnoreCase(scheme)) {
      throw new ParsecConfigurationException(name + " must begin with https://");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new ParsecConfigurationException(
          name + " must name a host, and a port from 1 to 65535 if any");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new ParsecConfigurationException(
          name + " must have no user info, query or fragment, only a host and possibly a path");
    }
    if (!https && !allowInsecure && !isLoopback(uri.getHost())) {
      throw new ParsecConfigurationException(
          name + " must begin with https:// because passwords are sent to " + uri.getHost()
              + "; if you accept that anybody on the way reads them, call allowInsecure()");
    }
    String text = uri.toASCIIString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  /**
   * Returns the one spelling of an address that is compared and not connected to: in lower case up to the path, without
   * the default port and a slash at the end.
   *
   * @throws ParsecConfigurationException if it is not an address of a service
   */
  public static String canonical(String name, URI uri) {
    URI checked = URI.create(check(name, uri, true));
    String scheme = checked.getScheme().toLowerCase(Locale.ROOT);
    int defaultPort = scheme.equals("https") ? 443 : 80;
    int port = checked.getPort();
    return scheme + "://" + checked.getHost().toLowerCase(Locale.ROOT)
        + (port == -1 || port == defaultPort ? "" : ":" + port) + checked.getRawPath();
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || (host.startsWith("127.")
            && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
  }
}
