// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's end of one connection. */
final class Peer {
  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

  private final Socket bare;
  private volatile Socket socket;
  private volatile boolean wasReset;
  private final CompletableFuture<String> request = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CountDownLatch sent = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  Peer(Socket bare) {
    this.bare = bare;
    this.socket = bare;
  }

  void over(Socket secured) {
    socket = secured;
  }

  void failed(Exception e) {
    request.completeExceptionally(e);
    left.completeExceptionally(e);
  }

  /** Reads up to the end of the head, or of the connection. */
  void readHead() throws IOException {
    request.complete(head());
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads a head and the body that it announces. */
  void readRequest() throws IOException {
    String head = head();
    Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
    byte[] body = length.find()
        ? socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)))
        : new byte[0];
    request.complete(head + new String(body, StandardCharsets.ISO_8859_1));
  }

  /** Reads one byte, or -1 at the end, which a reset is, too. */
  int readByte() {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  void skipByte() throws IOException {
    socket.getInputStream().readNBytes(1);
  }

  int readOrThrow() throws IOException {
    return socket.getInputStream().read();
  }

  /** Sends bytes beneath TLS. */
  void sendBare(byte[] bytes) throws IOException {
    bare.getOutputStream().write(bytes);
    bare.getOutputStream().flush();
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Passes everything on, in both directions, until both ends are closed. */
  void joinTo(Socket onward) throws IOException {
    RawServer.daemon(() -> {
      try {
        onward.getInputStream().transferTo(socket.getOutputStream());
        socket.shutdownOutput();
      } catch (IOException e) {
        // one of them was closed
      }
    });
    socket.getInputStream().transferTo(onward.getOutputStream());
  }

  /** Speaks the proxy's part of SOCKS 5 without a password and returns the host and port asked for. */
  String acceptSocks5() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readByte();
    in.readFully(new byte[in.readUnsignedByte()]);
    send(new byte[] {5, 0});
    in.readFully(new byte[3]);
    if (in.readByte() != 3) {
      throw new IOException("not a name");
    }
    byte[] name = new byte[in.readUnsignedByte()];
    in.readFully(name);
    int port = in.readUnsignedShort();
    send(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
    return new String(name, StandardCharsets.US_ASCII) + ":" + port;
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    bare.setSoLinger(true, 0);
    bare.close();
  }

  /** Reads until the other side is gone, politely or not, and tells {@link #left()}. */
  void awaitLeave() {
    try {
      bare.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      wasReset = true;
    }
    left.complete(null);
  }

  /** Whether the other side left without a polite end. */
  boolean wasReset() {
    return wasReset;
  }

  /** Tells {@link #awaitSent()} that the script has sent what it has to send. */
  void sent() {
    sent.countDown();
  }

  void awaitSent() {
    Calls.await(sent);
  }

  /** Waits for the test. */
  void pause() {
    Calls.await(goOn);
  }

  void goOn() {
    goOn.countDown();
  }

  /** The request, once it was read. */
  String request() throws Exception {
    return request.get(30, TimeUnit.SECONDS);
  }

  /** The path asked for. */
  String path() throws Exception {
    String line = request();
    int start = line.indexOf(' ') + 1;
    return line.substring(start, line.indexOf(' ', start));
  }

  CompletableFuture<Void> left() {
    return left;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // the other side was faster
    }
    try {
      bare.close();
    } catch (IOException e) {
      // the other side was faster
    }
  }
}
