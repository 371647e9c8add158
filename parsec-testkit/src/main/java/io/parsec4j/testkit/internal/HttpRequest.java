// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import io.parsec4j.api.spi.Headers;

/** One request that arrived whole and well-formed. Immutable; the body is not copied. */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final String query;
  private final Headers headers;
  private final byte[] body;
  private final boolean persistent;
  private final int connection;

  public HttpRequest(
      String method,
      String path,
      String query,
      Headers headers,
      byte[] body,
      boolean persistent,
      int connection) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.persistent = persistent;
    this.connection = connection;
  }

  public String method() {
    return method;
  }

  /** The path as it was sent, percent signs and all. */
  public String path() {
    return path;
  }

  /** What follows the question mark as it was sent; empty if nothing does. */
  public String query() {
    return query;
  }

  public Headers headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /** Whether the peer expects to send another request on the same connection. */
  public boolean persistent() {
    return persistent;
  }

  /** The number of the connection on its server, from 1. */
  public int connection() {
    return connection;
  }
}
