// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that runs a script on each connection and understands nothing by itself. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final SSLContext tls;
  private final Script script;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Peer> arrivals = new LinkedBlockingQueue<>();

  /** What to do with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void play(Peer peer) throws Exception;
  }

  private RawServer(ServerSocket listener, SSLContext tls, Script script) {
    this.listener = listener;
    this.tls = tls;
    this.script = script;
    daemon(this::accept);
  }

  static RawServer start(Script script) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, script);
  }

  static RawServer startTls(SSLContext context, Script script) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), context, script);
  }

  static RawServer start(InetSocketAddress address, SSLContext context, Script script) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(address, 2_000);
      return new RawServer(listener, context, script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A server that reads each request and gives the same answer. */
  static RawServer answering(String answer) {
    return start(peer -> {
      peer.readRequest();
      peer.send(answer);
    });
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    Peer peer = new Peer(socket);
    peers.add(peer);
    arrivals.add(peer);
    try {
      if (tls != null) {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        peer.over(secured);
        secured.startHandshake();
      }
      script.play(peer);
    } catch (Exception e) {
      peer.failed(e);
    } finally {
      peer.close();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri() {
    return uri("/v2/hosts");
  }

  URI uri(String path) {
    return URI.create((tls == null ? "http" : "https") + "://localhost:" + port() + path);
  }

  /** Waits for the next connection. */
  Peer next() throws InterruptedException {
    Peer peer = arrivals.poll(30, TimeUnit.SECONDS);
    if (peer == null) {
      throw new AssertionError("no connection within 30 s");
    }
    return peer;
  }

  List<Peer> peers() {
    return peers;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    peers.forEach(Peer::close);
  }
}
