// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parsec4j.testkit.internal.tls.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Speaks HTTP/2 over TLS in frames, and writes those that a script tells. It never decodes a header: a request without a
 * body is a GET, one with a body is a POST.
 */
final class Http2Responder implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PREFACE_BYTES = 24;

  private final SSLServerSocket listener;
  private final SSLContext clientContext;
  private final Deque<SSLSocket> accepted = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger bodies = new AtomicInteger();
  private volatile Script script = Peer::answer;
  private volatile byte[] settings = {};

  Http2Responder() throws IOException {
    TestCertificates certificates = TestCertificates.create();
    clientContext = certificates.client();
    listener = (SSLServerSocket) certificates
        .good()
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listener.setSSLParameters(parameters);
    start("h2-accept", this::accept);
  }

  /** What happens to a request that has come whole. */
  interface Script {
    void play(Peer peer, int stream, boolean post) throws IOException;
  }

  void answersBy(Script next) {
    script = next;
  }

  /** Sets the payload of the first frame of connections to come. */
  void beginsWith(byte[] payload) {
    settings = payload.clone();
  }

  URI address() {
    return URI.create("https://localhost:" + listener.getLocalPort());
  }

  SSLContext clientContext() {
    return clientContext;
  }

  /** Returns GET or POST for each request, in the order of their heads. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns how many requests came with a whole body. */
  int bodies() {
    return bodies.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) listener.accept();
        synchronized (accepted) {
          accepted.add(socket);
        }
        start("h2-connection", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or the client was gone already.
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      new Peer(socket).serve();
    } catch (IOException e) {
      // The client has ended the connection, as it may.
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (accepted) {
      for (SSLSocket socket : accepted) {
        socket.close();
      }
    }
  }

  /** One connection. */
  final class Peer {
    private final SSLSocket socket;
    private final DataInputStream in;
    private final Set<Integer> posts = new HashSet<>();

    Peer(SSLSocket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
    }

    private void serve() throws IOException {
      in.readFully(new byte[PREFACE_BYTES]);
      frame(SETTINGS, 0, 0, settings);
      try {
        while (true) {
          read();
        }
      } catch (EOFException e) {
        // The end.
      }
    }

    private void read() throws IOException {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = new byte[length];
      in.readFully(payload);
      boolean ended = (flags & END_STREAM) != 0;
      if (type == SETTINGS && (flags & ACK) == 0) {
        frame(SETTINGS, ACK, 0);
      } else if (type == PING && (flags & ACK) == 0) {
        frame(PING, ACK, 0, payload);
      } else if (type == HEADERS) {
        requests.add(ended ? "GET" : "POST");
        if (ended) {
          script.play(this, stream, false);
        } else {
          posts.add(stream);
        }
      } else if (type == DATA && ended && posts.remove(stream)) {
        bodies.incrementAndGet();
        script.play(this, stream, true);
      }
    }

    void answer(int stream, boolean post) throws IOException {
      answer(stream, post, 0);
    }

    /** Answers with a length that is wrong by so much. */
    void answer(int stream, boolean post, int more) throws IOException {
      String body = post
          ? "{\"data\":{\"id\":\"0123456789abcdef\"}}"
          : "{\"data\":[{\"peer_id\":\"p\"}],\"has_more\":false}";
      head(stream, body.length() + more);
      data(stream, body);
    }

    /** Writes status 200 with a length. */
    void head(int stream, int contentLength) throws IOException {
      byte[] digits = Integer.toString(contentLength).getBytes(ISO_8859_1);
      // From HPACK's static table: 8 is ":status: 200", 28 the name "content-length".
      byte[] head = {(byte) (0x80 | 8), 15, 28 - 15, (byte) digits.length};
      frame(HEADERS, END_HEADERS, stream, join(head, digits));
    }

    void data(int stream, String text) throws IOException {
      frame(DATA, END_STREAM, stream, text.getBytes(ISO_8859_1));
    }

    void reset(int stream, int code) throws IOException {
      frame(RST_STREAM, 0, stream, ints(code));
    }

    void goAway(int lastStream, int code) throws IOException {
      frame(GOAWAY, 0, 0, ints(lastStream, code));
    }

    private void frame(int type, int flags, int stream, byte... payload) throws IOException {
      int length = payload.length;
      byte[] head = {
        (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags
      };
      socket.getOutputStream().write(join(head, ints(stream), payload));
      socket.getOutputStream().flush();
    }
  }

  /** Returns the payload of a SETTINGS frame with one setting. */
  static byte[] setting(int id, int value) {
    return join(new byte[] {0, (byte) id}, ints(value));
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
