// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The least that a server with a thread for its connection can do: it reads up to the end of a head and sends bytes that
 * were made beforehand. What the others take beyond it is their own; the rest is the machine's.
 */
final class PlainServer implements AutoCloseable {
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(ISO_8859_1);

  private final ServerSocket listener;
  private final byte[] answer;
  private final Thread thread = new Thread(this::serve);

  private PlainServer(ServerSocket listener, byte[] answer) {
    this.listener = listener;
    this.answer = answer;
  }

  static PlainServer start(String page) throws IOException {
    byte[] body = page.getBytes(UTF_8);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length + "\r\n\r\n")
        .getBytes(ISO_8859_1));
    answer.write(body);
    PlainServer server = new PlainServer(
        new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), answer.toByteArray());
    server.thread.start();
    return server;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Serves the one connection that a measurement opens. */
  private void serve() {
    try (Socket socket = listener.accept()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[8_192];
      int matched = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == HEAD_END[matched]) {
            matched++;
          } else {
            matched = buffer[i] == HEAD_END[0] ? 1 : 0;
          }
          if (matched == HEAD_END.length) {
            out.write(answer);
            matched = 0;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
