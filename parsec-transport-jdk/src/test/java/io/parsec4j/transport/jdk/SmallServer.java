// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Answers each request without a body as it is told, on any number of connections. */
final class SmallServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Function<String, String> answer;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private int open;

  private SmallServer(ServerSocket listener, Function<String, String> answer) {
    this.listener = listener;
    this.answer = answer;
  }

  /** Takes the head of a request to the whole answer. */
  static SmallServer answering(Function<String, String> answer) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SmallServer server = new SmallServer(listener, answer);
    start(server::accept);
    return server;
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** The heads of all requests so far. */
  List<String> heads() {
    return heads;
  }

  /** Returns whether no more than so many connections were open before the patience ended. */
  synchronized boolean awaitOpen(int most) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (open > most) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized void count(int change) {
    open += change;
    notifyAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        count(1);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      String head = readHead(socket.getInputStream());
      while (!head.isEmpty()) {
        heads.add(head);
        socket.getOutputStream().write(answer.apply(head).getBytes(ISO_8859_1));
        head = readHead(socket.getInputStream());
      }
    } catch (IOException e) {
      // The client has ended the connection without ceremony, which is an end like any other.
    } finally {
      count(-1);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "small-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
