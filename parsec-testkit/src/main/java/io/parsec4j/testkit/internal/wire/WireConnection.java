// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One accepted connection: its script reads requests, writes bytes and ends it as it likes. */
public final class WireConnection {
  private static final int CRLF_BYTES = 2;
  private static final Duration BETWEEN_DRIPS = Duration.ofMillis(2);
  private static final int BUFFER_BYTES = 16_384;
  private static final int MAX_HEAD_BYTES = 1 << 20;

  private final WirePort port;
  private final int number;
  private final Socket socket;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;
  private volatile InputStream in;
  private volatile OutputStream out;
  private volatile boolean secured;
  private volatile boolean closed;

  WireConnection(WirePort port, int number, Socket socket) throws IOException {
    this.port = port;
    this.number = number;
    this.socket = socket;
    // Head and body in two small writes would wait 40 ms for the peer's delayed acknowledgement.
    socket.setTcpNoDelay(true);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** {@return which one it was at its port, from 1} */
  public int number() {
    return number;
  }

  /** {@return every byte that was read from the peer so far, deciphered once TLS stands} */
  public byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  /** {@return whether a TLS handshake was completed} */
  public boolean secured() {
    return secured;
  }

  /**
   * Shakes hands as a server; from here on everything is read and written through TLS.
   *
   * @param context with the key of the server
   * @throws IOException if the handshake fails
   */
  public void startTls(SSLContext context) throws IOException {
    InputStream readAhead = new ByteArrayInputStream(Arrays.copyOfRange(buffer, next, end));
    next = end;
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, readAhead, /*autoClose=*/ true);
    tls.startHandshake();
    in = tls.getInputStream();
    out = tls.getOutputStream();
    secured = true;
  }

  /**
   * Reads a request to its end.
   *
   * @return the request, or empty if the connection ended before a whole one had come
   */
  public Optional<WireRequest> readRequest() throws IOException {
    Optional<String> head = readHead();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(port.record(this, head.get(), readBody(head.get())));
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  /** Reads a head with its empty line and leaves the body where it is; the request is not counted. */
  public Optional<String> readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD_BYTES) {
      int b = closed ? -1 : readByte();
      if (b < 0) {
        return Optional.empty();
      }
      head.append((char) b);
      if (b == '\n' && head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return Optional.of(head.toString());
      }
    }
    throw new IOException("request head larger than " + MAX_HEAD_BYTES + " bytes");
  }

  private byte[] readBody(String head) throws IOException {
    var fields = WireRequest.parseFields(head);
    if (fields.first("Transfer-Encoding").isPresent()) {
      return readChunks();
    }
    return readExactly(Integer.parseInt(fields.first("Content-Length").orElse("0")));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = Integer.parseInt(readLine(), 16);
    while (size > 0) {
      body.writeBytes(readExactly(size));
      readExactly(CRLF_BYTES);
      size = Integer.parseInt(readLine(), 16);
    }
    String trailer = readLine();
    while (!trailer.isEmpty()) {
      trailer = readLine();
    }
    return body.toByteArray();
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int b = readByte();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("the peer ended within a line");
      }
      line.append((char) b);
      b = readByte();
    }
    return line.toString().strip();
  }

  @CanIgnoreReturnValue
  private byte[] readExactly(int length) throws IOException {
    byte[] bytes = new byte[length];
    int got = 0;
    while (got < length) {
      if (next == end && !fill()) {
        throw new EOFException("the peer ended within a body");
      }
      int n = Math.min(length - got, end - next);
      System.arraycopy(buffer, next, bytes, got, n);
      next += n;
      got += n;
    }
    return bytes;
  }

  /**
   * Reads what there is, at least one byte.
   *
   * @return the number of bytes, or -1 at the end
   */
  public int read(byte[] target) throws IOException {
    if (closed || (next == end && !fill())) {
      return -1;
    }
    int n = Math.min(target.length, end - next);
    System.arraycopy(buffer, next, target, 0, n);
    next += n;
    return n;
  }

  private int readByte() throws IOException {
    return next < end || fill() ? buffer[next++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    int n = in.read(buffer, 0, BUFFER_BYTES);
    if (n < 0) {
      return false;
    }
    next = 0;
    end = n;
    synchronized (received) {
      received.write(buffer, 0, n);
    }
    return true;
  }

  /** Writes bytes at once. */
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /** Writes a part of an array at once. */
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    out.flush();
  }

  /**
   * Writes bytes in pieces, with a pause after each, so that the peer reads them one by one.
   *
   * @throws InterruptedException if the port is closed
   */
  public void drip(byte[] bytes, int size) throws IOException, InterruptedException {
    for (int from = 0; from < bytes.length; from += size) {
      write(bytes, from, Math.min(size, bytes.length - from));
      port.pause(BETWEEN_DRIPS);
    }
  }

  /** Writes the same bytes again and again until the peer ends or the port is closed. */
  public void writeEndlessly(byte[] bytes) throws IOException {
    while (!port.isClosed()) {
      write(bytes);
    }
  }

  /**
   * Writes the same bytes again and again, with a pause after each, until the peer ends or the port is closed.
   *
   * @throws InterruptedException if interrupted
   */
  public void writeEndlessly(byte[] bytes, Duration pause)
      throws IOException, InterruptedException {
    while (!port.isClosed() && !awaitEnded(Duration.ZERO)) {
      write(bytes);
      port.pause(pause);
    }
  }

  /** Reads on, on a thread of its own, so that the peer's end is seen while the script writes. */
  public void watch() {
    WirePort.newThread("wire-watch", this::drain).start();
  }

  /** Ends the outgoing half with FIN; under TLS without a word of TLS, as a cut cable would. */
  public void fin() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the outgoing half: under TLS with its close_notify, and with FIN. */
  public void end() throws IOException {
    out.close();
  }

  /** Ends with RST. */
  public void reset() throws IOException {
    closed = true;
    // Linger 0 on the plain, blocking socket, also below TLS: the reset leaves at once.
    socket.setSoLinger(true, 0);
    socket.close();
    ended.countDown();
  }

  /** Waits until a latch opens or the port is closed. */
  public void await(CountDownLatch gate) throws InterruptedException {
    while (!port.isClosed() && !gate.await(20, TimeUnit.MILLISECONDS)) {
      // Until one of the two.
    }
  }

  /**
   * Waits until the peer has ended the connection in whatever way.
   *
   * @return false if it has not done so in time
   */
  public boolean awaitEnded(Duration patience) throws InterruptedException {
    return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** {@return the local port of the peer} */
  public OptionalInt peerPort() {
    return socket.getPort() == 0 ? OptionalInt.empty() : OptionalInt.of(socket.getPort());
  }

  /** Reads to the peer's end. */
  void drain() {
    try {
      byte[] sink = new byte[BUFFER_BYTES];
      while (!closed && in.read(sink, 0, sink.length) >= 0) {
        // What comes now belongs to no request.
      }
    } catch (IOException e) {
      closed = true;
    }
    ended.countDown();
  }

  /** Closes without a script's leave. */
  void abandon() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same: nobody holds it any more.
      ended.countDown();
    }
    ended.countDown();
  }
}
