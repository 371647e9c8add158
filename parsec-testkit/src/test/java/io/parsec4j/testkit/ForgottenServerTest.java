// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ForgottenServerTest {
  @Test
  @Timeout(60)
  void isClosedWhenTheGarbageCollectorFindsIt() {
    int port = forgottenPort();

    while (isListening(port)) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(isListening(port)).isFalse();
  }

  private static int forgottenPort() {
    FakeParsecServer forgotten = FakeParsecServer.start();
    return forgotten.baseUri().getPort();
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
