// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One accepted connection, plain or with TLS on it. */
final class Link {
  private static final int LINGER_GAP_MILLIS = 500;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int SINK_BYTES = 8_192;

  private final Socket wire;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Socket talk;
  private volatile boolean inUse = true;
  private boolean waits;
  private boolean retired;

  Link(Socket wire) {
    this.wire = wire;
    this.talk = wire;
  }

  InputStream in() throws IOException {
    return talk.getInputStream();
  }

  OutputStream out() throws IOException {
    return talk.getOutputStream();
  }

  void open() throws IOException {
    wire.setTcpNoDelay(true);
  }

  /** Shakes hands as a server. */
  void secure(SSLContext context) throws IOException {
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(wire, nothing, /* autoClose= */ true);
    tls.startHandshake();
    talk = tls;
  }

  /** Waits until the peer has sent something, so that what becomes of the connection meets one that stands. */
  void awaitFirstByte() throws IOException {
    if (in().read() < 0) {
      throw new EOFException("the peer ended without a word");
    }
  }

  /** Says that the peer is owed nothing any more once what is being written has left. */
  void finishing() {
    inUse = false;
  }

  /** Says that the peer may send a request; returns whether it shall. */
  synchronized boolean waits() {
    inUse = false;
    waits = true;
    return !retired;
  }

  /** Says that a request has come. */
  synchronized void works() {
    inUse = true;
    waits = false;
  }

  boolean isInUse() {
    return inUse;
  }

  /** Lets it carry no other request than the one that is under way. */
  synchronized void retire() throws IOException {
    retired = true;
    if (waits) {
      fin();
    }
  }

  /** Ends what is sent, under TLS with its close_notify. */
  void fin() throws IOException {
    talk.shutdownOutput();
    if (!talk.equals(wire)) {
      wire.shutdownOutput();
    }
  }

  /** Breaks the connection; linger 0 on a blocking socket, also below TLS, so that the reset leaves at once. */
  void reset() throws IOException {
    wire.setSoLinger(true, 0);
    wire.close();
  }

  /** Reads until the peer ends the connection or somebody closes it. */
  void awaitPeer() throws IOException {
    InputStream in = in();
    byte[] sink = new byte[SINK_BYTES];
    int read = in.read(sink);
    while (read >= 0) {
      read = in.read(sink);
    }
  }

  /** Lets the peer read the last answer: closing on bytes that were not read would reset the connection under it. */
  void end() throws IOException {
    fin();
    wire.setSoTimeout(LINGER_GAP_MILLIS);
    InputStream in = wire.getInputStream();
    byte[] sink = new byte[SINK_BYTES];
    long start = System.nanoTime();
    while (in.read(sink) >= 0) {
      if (System.nanoTime() - start > LINGER_NANOS) {
        return;
      }
    }
  }

  /** Closes without a word of TLS, which could wait for a peer that does not read. */
  void close() {
    try {
      wire.close();
    } catch (IOException e) {
      // It is closed as far as it goes, and nobody uses it any more.
      inUse = false;
    }
  }

  void ended() {
    ended.countDown();
  }

  /** Waits until nobody uses it any more, or the time is over. */
  @CanIgnoreReturnValue
  boolean awaitEnded(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }
}
