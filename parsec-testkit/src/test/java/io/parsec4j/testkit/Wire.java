// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A bare connection to a server: what is written here is what the server reads. */
public final class Wire implements Closeable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  /** Connects to a server, with TLS if that is what it speaks. */
  Wire(FakeParsecServer server) throws IOException {
    this(
        server.baseUri().getScheme().equals("https")
            ? secured(server.clientSslContext(), server.baseUri())
            : new Socket(
                InetAddress.getByName(server.baseUri().getHost()),
                server.baseUri().getPort()));
  }

  public Wire(InetAddress address, int port) throws IOException {
    this(new Socket(address, port));
  }

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Connects and shakes hands, as a client does that looks at the host name. */
  static Socket secured(SSLContext context, URI uri) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  public void send(String bytes) throws IOException {
    send(bytes.getBytes(ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Says that nothing more will be sent. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads until the server ends the connection. */
  public String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Reads until the server breaks the connection. */
  public String untilReset() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int c;
      try {
        c = socket.getInputStream().read();
      } catch (SocketException e) {
        return text.toString();
      }
      if (c < 0) {
        throw new AssertionError("the connection ended in order after: " + text);
      }
      text.append((char) c);
    }
  }

  /** Reads until the connection ends in whatever way. */
  public void toTheEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // A reset is an end, too.
      socket.close();
    }
  }

  /** Reads so many bytes. */
  public String next(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  /** Reads up to and including a text. */
  public String until(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        throw new AssertionError("the connection ended after: " + text);
      }
      text.append((char) c);
    }
    return text.toString();
  }

  /** Sends a request and reads its answer, head and body. */
  public String exchange(String request) throws IOException {
    send(request);
    return answer();
  }

  /** Reads one answer, head and body. */
  public String answer() throws IOException {
    String head = until("\r\n\r\n");
    String length = head.replaceFirst("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1");
    return head
        + new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
