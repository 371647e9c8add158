// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.many;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parsec4j.benchmarks.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Answers the first request at once, and all others with the same page after the same time, on one thread: the fake server has a thread for each
 * connection, and ten thousand of them are more than many machines allow.
 */
final class SlowServer {
  private static final int HOSTS = 20;
  private static final int BACKLOG = 16_384;

  private final Selector selector = Selector.open();
  private final Queue<Due> due = new ArrayDeque<>();
  private final ByteBuffer input = ByteBuffer.allocate(65_536);
  private final byte[] answer;
  private final long delayNanos;
  private boolean warm;

  private SlowServer(byte[] answer, Duration delay) throws IOException {
    this.answer = answer;
    this.delayNanos = delay.toNanos();
  }

  /** Prints the port and serves until it is ended; takes the time before each answer. */
  public static void main(String... args) throws Exception {
    byte[] page = Service.page(HOSTS);
    byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + page.length + "\r\n\r\n")
        .getBytes(ISO_8859_1);
    byte[] answer =
        ByteBuffer.allocate(head.length + page.length).put(head).put(page).array();
    ServerSocketChannel listener = ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    System.out.println(listener.socket().getLocalPort());
    new SlowServer(answer, Duration.parse(args[0])).serve(listener);
  }

  private void serve(ServerSocketChannel listener) throws IOException {
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    while (true) {
      Due next = due.peek();
      if (next == null) {
        selector.select(this::handle);
      } else {
        long millis = (next.nanos - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
          selector.select(this::handle, millis);
        } else {
          selector.selectNow(this::handle);
        }
      }
      answerAllDue();
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel accepted;
        while ((accepted = ((ServerSocketChannel) key.channel()).accept()) != null) {
          accepted.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
        return;
      }
      SocketChannel peer = (SocketChannel) key.channel();
      int read = peer.read(input.clear());
      if (read < 0) {
        peer.close();
      } else if (read > 0) {
        // A client without pipelining sends one request in one piece.
        due.add(new Due(peer, System.nanoTime() + (warm ? delayNanos : 0)));
        warm = true;
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void answerAllDue() throws IOException {
    for (Due next = due.peek();
        next != null && next.nanos <= System.nanoTime();
        next = due.peek()) {
      due.remove();
      ByteBuffer bytes = ByteBuffer.wrap(answer);
      while (bytes.hasRemaining() && next.peer.isOpen()) {
        if (next.peer.write(bytes) < 0) {
          break;
        }
      }
    }
  }

  /** A peer that waits for its answer. */
  private record Due(SocketChannel peer, long nanos) {}
}
