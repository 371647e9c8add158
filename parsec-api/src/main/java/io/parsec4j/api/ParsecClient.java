// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.AnswerReader;
import io.parsec4j.api.internal.BaseAddress;
import io.parsec4j.api.internal.CallEngine;
import io.parsec4j.api.internal.CallLimits;
import io.parsec4j.api.internal.CallSpec;
import io.parsec4j.api.internal.ServiceLookup;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecProvider;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.SignInBody;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Parsec HTTP API: signs a user in and lists the hosts that this user may connect to.
 *
 * <pre>{@code
 * try (ParsecClient parsec = ParsecClient.create()) {
 *   Session session = parsec.signIn(Credentials.of(email, password));
 *   HostPage page = parsec.hosts(session, HostQuery.desktop());
 *   for (Host host : page) System.out.println(host.name() + "  " + host.peerId());
 * }
 * }</pre>
 *
 * <p>One client serves any number of threads and sessions; it keeps no session itself. Each method returns or throws
 * within the time limit of the call, whatever the network does: the limit covers name look-up, connection, TLS, the whole
 * answer, waits between attempts and decoding. A call to list hosts is repeated as the {@link RetryPolicy} says; a sign-in
 * only if no byte of it can have been sent, because a repeated one burns a one-time code and may lock the account. A
 * thread that is interrupted in a call gets a {@link ParsecInterruptedException}.
 *
 * <p>Passwords, codes and session IDs are in no message, log line, event or address that this class makes.
 *
 * <p><b>Source:</b> the vendor allows the sign-in with e-mail address and password for personal use only.
 */
public final class ParsecClient implements AutoCloseable {
  private static final int MAX_SIGN_IN_BYTES = 64 * 1024;

  private final CallEngine engine;
  private final Codec codec;
  private final URI signInUri;
  private final String hostsUri;
  private final Headers headers;
  private final int maxHostsBytes;
  private final CallLimits limits;
  private final Runnable closing;

  private ParsecClient(
      CallEngine engine,
      Codec codec,
      URI signInUri,
      String hostsUri,
      Headers headers,
      int maxHostsBytes,
      CallLimits limits,
      Runnable closing) {
    this.engine = engine;
    this.codec = codec;
    this.signInUri = signInUri;
    this.hostsUri = hostsUri;
    this.headers = headers;
    this.maxHostsBytes = maxHostsBytes;
    this.limits = limits;
    this.closing = closing;
  }

  /**
   * Creates a client for the documented addresses with the transport and the codec that are found.
   *
   * @return a client to be closed
   * @throws ParsecConfigurationException if no transport or codec is found, or several are equally good
   */
  public static ParsecClient create() {
    return builder().build();
  }

  /** {@return a builder with the defaults that its methods name} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Signs a user in.
   *
   * @param credentials not kept
   * @return the session
   * @throws TwoFactorRequiredException if the service wants a code, or refuses the one that was sent
   * @throws InvalidCredentialsException if the service refuses the credentials
   * @throws RateLimitedException if the service was called too often
   * @throws ServerErrorException if the service has a problem
   * @throws ParsecApiException if the service answers with another error status or with a redirect
   * @throws ParsecTimeoutException if a time limit is reached
   * @throws ParsecTransportException if no usable answer comes back
   * @throws ParsecDecodeException if the answer cannot be understood
   * @throws ParsecInterruptedException if this thread is interrupted
   * @throws ParsecException if the client is closed meanwhile
   * @throws IllegalStateException if the client or {@code credentials} is closed
   */
  public Session signIn(Credentials credentials) {
    return engine.run(signInSpec(credentials), limits);
  }

  /**
   * Signs a user in, asking for a two-factor code when the service wants one: three times at most, each attempt a call
   * with a time limit of its own, so that the user may take any time to answer.
   *
   * @param credentials not kept
   * @param prompt asks the user for a code, on this thread; returns {@code null} or a blank text to give up
   * @return the session
   * @throws TwoFactorRequiredException if the user gives up or the third code is refused as well
   * @throws InvalidCredentialsException if the service refuses the credentials, or if either happens after it refused a
   *     code without asking for another
   * @throws ParsecException as {@link #signIn(Credentials)} does
   * @throws IllegalArgumentException if {@code prompt} returns something other than visible ASCII
   * @throws IllegalStateException if the client or {@code credentials} is closed
   */
  public Session signIn(
      Credentials credentials, Function<? super TwoFactorChallenge, String> prompt) {
    requireNonNull(prompt, "prompt");
    TwoFactorConversation conversation = new TwoFactorConversation();
    Credentials next = credentials;
    while (true) {
      try {
        return signIn(next);
      } catch (TwoFactorRequiredException | InvalidCredentialsException e) {
        next = conversation
            .next(e)
            .flatMap(
                challenge -> TwoFactorConversation.answer(credentials, prompt.apply(challenge)))
            .orElseThrow(() -> e);
      }
    }
  }

  /**
   * Lists the hosts that are online and that a session may connect to.
   *
   * @param session from a sign-in or from storage
   * @param query which hosts
   * @return the hosts, and whether the service cut the list
   * @throws InvalidSessionException if the service does not know the session, or it has ended
   * @throws RateLimitedException if the service was called too often
   * @throws ServerErrorException if the service has a problem
   * @throws ParsecApiException if the service answers with another error status or with a redirect
   * @throws ParsecTimeoutException if a time limit is reached
   * @throws ParsecTransportException if no usable answer comes back
   * @throws ParsecDecodeException if the answer cannot be understood
   * @throws ParsecInterruptedException if this thread is interrupted
   * @throws ParsecException if the client is closed meanwhile
   * @throws IllegalStateException if the client is closed
   */
  public HostPage hosts(Session session, HostQuery query) {
    return engine.run(hostsSpec(session, query), limits);
  }

  /** {@return the same calls in asynchronous form, with the options of this client} */
  public AsyncParsecClient async() {
    return new AsyncParsecClient(this);
  }

  /**
   * Returns a view of this client with other options, sharing everything else. Closing a view does nothing; it is of no
   * use after its client is closed.
   *
   * @param options what is different
   * @return the view
   */
  public ParsecClient with(CallOptions options) {
    requireNonNull(options, "options");
    CallLimits merged = new CallLimits(
        options.timeoutOr(limits.timeout()),
        options.attemptTimeoutOr(limits.attemptTimeout()),
        options.retryPolicyOr(limits.retryPolicy()));
    return new ParsecClient(
        engine, codec, signInUri, hostsUri, headers, maxHostsBytes, merged, () -> {});
  }

  /**
   * Aborts the calls in flight, which fail with a {@link ParsecException}, then closes the transport if this client made
   * it; one that was handed in stays open. A second call does nothing.
   */
  @Override
  public void close() {
    closing.run();
  }

  /** {@return the addresses and limits} */
  @Override
  public String toString() {
    return "ParsecClient[" + signInUri + ", " + hostsUri + ", timeout "
        + limits.timeout().toMillis() + " ms]";
  }

  CompletableFuture<Session> startSignIn(Credentials credentials) {
    return engine.start(signInSpec(credentials), limits);
  }

  CompletableFuture<HostPage> startHosts(Session session, HostQuery query) {
    return engine.start(hostsSpec(session, query), limits);
  }

  CallEngine engine() {
    return engine;
  }

  Executor executor() {
    return engine.executor();
  }

  private CallSpec<Session> signInSpec(Credentials credentials) {
    requireNonNull(credentials, "credentials");
    Optional<String> code = credentials.tfaCode();
    String password = credentials.revealPassword();
    List<String> secrets = new ArrayList<>(List.of(password));
    code.ifPresent(secrets::add);
    byte[] body = encode(SignInBody.of(credentials.email(), password, code));
    Headers sent = headers("Content-Type", "application/json");
    return CallSpec.post(
        signInUri,
        sent,
        body,
        MAX_SIGN_IN_BYTES,
        AnswerReader.ofSignIn(codec, Session.class, code.isPresent(), secrets));
  }

  private CallSpec<HostPage> hostsSpec(Session session, HostQuery query) {
    requireNonNull(session, "session");
    requireNonNull(query, "query");
    String token = session.id().reveal();
    StringBuilder uri = new StringBuilder(hostsUri);
    query.mode().ifPresent(mode -> appendParameter(uri, "mode", mode.value()));
    query.isPublic().ifPresent(isPublic -> appendParameter(uri, "public", isPublic.toString()));
    return CallSpec.get(
        URI.create(uri.toString()),
        headers("Authorization", "Bearer " + token),
        maxHostsBytes,
        AnswerReader.ofSessionCall(codec, Operation.HOSTS, HostPage.class, List.of(token)));
  }

  private byte[] encode(Object value) {
    try {
      return requireNonNull(codec.encode(value), "encode");
    } catch (RuntimeException | StackOverflowError e) {
      // What a JSON library says may quote the password, so only the kind of error is passed on.
      throw new IllegalStateException(
          "the codec " + codec.getClass().getName() + " could not encode a "
              + value.getClass().getSimpleName() + ": " + e.getClass().getName());
    }
  }

  private Headers headers(String name, String value) {
    return headers.toBuilder().add(name, value).build();
  }

  private static void appendParameter(StringBuilder uri, String name, String value) {
    uri.append(uri.indexOf("?") < 0 ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Collects what a client is told; not safe for use by several threads. */
  public static final class Builder {
    private static final int DEFAULT_HOSTS_BYTES = 4 * 1024 * 1024;
    private static final int MAX_HOSTS_BYTES = 16 * 1024 * 1024;

    private URI authUri = ServiceAddress.DOCUMENTED.authUri();
    private URI hostsUri = ServiceAddress.DOCUMENTED.hostsUri();
    private boolean allowInsecure;
    private @Nullable Transport transport;
    private @Nullable TransportOptions transportOptions;
    private @Nullable Codec codec;
    private @Nullable CallListener listener;
    private @Nullable Executor executor;
    private Timer timer = Timer.system();
    private Duration timeout = Duration.ofSeconds(30);
    private Duration attemptTimeout = Duration.ofSeconds(10);
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private int maxHostsBytes = DEFAULT_HOSTS_BYTES;
    private String userAgent = "parsec4j";

    private Builder() {}

    /**
     * Sets one base address for all calls; {@link ServiceAddress#DOCUMENTED} if neither this nor another method for
     * addresses is called.
     *
     * @param uri {@code https://}, a host, possibly a port and a path; {@code http://} for a loopback address only,
     *     unless {@link #allowInsecure()} is called
     * @return this builder
     */
    public Builder baseUri(URI uri) {
      return authUri(uri).hostsUri(uri);
    }

    /**
     * Sets the base address of the sign-in alone.
     *
     * @param uri as for {@link #baseUri(URI)}
     * @return this builder
     */
    public Builder authUri(URI uri) {
      this.authUri = requireNonNull(uri, "uri");
      return this;
    }

    /**
     * Sets the base address of all calls but the sign-in.
     *
     * @param uri as for {@link #baseUri(URI)}
     * @return this builder
     */
    public Builder hostsUri(URI uri) {
      this.hostsUri = requireNonNull(uri, "uri");
      return this;
    }

    /**
     * Sets addresses of the service by name; {@link ServiceAddress#DOCUMENTED} if not called.
     *
     * @param address the addresses
     * @return this builder
     */
    public Builder service(ServiceAddress address) {
      requireNonNull(address, "address");
      return authUri(address.authUri()).hostsUri(address.hostsUri());
    }

    /**
     * Accepts {@code http://} addresses other than loopback. Passwords and session IDs then cross the network in clear;
     * not accepted if not called.
     *
     * @return this builder
     */
    public Builder allowInsecure() {
      this.allowInsecure = true;
      return this;
    }

    /**
     * Sets the transport, which stays the caller's to close; if not called, one is found among the providers, and closed
     * with the client. Takes the place of {@link #transportOptions} that were set before.
     *
     * @param transport an open transport
     * @return this builder
     */
    public Builder transport(Transport transport) {
      this.transport = requireNonNull(transport, "transport");
      this.transportOptions = null;
      return this;
    }

    /**
     * Sets what the transport is told that is found among the providers, whichever it is;
     * {@link TransportOptions#defaults()} if not called. A transport that is handed in has its own options.
     *
     * @param options limit for connecting, proxies, and trust for TLS
     * @return this builder
     */
    public Builder transportOptions(TransportOptions options) {
      this.transportOptions = requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets the codec; if not called, one is found among the providers.
     *
     * @param codec the codec
     * @return this builder
     */
    public Builder codec(Codec codec) {
      this.codec = requireNonNull(codec, "codec");
      return this;
    }

    /**
     * Limits a call with all its attempts and waits; 30 seconds if not called.
     *
     * @param timeout positive, at most a day
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range; there is no endless call
     */
    public Builder timeout(Duration timeout) {
      this.timeout = TimeLimits.check("timeout", timeout);
      return this;
    }

    /**
     * Limits one attempt, without the wait for a free connection if the transport lets attempts wait; 10 seconds if not
     * called.
     *
     * @param timeout positive, at most a day
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is out of range
     */
    public Builder attemptTimeout(Duration timeout) {
      this.attemptTimeout = TimeLimits.check("attemptTimeout", timeout);
      return this;
    }

    /**
     * Sets what is repeated; {@link RetryPolicy#standard()} if not called.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder retryPolicy(RetryPolicy policy) {
      this.retryPolicy = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets what is told how calls go; nothing if not called.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder listener(CallListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets where asynchronous calls decode answers and run what users attach to futures; the default executor of
     * {@link CompletableFuture} if not called. Synchronous calls do not use it. While all its threads are blocked, an
     * asynchronous call of this client ends with its time limit at the latest, and then on that default executor, which
     * therefore should not be blocked as well. One that runs everything at once, such as {@code Runnable::run}, lets the
     * users' code run on threads of the transport and of the JVM's timer, which it must not block.
     *
     * @param executor stays the caller's to shut down
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets where time and randomness come from; the JVM's if not called. Meant for tests in virtual time.
     *
     * @param timer the timer
     * @return this builder
     */
    public Builder timer(Timer timer) {
      this.timer = requireNonNull(timer, "timer");
      return this;
    }

    /**
     * Limits the size of a list of hosts; 4 MiB if not called. The answer to a sign-in is limited to 64 KiB.
     *
     * @param bytes from 1 to 16,777,216 (16 MiB)
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is out of range
     */
    public Builder maxHostsBytes(int bytes) {
      if (bytes < 1 || bytes > MAX_HOSTS_BYTES) {
        throw new IllegalArgumentException(
            "maxHostsBytes must be from 1 to " + MAX_HOSTS_BYTES + ", was " + bytes);
      }
      this.maxHostsBytes = bytes;
      return this;
    }

    /**
     * Sets by which name the program introduces itself to the service; {@code parsec4j} if not called.
     *
     * @param userAgent the header User-Agent, for example {@code my-launcher/1.2}; visible ASCII and blanks
     * @return this builder
     * @throws IllegalArgumentException if {@code userAgent} is blank or has another character
     */
    public Builder userAgent(String userAgent) {
      requireNonNull(userAgent, "userAgent");
      if (userAgent.isBlank() || userAgent.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new IllegalArgumentException("userAgent must be visible ASCII and not blank");
      }
      this.userAgent = userAgent;
      return this;
    }

    /**
     * Creates the client.
     *
     * @return a client to be closed
     * @throws ParsecConfigurationException if no transport or codec is found, several are equally good, the one found
     *     cannot be created, an address is not one to send secrets to, or transport options were set after a transport was
     *     handed in
     */
    public ParsecClient build() {
      String auth = BaseAddress.check("authUri", authUri, allowInsecure);
      String hosts = BaseAddress.check("hostsUri", hostsUri, allowInsecure);
      Transport given = transport;
      TransportOptions options = transportOptions;
      if (given != null && options != null) {
        throw new ParsecConfigurationException(
            "transportOptions is for the transport that is found, but one was handed in: give the"
                + " options to its own builder, or leave transport(...) out");
      }
      Codec chosenCodec =
          codec != null ? codec : ServiceLookup.codecs().create(CodecProvider::create);
      Transport chosen = given != null
          ? given
          : ServiceLookup.transports()
              .create(provider ->
                  provider.create(options != null ? options : TransportOptions.defaults()));
      Executor chosenExecutor =
          executor != null ? executor : new CompletableFuture<Void>().defaultExecutor();
      CallEngine engine = new CallEngine(chosen, timer, chosenExecutor, listener);
      AtomicBoolean open = new AtomicBoolean(true);
      Runnable closing = () -> {
        engine.close();
        if (given == null && open.compareAndSet(true, false)) {
          chosen.close();
        }
      };
      return new ParsecClient(
          engine,
          chosenCodec,
          URI.create(auth + "/v1/auth"),
          hosts + "/v2/hosts",
          Headers.of("Accept", "application/json", "User-Agent", userAgent),
          maxHostsBytes,
          new CallLimits(timeout, attemptTimeout, retryPolicy),
          closing);
    }
  }
}
