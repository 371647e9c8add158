// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A connection that stands, to a service or to a proxy in front of it. */
final class Line {
  private final Socket plain;
  private final Socket socket;
  private final String key;
  private final boolean absoluteForm;
  private final Flaw flaw;
  private final BufferedInputStream in;

  Line(Socket plain, Socket socket, String key, boolean absoluteForm, Flaw flaw)
      throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.key = key;
    this.absoluteForm = absoluteForm;
    this.flaw = flaw;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  String key() {
    return key;
  }

  Socket plain() {
    return plain;
  }

  InputStream in() {
    return in;
  }

  String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    if (flaw == Flaw.RECODES_TARGETS) {
      target = target.replace("%c3%a9", "%C3%A9");
    }
    return absoluteForm && flaw != Flaw.ASKS_PROXIES_LIKE_SERVERS
        ? uri.getScheme() + "://" + uri.getRawAuthority() + target
        : target;
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Neither ended nor with bytes on it that nobody asked for. */
  boolean isFresh() {
    try {
      boolean stray = in.available() > 0;
      if (stray && flaw != Flaw.READS_STRAY_ANSWERS) {
        return false;
      }
      if (flaw == Flaw.SENDS_ON_DEAD_CONNECTIONS || stray) {
        return true;
      }
      socket.setSoTimeout(1);
      in.mark(1);
      int next = in.read();
      if (flaw == Flaw.READS_STRAY_ANSWERS && next >= 0) {
        in.reset();
        return true;
      }
      return false;
    } catch (SocketTimeoutException e) {
      return unlimited();
    } catch (IOException e) {
      return false;
    }
  }

  boolean unlimited() {
    try {
      socket.setSoTimeout(0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void close() throws IOException {
    plain.close();
  }
}
