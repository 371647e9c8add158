// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.JsonMembers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client can ask of the service.
 *
 * <p><b>Source:</b> the vendor documents the first two paths with a slash at their end and without; all are served both
 * ways.
 */
public enum Endpoint {
  /** {@code POST /v1/auth}. */
  SIGN_IN("POST", "/v1/auth"),

  /** {@code GET /v2/hosts}. */
  HOSTS("GET", "/v2/hosts"),

  /** {@code POST /auth/codes}: an auth code. <b>Source:</b> the vendor's documentation of the third-party API. */
  AUTH_CODE("POST", "/auth/codes"),

  /** {@code POST /auth/sessions}: a poll of an auth code. <b>Source:</b> as of the code. */
  AUTH_SESSION("POST", "/auth/sessions"),

  /** {@code POST /enterprise/sessions}. <b>Source:</b> the example call of the vendor's enterprise documentation. */
  ENTERPRISE_SESSION("POST", "/enterprise/sessions"),

  /** {@code GET /me}: the account behind a session. <b>Source:</b> seen in public clients. */
  ACCOUNT("GET", "/me");

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

  /** The names of all in words: {@code sign-in}. */
  static List<String> names() {
    return Arrays.stream(values()).map(JsonMembers::nameOf).collect(Collectors.toList());
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
