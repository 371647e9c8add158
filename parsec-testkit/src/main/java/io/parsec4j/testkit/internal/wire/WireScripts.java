// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** The scripts that are needed again and again. */
public final class WireScripts {
  private WireScripts() {}

  /** Reads nothing more than it must to see the peer's end, and writes nothing. */
  public static WireScript mute() {
    return peer -> {};
  }

  /** Answers every request. */
  public static WireScript answering(Function<WireRequest, byte[]> answer) {
    return perRequest((request, peer) -> peer.write(answer.apply(request)));
  }

  /** Answers every request with the same bytes. */
  public static WireScript answering(byte[] answer) {
    return answering(request -> answer);
  }

  /**
   * Takes one step for each request that reaches the port, on whatever connection; the last step is repeated. Thus a
   * repeated request is counted, and not mistaken for the next one of the script.
   */
  public static WireScript perRequest(WireStep... steps) {
    return peer -> {
      Optional<WireRequest> request = peer.readRequest();
      while (request.isPresent()) {
        int step = Math.min(request.get().number(), steps.length) - 1;
        steps[step].answer(request.get(), peer);
        request = peer.readRequest();
      }
    };
  }

  /** Shakes hands as a TLS server and goes on with another script. */
  public static WireScript tls(SSLContext context, WireScript then) {
    return peer -> {
      peer.startTls(context);
      then.play(peer);
    };
  }

  /** Connects the peer to another loopback port, whatever address it asks CONNECT for. */
  public static WireScript tunnel(int port) {
    return peer -> {
      Optional<WireRequest> connect = peer.readRequest();
      if (connect.isEmpty()) {
        return;
      }
      if (!connect.get().method().equals("CONNECT")) {
        peer.write(Http1.answer("HTTP/1.1 400 Bad Request", ""));
        return;
      }
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        target.setTcpNoDelay(true);
        peer.write(Http1.head("HTTP/1.1 200 Connection established"));
        relay(peer, target);
      }
    };
  }

  private static void relay(WireConnection peer, Socket target)
      throws IOException, InterruptedException {
    Thread back = WirePort.newThread("wire-tunnel", () -> {
      try {
        byte[] buffer = new byte[8_192];
        int n = target.getInputStream().read(buffer);
        while (n >= 0) {
          peer.write(buffer, 0, n);
          n = target.getInputStream().read(buffer);
        }
        peer.fin();
      } catch (IOException e) {
        peer.abandon();
      }
    });
    back.start();
    try {
      byte[] buffer = new byte[8_192];
      int n = peer.read(buffer);
      while (n >= 0) {
        target.getOutputStream().write(buffer, 0, n);
        n = peer.read(buffer);
      }
    } finally {
      target.close();
      back.join();
    }
  }
}
