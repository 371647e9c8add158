// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/** The least that can ask for hosts over one kept connection, so that the server's part of the time is the greatest. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] request;
  private final byte[] buffer = new byte[65_536];

  RawClient(URI address, String token) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
    request = ("GET /v2/hosts?mode=desktop HTTP/1.1\r\nHost: " + address.getAuthority()
            + "\r\nAuthorization: Bearer " + token + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Asks once and reads the answer to its end. */
  void ask() throws IOException {
    out.write(request);
    int end = 0;
    int bodyAt = -1;
    while (bodyAt < 0) {
      end = read(end);
      bodyAt = new String(buffer, 0, end, ISO_8859_1).indexOf("\r\n\r\n") + 4;
      bodyAt = bodyAt < 4 ? -1 : bodyAt;
    }
    String head = new String(buffer, 0, bodyAt, ISO_8859_1).toLowerCase(Locale.ROOT);
    if (!head.startsWith("http/1.1 200 ")) {
      throw new IOException("unexpected answer: " + head.lines().findFirst().orElse(""));
    }
    int at = head.indexOf("content-length: ");
    if (at >= 0) {
      int from = at + "content-length: ".length();
      int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
      while (end < bodyAt + length) {
        end = read(end);
      }
    } else {
      while (!new String(buffer, Math.max(0, end - 7), Math.min(7, end), ISO_8859_1)
          .endsWith("\r\n0\r\n\r\n")) {
        end = read(end);
      }
    }
  }

  private int read(int end) throws IOException {
    int n = in.read(buffer, end, buffer.length - end);
    if (n < 0) {
      throw new EOFException("the server closed the connection");
    }
    return end + n;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
