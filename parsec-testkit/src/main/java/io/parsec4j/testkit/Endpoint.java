// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What a client can ask of the service.
 *
 * <p><b>Source:</b> the vendor documents each path with a slash at its end and without; both are served.
 */
public enum Endpoint {
  /** {@code POST /v1/auth}. */
  SIGN_IN("POST", "/v1/auth"),

  /** {@code GET /v2/hosts}. */
  HOSTS("GET", "/v2/hosts");

  private final String method;
  private final String path;

  Endpoint(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** {@return the one method that the service takes here} */
  public String method() {
    return method;
  }

  /** {@return the path without a slash at its end} */
  public String path() {
    return path;
  }

  static @Nullable Endpoint at(String path) {
    for (Endpoint endpoint : values()) {
      if (path.startsWith(endpoint.path)
          && (path.length() == endpoint.path.length()
              || (path.length() == endpoint.path.length() + 1 && path.endsWith("/")))) {
        return endpoint;
      }
    }
    return null;
  }
}
