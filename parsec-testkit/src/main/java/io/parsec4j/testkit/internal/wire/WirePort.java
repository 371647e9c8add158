// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A loopback port that plays a script on each connection and records what came: connections, whole requests, bytes.
 *
 * <p>Safe for use by several threads. Closing cuts every connection.
 */
public final class WirePort implements AutoCloseable {
  private static final int BACKLOG = 2_048;
  private static final int STACK_BYTES = 256 * 1024;

  private final ServerSocket listener;
  private final WireScript script;
  private final CountDownLatch closing = new CountDownLatch(1);

  // Guarded by this.
  private final List<WireConnection> connections = new ArrayList<>();
  private final List<WireRequest> requests = new ArrayList<>();

  private WirePort(ServerSocket listener, WireScript script) {
    this.listener = listener;
    this.script = script;
  }

  /**
   * Opens a port on the loopback address, chosen by the system.
   *
   * @throws IOException if there is none
   */
  public static WirePort open(WireScript script) throws IOException {
    ServerSocket listener = new ServerSocket();
    // By address, never by name: a look-up may answer with the other family.
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    WirePort port = new WirePort(listener, script);
    newThread("wire-accept", port::accept).start();
    return port;
  }

  /** {@return the number of the port} */
  public int number() {
    return listener.getLocalPort();
  }

  /** {@return the address and number of the port} */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), number());
  }

  /** {@return {@code http://127.0.0.1:port} and the path} */
  public URI http(String path) {
    return URI.create("http://127.0.0.1:" + number() + path);
  }

  /** {@return {@code https://localhost:port} and the path} */
  public URI https(String path) {
    return URI.create("https://localhost:" + number() + path);
  }

  /** {@return the requests that were read to their end, in that order} */
  public synchronized List<WireRequest> requests() {
    return List.copyOf(requests);
  }

  /** {@return the accepted connections, in that order} */
  public synchronized List<WireConnection> connections() {
    return List.copyOf(connections);
  }

  /** {@return whether so many requests had come before the patience ended} */
  public boolean awaitRequests(int count, Duration patience) throws InterruptedException {
    return await(() -> requests.size() >= count, patience);
  }

  /** {@return whether so many connections had been accepted before the patience ended} */
  public boolean awaitConnections(int count, Duration patience) throws InterruptedException {
    return await(() -> connections.size() >= count, patience);
  }

  /** {@return whether the peers of all connections had ended them before the patience ended} */
  public boolean awaitAllEnded(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (WireConnection connection : connections()) {
      if (!connection.awaitEnded(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  private synchronized boolean await(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized WireRequest record(WireConnection connection, String head, byte[] body) {
    WireRequest request = new WireRequest(requests.size() + 1, connection.number(), head, body);
    requests.add(request);
    notifyAll();
    return request;
  }

  boolean isClosed() {
    return closing.getCount() == 0;
  }

  void pause(Duration time) throws InterruptedException {
    if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the port is closed");
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        WireConnection connection = add(socket);
        newThread("wire-" + number() + "-" + connection.number(), () -> play(connection))
            .start();
      } catch (IOException e) {
        // Either this port is closed, or the peer was gone before it was accepted.
      }
    }
  }

  private WireConnection add(Socket socket) throws IOException {
    synchronized (this) {
      WireConnection connection = new WireConnection(this, connections.size() + 1, socket);
      connections.add(connection);
      notifyAll();
      return connection;
    }
  }

  private void play(WireConnection connection) {
    try {
      script.play(connection);
      connection.drain();
    } catch (IOException | InterruptedException e) {
      // Either the peer or this port has ended the connection: nothing is left to play.
      return;
    } finally {
      connection.abandon();
    }
  }

  static Thread newThread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** Closes the port and cuts every connection. */
  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    for (WireConnection connection : connections()) {
      connection.abandon();
    }
  }
}
