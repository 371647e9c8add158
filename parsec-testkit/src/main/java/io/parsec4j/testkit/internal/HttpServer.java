// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server on blocking sockets: one thread that accepts, and one per connection, all of them daemons.
 *
 * <p>Blocking sockets because a reset of one leaves at once, which it does not do on a channel under a selector.
 */
public final class HttpServer implements AutoCloseable {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final int BACKLOG = 512;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LINGER_GAP_MILLIS = 500;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long ACCEPT_PAUSE_MILLIS = 20;

  private final ServerSocket listener;
  private final Handler handler;
  private final Responder responder;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connectionCount = new AtomicInteger();
  private final AtomicInteger threadCount = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor pool;

  private HttpServer(ServerSocket listener, Handler handler, Responder responder) {
    this.listener = listener;
    this.handler = handler;
    this.responder = responder;
    // A connection that is accepted while the server closes is dropped, and closed by the accepting
    // thread.
    this.pool = new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        this::thread,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Starts a server, which then accepts connections.
   *
   * @param port 0 for any free one
   * @throws IOException if the address cannot be listened on
   */
  public static HttpServer start(
      InetAddress address, int port, Handler handler, Responder responder) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    HttpServer server = new HttpServer(listener, handler, responder);
    server.pool.execute(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public InetAddress address() {
    return listener.getInetAddress();
  }

  /** Closes the port and every connection, then waits at most a second for the threads; further calls do nothing. */
  @Override
  public void close() {
    closing.countDown();
    closeQuietly(listener);
    connections.forEach(HttpServer::closeQuietly);
    pool.shutdownNow();
    try {
      joinThreads();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the threads themselves: the pool says that it has terminated while its last thread still runs. */
  private void joinThreads() throws InterruptedException {
    long deadline = System.nanoTime() + CLOSE_NANOS;
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0 && thread != Thread.currentThread()) {
        thread.join(left);
      }
    }
  }

  private Thread thread(Runnable work) {
    Thread thread =
        new Thread(work, "parsec-testkit-" + port() + "-" + threadCount.incrementAndGet());
    thread.setDaemon(true);
    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    threads.add(thread);
    return thread;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void accept() {
    while (!isClosing()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        int number = connectionCount.incrementAndGet();
        pool.execute(() -> serve(socket, number));
        if (isClosing()) {
          // close() may have walked through the connections before this one was among them.
          closeQuietly(socket);
        }
      } catch (IOException e) {
        // Closed, or out of descriptors, which passes as connections end.
        if (closesSoon()) {
          return;
        }
      }
    }
  }

  private boolean closesSoon() {
    try {
      return closing.await(ACCEPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // close() interrupts its threads and nobody else does.
      return true;
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      RequestReader reader =
          new RequestReader(socket.getInputStream(), () -> out.write(CONTINUE), number);
      if (converse(socket, reader)) {
        awaitEnd(socket);
      }
    } catch (IOException e) {
      // The peer is gone or the server closes: nobody is left to be told.
    } finally {
      connections.remove(socket);
    }
  }

  /** Answers requests until one of the sides ends it; returns whether the peer may still be sending. */
  private boolean converse(Socket socket, RequestReader reader) throws IOException {
    while (true) {
      HttpRequest request;
      try {
        request = reader.next();
      } catch (RefusedException e) {
        socket.getOutputStream().write(e.answer().bytes(true, true));
        return true;
      }
      if (request == null) {
        return false;
      }
      if (!responder.respond(socket, request, answer(socket, request))) {
        return !socket.isClosed();
      }
    }
  }

  private Answer answer(Socket socket, HttpRequest request) throws IOException {
    try {
      return handler.handle(request);
    } catch (RuntimeException e) {
      socket
          .getOutputStream()
          .write(Answer.error(500, "the fake server failed: " + e.getClass().getName())
              .bytes(true, true));
      // Ends this thread and its connection, and shows the stack trace to whoever runs the test.
      throw e;
    }
  }

  /** Lets the peer read the last answer: closing on bytes that were not read would reset the connection under it. */
  private static void awaitEnd(Socket socket) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_GAP_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] sink = new byte[8_192];
    long start = System.nanoTime();
    while (in.read(sink) >= 0) {
      if (System.nanoTime() - start > LINGER_NANOS) {
        return;
      }
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it goes, and the others must be closed too.
    }
  }
}
