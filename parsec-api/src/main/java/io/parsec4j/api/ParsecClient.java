// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.BaseAddress;
import io.parsec4j.api.internal.CallEngine;
import io.parsec4j.api.internal.CallLimits;
import io.parsec4j.api.internal.Handover;
import io.parsec4j.api.internal.HostWatch;
import io.parsec4j.api.internal.ServiceLookup;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecProvider;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Parsec HTTP API: signs users in and lists the hosts that they may connect to.
 *
 * <pre>{@code
 * try (ParsecClient parsec = ParsecClient.create()) {
 *   Session session = parsec.signIn(Credentials.of(email, password));
 *   HostPage page = parsec.hosts(session, HostQuery.desktop());
 *   for (Host host : page) System.out.println(host.name() + "  " + host.peerId());
 * }
 * }</pre>
 *
 * <p>There are three ways in, each for somebody else:
 *
 * <ul>
 *   <li>{@link #signIn(Credentials) signIn} with e-mail address and password is for programs that their authors run for
 *       themselves: the vendor allows it for personal use only.
 *   <li>{@link #requestAuthCode} and {@link #awaitApproval(AuthCode) awaitApproval} are for software that is given to
 *       others: the user approves it in a browser, and it never sees a password.
 *   <li>{@link #createEnterpriseSession} is for the servers of a team that has an API key.
 * </ul>
 *
 * <p>One client serves any number of threads and sessions; it keeps no session itself. Each method but
 * {@code awaitApproval} returns or throws within the time limit of the call, whatever the network does: the limit covers
 * name look-up, connection, TLS, the whole answer, waits between attempts and decoding. Calls that only ask (hosts,
 * account) are repeated as the {@link RetryPolicy} says; a call that creates something only if no byte of it can have been
 * sent, because a repeated sign-in burns a one-time code and may lock the account. A thread that is interrupted in a call
 * gets a {@link ParsecInterruptedException}.
 *
 * <p>Passwords, codes, hashes, keys and session IDs are in no message, log line, event or address that this class makes.
 *
 * <p><b>Source:</b> which way is for whom is the vendor's word, in the documentation of each.
 */
public final class ParsecClient implements AutoCloseable {
  private final CallEngine engine;
  private final Requests requests;
  private final CallLimits limits;
  private final Runnable closing;

  private ParsecClient(CallEngine engine, Requests requests, CallLimits limits, Runnable closing) {
    this.engine = engine;
    this.requests = requests;
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
   * Signs a user in with e-mail address and password.
   *
   * <p><b>Source:</b> the vendor allows this for personal use only; software that is given to others uses auth codes.
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
    return engine.run(requests.signIn(credentials), limits);
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
   * Requests a code with which a user signs this program in: show {@link AuthCode#verificationUri()} and
   * {@link AuthCode#userCode()}, then wait in {@link #awaitApproval(AuthCode) awaitApproval}.
   *
   * @param gameId the ID that the vendor gave to the program; not blank, without control characters
   * @return the code
   * @throws ParsecApiException if the service refuses, for example because it does not know the ID
   * @throws ParsecException as {@link #signIn(Credentials)} does
   * @throws IllegalArgumentException if {@code gameId} is not as it must be
   * @throws IllegalStateException if the client is closed
   */
  public AuthCode requestAuthCode(String gameId) {
    return engine.run(requests.authCode(gameId), limits);
  }

  /**
   * Waits until the user approves a code; see {@link #awaitApproval(AuthCode, Consumer)}.
   *
   * @param code from {@link #requestAuthCode} or from storage
   * @return the session
   * @throws AuthCodeDeniedException if the user denied the code, or the service does not know it
   * @throws AuthCodeExpiredException if the code's life ends without approval
   * @throws ParsecException as {@link #awaitApproval(AuthCode, Consumer)} does
   * @throws IllegalStateException if the client is closed
   */
  public Session awaitApproval(AuthCode code) {
    return awaitApproval(code, poll -> {});
  }

  /**
   * Waits until the user approves a code, asking the service again and again: first after one
   * {@linkplain AuthCode#interval() interval}, and then one interval, of at least a second, after each answer. Each
   * question is a call with the limits of this client, of which its {@link CallListener} hears.
   *
   * <p>What may pass is survived without asking faster: a question without an answer, whatever the reason; an answer that
   * cannot be understood; status 408, 429 and 5xx, after which a Retry-After is kept to if it is longer than the interval.
   *
   * <p>The wait ends with the first answer after {@link AuthCode#expiresAt()} at the latest, which is asked for up to one
   * interval later, and after 30 minutes and what is then in progress whatever the clock of this machine says. At least one
   * question is asked even of a code that seems to have expired.
   *
   * @param code from {@link #requestAuthCode} or from storage
   * @param progress told of each question after which the wait goes on, on this thread; what it throws ends the wait
   * @return the session
   * @throws AuthCodeDeniedException if the user denied the code, or the service does not know it
   * @throws AuthCodeExpiredException if the code's life ends without approval, or would before the service wants to be
   *     asked again
   * @throws ParsecApiException if the service refuses the question for another reason
   * @throws ParsecInterruptedException if this thread is interrupted
   * @throws ParsecException if the client is closed meanwhile
   * @throws IllegalStateException if the client is closed
   */
  public Session awaitApproval(AuthCode code, Consumer<? super ApprovalPoll> progress) {
    requireNonNull(code, "code");
    requireNonNull(progress, "progress");
    engine.checkOpen();
    ApprovalRules rules = new ApprovalRules(code, engine.timer());
    Duration wait = rules.firstWait();
    while (true) {
      pause(wait, rules);
      ParsecException failure = null;
      try {
        Optional<Session> session = engine.run(requests.approval(code), limits);
        if (session.isPresent()) {
          return session.get();
        }
      } catch (ParsecException e) {
        failure = e;
      } catch (IllegalStateException e) {
        throw engine.isClosed() ? rules.closed() : e;
      }
      ApprovalPoll poll = rules.next(failure);
      progress.accept(poll);
      wait = poll.nextIn();
    }
  }

  private void pause(Duration wait, ApprovalRules rules) {
    try {
      if (!engine.pause(wait)) {
        throw rules.closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw rules.interrupted();
    }
  }

  /**
   * Creates a session for a user of a team. For the team's servers: the key must not be in programs that users get.
   *
   * <p><b>Source:</b> each device should have one session; asking again gives a new one.
   *
   * @param key the team's key
   * @param externalId the user, by the name that the team uses for them; not blank, without control characters
   * @return the session
   * @throws InvalidCredentialsException if the service refuses the key
   * @throws ParsecException as {@link #signIn(Credentials)} does
   * @throws IllegalArgumentException if {@code externalId} is not as it must be
   * @throws IllegalStateException if the client is closed
   */
  public Session createEnterpriseSession(ApiKey key, String externalId) {
    return engine.run(requests.enterpriseSession(key, externalId), limits);
  }

  /**
   * Asks whose session it is.
   *
   * @param session from a sign-in or from storage
   * @return the account
   * @throws InvalidSessionException if the service does not know the session, or it has ended
   * @throws ParsecException as {@link #hosts(Session, HostQuery)} does
   * @throws IllegalStateException if the client is closed
   */
  public Account account(Session session) {
    return engine.run(requests.account(session), limits);
  }

  /**
   * Asks whether the service accepts a session, for example one from storage. That it does not answer is no answer: only
   * the service's refusal makes this false, any other failure is thrown.
   *
   * @param session from a sign-in or from storage
   * @return whether the service knows the session and it has not ended
   * @throws ParsecException as {@link #account(Session)} does, but for {@link InvalidSessionException}
   * @throws IllegalStateException if the client is closed
   */
  public boolean isValid(Session session) {
    try {
      Account unused = account(session);
      return true;
    } catch (InvalidSessionException e) {
      return false;
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
    return engine.run(requests.hosts(session, query), limits);
  }

  /**
   * Watches hosts: lists them at once and then again and again while somebody is subscribed, and tells each subscriber
   * what has changed.
   *
   * <pre>{@code
   * parsec.watchHosts(session, HostQuery.any(), ofSeconds(10)).subscribe(table);
   * }</pre>
   *
   * <p><b>Updates.</b> The first update of a subscriber has every known host as one that appeared; a further one comes
   * only if a host appeared, changed or is gone since the update that <em>this</em> subscriber got before. Nothing is
   * queued: a subscriber that requests late gets the newest list and all changes up to it in one update. If two hosts
   * in a list have one peer ID, the first counts.
   *
   * <p><b>What is gone.</b> Only a complete list without a host tells that it is gone. A poll that fails changes
   * nothing, and if the service cuts the list ({@link HostPage#hasMore()}), hosts that are not in it stay known; as long
   * as every list is cut, what is known only grows, so narrow the query then.
   *
   * <p><b>Polls.</b> All who are subscribed at the same time share one poll at a time: a call like
   * {@link #hosts(Session, HostQuery)}, with the limits and repetitions of this client or view, told to its listener. The
   * next one begins an interval, more or less a tenth, after the end of the last. After each failure in a row that time
   * doubles, up to 5 minutes or the interval if that is longer; it is at least what the service asks for, up to
   * a day, and a success makes it the interval again.
   *
   * <p><b>The end.</b> Cancelling the last subscription ends the polling, also the poll in flight. Closing the client
   * completes all subscribers, and later ones at once. What polling again cannot mend is signalled as an error:
   * {@link InvalidSessionException}, and {@link ParsecApiException} with any other status from 400 to 499 but 408 and
   * 429. Whoever subscribes after such an error begins anew.
   *
   * <p>The publisher keeps the rules of Reactive Streams. Signals run on the executor of the client, except that a last
   * one runs on the default executor of {@link CompletableFuture} if the client's does not come to it. A subscriber that
   * throws is told nothing more.
   *
   * @param session from a sign-in or from storage
   * @param query which hosts
   * @param interval from the end of a poll to the next, from a second to a day
   * @return the updates, for any number of subscribers; nothing is sent before the first one
   * @throws IllegalArgumentException if {@code interval} is out of range
   */
  public Flow.Publisher<HostsUpdate> watchHosts(
      Session session, HostQuery query, Duration interval) {
    return new HostWatch(
        engine, requests.hosts(session, query), limits, TimeLimits.checkInterval(interval));
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
    return new ParsecClient(engine, requests, merged, () -> {});
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
    return "ParsecClient[" + requests + ", timeout " + limits.timeout().toMillis() + " ms]";
  }

  CompletableFuture<Session> startSignIn(Credentials credentials) {
    return engine.start(requests.signIn(credentials), limits);
  }

  CompletableFuture<AuthCode> startAuthCode(String gameId) {
    return engine.start(requests.authCode(gameId), limits);
  }

  CompletableFuture<Optional<Session>> startApproval(AuthCode code) {
    return engine.start(requests.approval(code), limits);
  }

  CompletableFuture<Session> startEnterpriseSession(ApiKey key, String externalId) {
    return engine.start(requests.enterpriseSession(key, externalId), limits);
  }

  CompletableFuture<Account> startAccount(Session session) {
    return engine.start(requests.account(session), limits);
  }

  CompletableFuture<HostPage> startHosts(Session session, HostQuery query) {
    return engine.start(requests.hosts(session, query), limits);
  }

  Duration timeout() {
    return limits.timeout();
  }

  CallEngine engine() {
    return engine;
  }

  Executor executor() {
    return engine.executor();
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
     * Sets where asynchronous calls decode answers and run what users attach to futures; the common pool of the JVM if not
     * called. Synchronous calls do not use it. While all its threads are blocked, an asynchronous call of this client ends
     * with its time limit at the latest, and then on the default executor of {@link CompletableFuture}, which
     * therefore should not be blocked as well; what an executor refuses runs there, too. The prompts and the progress that
     * {@link AsyncParsecClient} takes wait for this executor while it is busy. One that runs everything at once, such as
     * {@code Runnable::run}, lets the users' code run on threads of the transport and of the JVM's timer, which it must
     * not block.
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
     * Limits the size of a list of hosts; 4 MiB if not called. All other answers are limited to 64 KiB.
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
      Executor chosenExecutor = executor != null ? executor : Handover.commonExecutor();
      CallEngine engine = new CallEngine(chosen, timer, chosenExecutor, listener);
      AtomicBoolean open = new AtomicBoolean(true);
      Runnable closing = () -> {
        engine.close();
        if (given == null && open.compareAndSet(true, false)) {
          chosen.close();
        }
      };
      Headers headers = Headers.of("Accept", "application/json", "User-Agent", userAgent);
      return new ParsecClient(
          engine,
          new Requests(chosenCodec, auth, hosts, headers, maxHostsBytes),
          new CallLimits(timeout, attemptTimeout, retryPolicy),
          closing);
    }
  }
}
