// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on blocking sockets: one thread that accepts, and one per connection, all of them daemons.
 *
 * <p>Blocking sockets because a reset of one leaves at once, which it does not do on a channel under a selector.
 */
public final class HttpServer implements AutoCloseable {
  private static final byte[] PLAIN_TEXT =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(US_ASCII);
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final int BACKLOG = 512;
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration ACCEPT_PAUSE = Duration.ofMillis(20);

  private final InetSocketAddress address;
  private final Handler handler;
  private final Door door;
  private final @Nullable SSLContext tls;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connectionCount = new AtomicInteger();
  private final AtomicInteger threadCount = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor pool;
  private @Nullable Acceptor acceptor;

  private HttpServer(ServerSocket listener, Handler handler, Door door, @Nullable SSLContext tls) {
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
    this.handler = handler;
    this.door = door;
    this.tls = tls;
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
   * @param tls with the key of the server; null for plain HTTP
   * @throws IOException if the address cannot be listened on
   */
  public static HttpServer start(
      InetAddress address, int port, Handler handler, Door door, @Nullable SSLContext tls)
      throws IOException {
    ServerSocket listener = listen(new InetSocketAddress(address, port));
    HttpServer server = new HttpServer(listener, handler, door, tls);
    server.start(listener);
    return server;
  }

  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    return listener;
  }

  public int port() {
    return address.getPort();
  }

  public InetAddress address() {
    return address.getAddress();
  }

  /**
   * Closes the port if the door is shut, or opens the same one again if it is not.
   *
   * @throws IOException if the port is taken meanwhile
   */
  public void followDoor() throws IOException {
    Acceptor shut = null;
    synchronized (this) {
      if (isClosing() || door.isShut() == (acceptor == null)) {
        return;
      }
      if (acceptor == null) {
        start(listen(address));
      } else {
        shut = acceptor;
        acceptor = null;
        shut.listener.close();
      }
    }
    if (shut != null) {
      // The system lets the port go when the thread that waits at it has left.
      shut.awaitLeft();
    }
  }

  private synchronized void start(ServerSocket listener) {
    Acceptor next = new Acceptor(listener);
    acceptor = next;
    pool.execute(next);
  }

  /**
   * Ends connections as soon as nothing is under way on them, and waits at most a second until the peers of those where
   * nothing is have noticed.
   */
  public void endConnections() {
    List<Link> idle = links.stream().filter(link -> !link.isInUse()).collect(Collectors.toList());
    for (Link link : links) {
      try {
        link.retire();
      } catch (IOException e) {
        // Ended by the peer already.
        link.close();
      }
    }
    awaitEnded(idle);
    idle.forEach(Link::close);
  }

  /** The number of the last connection so far; 0 if there was none. */
  public int lastConnection() {
    return connectionCount.get();
  }

  /** Closes every connection, whatever is under way on it. */
  public void cutConnections() {
    links.forEach(Link::close);
  }

  private static void awaitEnded(List<Link> some) {
    long deadline = System.nanoTime() + CLOSE_NANOS;
    try {
      for (Link link : some) {
        link.awaitEnded(deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the port and every connection, then waits at most a second for the threads; further calls do nothing. */
  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      if (acceptor != null) {
        closeQuietly(acceptor.listener);
      }
    }
    links.forEach(Link::close);
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

  private boolean closesSoon() {
    return closesWithin(ACCEPT_PAUSE);
  }

  private boolean closesWithin(Duration pause) {
    try {
      return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // close() interrupts its threads and nobody else does.
      return true;
    }
  }

  private void serve(Link link, int number, Reception reception) {
    try {
      link.open();
      if (receive(link, reception) && converse(link, number)) {
        link.end();
      }
    } catch (IOException e) {
      // The peer is gone or the server closes: nobody is left to be told.
    } finally {
      links.remove(link);
      link.close();
      link.ended();
    }
  }

  /** Returns whether the connection is ready for requests; if it is not, it is to be closed. */
  private boolean receive(Link link, Reception reception) throws IOException {
    switch (reception) {
      case ANSWERED_IN_PLAIN_TEXT:
        link.awaitFirstByte();
        link.out().write(PLAIN_TEXT);
        link.end();
        return false;
      case HANDSHAKE_STALLED:
        link.awaitPeer();
        return false;
      case HANDSHAKE_RESET:
        link.awaitFirstByte();
        link.reset();
        return false;
      case HANDSHAKE_CLOSED:
        link.awaitFirstByte();
        link.end();
        return false;
      default:
        if (tls != null) {
          link.secure(tls);
        }
        return reception == Reception.SERVED || breaks(link, reception);
    }
  }

  private static boolean breaks(Link link, Reception reception) throws IOException {
    if (reception == Reception.STALLED) {
      link.awaitPeer();
      return false;
    }
    link.awaitFirstByte();
    if (reception == Reception.RESET) {
      link.reset();
    } else {
      link.end();
    }
    return false;
  }

  /** Answers requests until one of the sides ends it; returns whether the peer may still be sending. */
  private boolean converse(Link link, int number) throws IOException {
    OutputStream out = link.out();
    RequestReader reader = new RequestReader(link.in(), () -> out.write(CONTINUE), number);
    while (true) {
      HttpRequest request;
      try {
        if (!link.waits()) {
          return true;
        }
        request = reader.next();
      } catch (RefusedException e) {
        out.write(e.answer().closing());
        return true;
      }
      if (request == null) {
        return false;
      }
      link.works();
      Delivery delivery = delivery(request, out);
      if (!deliver(delivery, link, out)) {
        return delivery.end() == Delivery.End.FIN;
      }
    }
  }

  private Delivery delivery(HttpRequest request, OutputStream out) throws IOException {
    try {
      return handler.handle(request);
    } catch (RuntimeException e) {
      out.write(
          Answer.error(500, "the fake server failed: " + e.getClass().getName()).closing());
      // Ends this thread and its connection, and shows the stack trace to whoever runs the test.
      throw e;
    }
  }

  /** Returns whether the connection is to carry another request. */
  private boolean deliver(Delivery delivery, Link link, OutputStream out) throws IOException {
    boolean goesOn = delivery.end() == Delivery.End.NEXT_REQUEST;
    int left = delivery.steps().size();
    for (Delivery.Step step : delivery.steps()) {
      left--;
      if (!step.pause().isZero() && closesWithin(step.pause())) {
        return false;
      }
      if (goesOn && left == 0 && step.times() == 1) {
        link.finishing();
      }
      for (long i = 0; i < step.times(); i++) {
        out.write(step.bytes());
      }
    }
    if (delivery.end() == Delivery.End.RST) {
      link.reset();
    } else if (delivery.end() == Delivery.End.STALL) {
      link.awaitPeer();
    }
    return goesOn;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it goes, and the others must be closed too.
    }
  }

  /** Accepts connections at one opening of the port. */
  private final class Acceptor implements Runnable {
    private final ServerSocket listener;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    Acceptor(ServerSocket listener) {
      this.listener = listener;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      while (!isClosing() && !listener.isClosed()) {
        try {
          accept();
        } catch (IOException e) {
          // Closed, or out of descriptors, which passes as connections end.
          if (listener.isClosed() || closesSoon()) {
            break;
          }
        }
      }
      left.countDown();
    }

    private void accept() throws IOException {
      Link link = new Link(listener.accept());
      links.add(link);
      int number = connectionCount.incrementAndGet();
      Reception reception = door.receive();
      try {
        // Before the peer can learn what became of it, and try again.
        followDoor();
      } finally {
        pool.execute(() -> serve(link, number, reception));
      }
      if (isClosing()) {
        // close() may have walked through the connections before this one was among them.
        link.close();
      }
    }

    void awaitLeft() {
      try {
        if (thread != Thread.currentThread()
            && !left.await(CLOSE_NANOS, TimeUnit.NANOSECONDS)
            && !isClosing()) {
          throw new IllegalStateException("the port is not let go");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
