// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import io.parsec4j.api.spi.Headers;
import java.util.ArrayList;
import java.util.List;

/** One request that was read to its end, as it stood on the wire. */
public final class WireRequest {
  private final int number;
  private final int connection;
  private final String head;
  private final byte[] body;

  WireRequest(int number, int connection, String head, byte[] body) {
    this.number = number;
    this.connection = connection;
    this.head = head;
    this.body = body;
  }

  /** {@return which one it was at its port, from 1} */
  public int number() {
    return number;
  }

  /** {@return the number of its connection, from 1} */
  public int connection() {
    return connection;
  }

  /** {@return the head with its empty line, one char for each byte} */
  public String head() {
    return head;
  }

  /** {@return method, target and version as they stood there} */
  public String requestLine() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** {@return the part of the request line before the first blank} */
  public String method() {
    return requestLine().split(" ", -1)[0];
  }

  /** {@return the part of the request line between the first and the last blank} */
  public String target() {
    String line = requestLine();
    int from = line.indexOf(' ');
    int to = line.lastIndexOf(' ');
    return from < to ? line.substring(from + 1, to) : "";
  }

  /** {@return the fields in order} */
  public Headers headers() {
    return parseFields(head);
  }

  /** {@return the names of the fields in order, as they were written} */
  public List<String> fieldNames() {
    List<String> names = new ArrayList<>();
    headers().forEach((name, value) -> names.add(name));
    return names;
  }

  /** {@return the bytes of the body, freed of chunks} */
  public byte[] body() {
    return body.clone();
  }

  static Headers parseFields(String head) {
    Headers.Builder fields = Headers.builder();
    String[] lines = head.split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        fields = fields.add(
            lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
    }
    return fields.build();
  }

  /** {@return the request line and the size of the body} */
  @Override
  public String toString() {
    return "#" + number + " on connection " + connection + ": " + requestLine() + ", " + body.length
        + " bytes";
  }
}
