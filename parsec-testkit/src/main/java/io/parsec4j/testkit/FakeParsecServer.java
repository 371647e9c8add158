// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.testkit.internal.Door;
import io.parsec4j.testkit.internal.Handler;
import io.parsec4j.testkit.internal.HttpServer;
import io.parsec4j.testkit.internal.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Parsec service that runs in this process, on a port of its own, over HTTP/1.1 with or without TLS.
 *
 * <pre>{@code
 * try (FakeParsecServer server = FakeParsecServer.start()) {
 *   server.account("dude@example.com", "secret").owns(FakeHost.desktop("LEBOWSKI"));
 *   Launcher launcher = new Launcher(server.client());
 *
 *   assertThat(launcher.desktops("dude@example.com", "secret", () -> "none")).containsExactly("LEBOWSKI");
 *   assertThat(server.requests(Endpoint.SIGN_IN)).hasSize(1);
 * }
 * }</pre>
 *
 * <p>Here {@code Launcher} is the program under test. One that makes its own client is given {@link #baseUri()}.
 *
 * <p>What goes wrong in the field goes wrong here when a test says so, to a request or to a connection:
 *
 * <pre>{@code
 * server.fail(Endpoint.HOSTS, Fault.status(503), Fault.truncatedBody(10));
 *
 * assertThat(parsec.hosts(session, HostQuery.any())).hasSize(1);
 * server.verify(Endpoint.HOSTS).times(3);
 * }</pre>
 *
 * <p>It is strict where clients should be, and every answer follows a rule. Each of these rules is documented by the
 * vendor (D), was seen on the live service or in its clients (O), or is our guess (G):
 *
 * <ul>
 *   <li>Every path is served with a slash at the end and without (D for sign-in and hosts, else G). Another path is
 *       answered 404, another method 405 with {@code Allow} (G).
 *   <li>Sign-in takes a JSON object in {@code application/json} (D), also with {@code charset=utf-8} (O); anything else
 *       is answered 415 or 400 (G). {@code email} and {@code password} must be strings; {@code tfa} may be absent or
 *       empty (D), but not null (G); other members are ignored (G), members that stand twice are refused with 400 (G).
 *   <li>A wrong address, password or code is answered 403 with one and the same text (O). With two-factor
 *       authentication on, a sign-in without a code is answered 403 with {@code tfa_required} (D, O), but only if the
 *       password is right (G).
 *   <li>A code of an authenticator app is good for its 30 seconds and one step to either side, and once (G). A wrong one
 *       uses up nothing (G).
 *   <li>Codes by e-mail, for accounts that have them, are all a guess (G): a sign-in without a code makes one if the
 *       password is right, names the kind {@code email}, and ends the code before; a wrong code makes none. It has six
 *       digits and is good once, for 10 minutes. A wrong one uses up nothing.
 *   <li>Hosts needs {@code Authorization: Bearer} and a session ID (D); without, the answer is 401 with
 *       {@code no session ID in request header} (O), also for another scheme (G). An unknown or expired session is
 *       answered 401 or 403 (O) with a text of ours (G), before the query is looked at (G).
 *   <li>A session sees the hosts of its account, those shared with it and all public ones, if they are online (D says:
 *       to which it may connect); in the order in which they were added (G).
 *   <li>Without {@code mode} or {@code public} hosts of both kinds are listed (G). Another {@code mode} than
 *       {@code desktop} and {@code game} is answered 400 (O), and so are a {@code public} other than {@code true} and
 *       {@code false} and a parameter that stands twice (G); other parameters are ignored (G).
 *   <li>If there is no host, {@code data} is null in the live dialect (O) and an empty array in the documented one (G).
 *   <li>Auth codes are as documented for third parties (D), in both dialects alike (G). Bodies are read as that of a
 *       sign-in (G). Any game ID that is not empty is taken (G).
 *   <li>A poll of an auth code is answered 202 while no user has decided, 401 if the code is unknown or was denied (D),
 *       and 401 too if it has expired or was used: a code gives one session (G). The body of a 202 is an empty object
 *       (G). Another {@code grant_type} than {@code auth_code} is answered 400 (G). A poll that comes before the
 *       interval is over, counted from the last one that did not, is answered 429 with {@code Retry-After} (G).
 *   <li>Sessions for enterprises are as documented (D), in both dialects alike (G). The key in {@code x-api-key} is
 *       looked at first: without one, or with one that is not valid, the answer is 401 (G). The body is read as that of
 *       a sign-in; {@code external_id} must not be empty (G). The first session of an external ID makes its user (G);
 *       each further request opens another one (D), and those before stay valid (G).
 *   <li>A session of an auth code or an API key ends when the answer says (D): after 30 days, unless another lifetime
 *       is set (G).
 *   <li>The account behind a session is told, in both dialects alike, to whoever sends its ID as for hosts (O), with
 *       the five fields that clients read (O) and no other (G). Without a session that is valid it is answered as hosts
 *       is.
 *   <li>Answers are {@code application/json} and name no date, and a 401 names no scheme (G).
 * </ul>
 *
 * <p>HTTP that RFC 9112 lets a server refuse is refused, with 400, 411, 413, 417, 431, 501 or 505: among others a head
 * of more than 64 KiB or 100 fields, a body of more than 64 KiB, and lines that do not end with CR LF. The connection
 * is closed then, and {@link #requests()} has no such request.
 *
 * <p>Made for tests on one machine: it listens on the loopback address unless told otherwise, and keeps passwords as
 * they are. All its threads are daemons.
 */
public final class FakeParsecServer extends FakeParsec {
  private static final Cleaner CLEANER = Cleaner.create();

  private final RunningServer running;
  private final Cleaner.Cleanable cleanable;
  private final @Nullable TestCertificates certificates;

  private FakeParsecServer(
      RunningServer running,
      FakeService service,
      Clients clients,
      @Nullable TestCertificates certificates) {
    super(service, clients);
    this.running = running;
    this.certificates = certificates;
    this.cleanable = CLEANER.register(this, running);
  }

  private static FakeParsecServer start(Builder builder) {
    ServerCertificate certificate = builder.certificate;
    TestCertificates certificates = certificate == null ? null : TestCertificates.create();
    SSLContext tls =
        certificate == null || certificates == null ? null : certificate.server(certificates);
    FakeService service = new FakeService(builder.settings());
    Clients clients = new Clients();
    HttpServer http = listen(builder.bindAddress, builder.port, service, service, tls);
    URI baseUri = uri(tls != null, http.address(), http.port());
    return new FakeParsecServer(
        new RunningServer(http, baseUri, clients), service, clients, certificates);
  }

  static HttpServer listen(
      InetAddress address, int port, Handler handler, Door door, @Nullable SSLContext tls) {
    try {
      return HttpServer.start(address, port, handler, door, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + literal(address) + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /**
   * Starts a server with the defaults of {@link Builder}: documented dialect, loopback address, any free port.
   *
   * @return the server, which answers already
   * @throws UncheckedIOException if no port can be had
   */
  public static FakeParsecServer start() {
    return builder().start();
  }

  /**
   * Starts a server that speaks TLS, with a certificate for localhost, and otherwise with the defaults of
   * {@link Builder}. {@link #client()} trusts it; for other clients there is {@link #clientSslContext()}.
   *
   * @return the server, which answers already
   * @throws UncheckedIOException if no port can be had
   */
  public static FakeParsecServer startTls() {
    return builder().tls().start();
  }

  /** {@return a builder with the defaults that its methods name} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the address to give to a client, for example {@code http://127.0.0.1:40001}, or {@code
   * https://localhost:40001} with TLS; without a slash at its end}
   */
  public URI baseUri() {
    return running.baseUri;
  }

  @Override
  int lastConnection() {
    return running.http.lastConnection();
  }

  @Override
  void cutConnections() {
    running.http.cutConnections();
  }

  /**
   * Returns what a client of this server needs to trust it: an initialised context that trusts the server's own
   * authority and nobody else, whichever certificate the server shows.
   *
   * @return a new context
   * @throws IllegalStateException if the server speaks plain HTTP
   */
  public SSLContext clientSslContext() {
    return certificates().client();
  }

  /**
   * Returns the certificate of the authority that {@link #clientSslContext()} trusts, for clients that have a trust
   * store of their own.
   *
   * @return the certificate, made for this server
   * @throws IllegalStateException if the server speaks plain HTTP
   */
  public X509Certificate certificateAuthority() {
    return certificates().authority();
  }

  private TestCertificates certificates() {
    if (certificates == null) {
      throw new IllegalStateException(
          "the server speaks plain HTTP; start it with startTls() or builder().tls()");
    }
    return certificates;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A fault meets a connection when its client has sent something, and with TLS when the handshake is done unless it
   * is a fault of the handshake. Connections that stand already carry no further request, so that a client which keeps
   * some opens another for its next one; this waits up to a second for clients to notice. With
   * {@link Fault#refuseConnection()} the port is closed as soon as the faults before it have come.
   *
   * @throws IllegalStateException if one of them breaks a TLS handshake and the server speaks plain HTTP
   */
  @Override
  public void failConnections(Fault... faults) {
    for (Fault fault : faults) {
      if (fault.kind().scope == FaultKind.Scope.TLS_CONNECTION && certificates == null) {
        throw new IllegalStateException(fault
            + " breaks a handshake, and the server speaks plain HTTP; start it with startTls()");
      }
    }
    super.failConnections(faults);
    followDoor();
    running.http.endConnections();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the port was closed by {@link Fault#refuseConnection()} and is taken meanwhile
   */
  @Override
  public void clearFaults() {
    super.clearFaults();
    followDoor();
  }

  private void followDoor() {
    try {
      running.http.followDoor();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen again at " + running.baseUri + ": " + e.getMessage(), e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>With TLS it has {@link ParsecClient.Builder#transportOptions transportOptions} that trust this server. They are
   * for the transport that is found; one that is handed in is to be told {@link #clientSslContext()} itself.
   */
  @Override
  public ParsecClient.Builder clientBuilder() {
    ParsecClient.Builder builder = ParsecClient.builder().baseUri(running.baseUri);
    if (certificates == null) {
      // Without TLS, which the client takes as a matter of course from the loopback address alone.
      return builder.allowInsecure();
    }
    return builder.transportOptions(
        TransportOptions.builder().sslContext(clientSslContext()).build());
  }

  /**
   * Closes the clients that {@link #client()} made, the port and every connection, and ends all threads, for which it
   * waits at most a second. Further calls do nothing; what was recorded can still be read.
   *
   * <p>A server that is forgotten is closed when the garbage collector finds it, and told in a warning of the logger
   * {@code io.parsec4j.testkit} that names the place where it was started.
   */
  @Override
  public void close() {
    running.disown();
    cleanable.clean();
  }

  /** {@return the address} */
  @Override
  public String toString() {
    return "FakeParsecServer[" + running.baseUri + "]";
  }

  static URI uri(boolean tls, InetAddress address, int port) {
    if (!tls) {
      return URI.create("http://" + literal(address) + ":" + port);
    }
    boolean isLocalhost = literal(address).equals("127.0.0.1");
    return URI.create("https://" + (isLocalhost ? "localhost" : literal(address)) + ":" + port);
  }

  /** The literal by which this machine reaches what listens on an address. */
  private static String literal(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes must be an address", e);
    }
  }

  /** Says how a server is to behave; not safe for use by several threads. Can start several servers. */
  public static final class Builder extends ServiceBuilder<Builder> {
    private static final int MAX_PORT = 65_535;

    private int port;
    private InetAddress bindAddress = loopback();
    private @Nullable ServerCertificate certificate;

    private Builder() {}

    /**
     * Lets the server speak TLS and show the right certificate; plain HTTP if not called.
     *
     * @return this builder
     */
    public Builder tls() {
      return tls(ServerCertificate.VALID);
    }

    /**
     * Lets the server speak TLS; plain HTTP if not called.
     *
     * @param certificate what it shows; the right one names localhost, 127.0.0.1 and ::1 and no other address
     * @return this builder
     */
    public Builder tls(ServerCertificate certificate) {
      this.certificate = requireNonNull(certificate, "certificate");
      return this;
    }

    /**
     * Sets the port; any free one if not called.
     *
     * @param port 1 to 65,535, or 0 for any free one
     * @return this builder
     * @throws IllegalArgumentException if {@code port} is out of that range
     */
    public Builder port(int port) {
      this.port = within(0, port, MAX_PORT, "port");
      return this;
    }

    /**
     * Sets the address to listen on; 127.0.0.1 if not called. Whoever reaches another one reaches the server too.
     *
     * @param bindAddress an address of this machine
     * @return this builder
     */
    public Builder bindAddress(InetAddress bindAddress) {
      this.bindAddress = requireNonNull(bindAddress, "bindAddress");
      return this;
    }

    /**
     * Starts a server.
     *
     * @return the server, which answers already
     * @throws UncheckedIOException if the address and port cannot be listened on
     */
    public FakeParsecServer start() {
      return FakeParsecServer.start(this);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
