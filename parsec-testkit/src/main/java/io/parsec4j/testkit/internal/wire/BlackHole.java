// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A port that answers no attempt to connect: nobody accepts and its queue is full. */
public final class BlackHole implements AutoCloseable {
  private static final int MOST_FILLERS = 64;
  private static final int FILLER_MILLIS = 250;

  private final ServerSocket listener;
  private final List<Socket> fillers = new ArrayList<>();

  private BlackHole(ServerSocket listener) {
    this.listener = listener;
  }

  /** Opens a port and fills its queue until an attempt to connect gets no answer. */
  public static BlackHole open() throws IOException {
    BlackHole hole = new BlackHole(new ServerSocket());
    hole.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    while (hole.fillers.size() < MOST_FILLERS) {
      Socket filler = new Socket();
      hole.fillers.add(filler);
      try {
        filler.connect(hole.listener.getLocalSocketAddress(), FILLER_MILLIS);
      } catch (SocketTimeoutException e) {
        return hole;
      }
    }
    throw new IOException("the system took " + MOST_FILLERS + " connections that nobody accepts");
  }

  /** {@return an address at this port} */
  public URI http(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  @Override
  public void close() throws IOException {
    for (Socket filler : fillers) {
      filler.close();
    }
    listener.close();
  }
}
