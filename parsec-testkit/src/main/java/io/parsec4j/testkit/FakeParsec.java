// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.SessionId;
import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A Parsec service of a test's own, however it is reached: what it knows, what goes wrong, and what was asked of it.
 *
 * <p>{@link FakeParsecServer} is one behind a port, {@link FakeTransport} one in memory. Nobody outside the testkit extends this class.
 */
public abstract class FakeParsec implements AutoCloseable {
  private final FakeService service;
  private final Clients clients;

  FakeParsec(FakeService service, Clients clients) {
    this.service = service;
    this.clients = clients;
  }

  /**
   * Returns the account of an address, made if it is new; its password is the one given from then on.
   *
   * @param email compared character by character
   * @param password compared character by character
   * @return the account, to say more about
   */
  @CanIgnoreReturnValue
  public FakeAccount account(String email, String password) {
    return service
        .state()
        .account(requireNonNull(email, "email"), requireNonNull(password, "password"));
  }

  /**
   * Returns the user of an external ID, made if it is new; an enterprise's first session of a user, which an
   * {@linkplain #enterpriseKeys API key} opens, makes the user too.
   *
   * <p>The user has neither address nor password. The name that others see is the external ID, as documented.
   *
   * @param externalId the enterprise's own name for the user; not empty, compared character by character
   * @return the account, to say more about
   * @throws IllegalArgumentException if {@code externalId} is empty
   */
  @CanIgnoreReturnValue
  public FakeAccount externalUser(String externalId) {
    if (requireNonNull(externalId, "externalId").isEmpty()) {
      throw new IllegalArgumentException("externalId must not be empty");
    }
    return service.state().externalUser(externalId);
  }

  /** The user of an external ID; empty if neither a test nor a session has made it. */
  Optional<FakeAccount> knownExternalUser(String externalId) {
    return service.state().knownExternalUser(externalId);
  }

  /**
   * Sets with which API keys an enterprise can open sessions of its users; none if not called.
   *
   * @param keys the keys, visible ASCII each, that are good from now on; no others are
   * @throws IllegalArgumentException if one of them is empty or has other characters; the message does not repeat it
   */
  public void enterpriseKeys(String... keys) {
    Set<String> valid =
        Arrays.stream(keys).map(FakeParsec::apiKey).collect(Collectors.toUnmodifiableSet());
    service.state().enterpriseKeys(valid);
  }

  static String apiKey(String key) {
    if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("a key must be visible ASCII characters, at least one");
    }
    return key;
  }

  /**
   * Returns the auth codes that the service has given out, the oldest first. A user decides about one by
   * {@link FakeAccount#approves} and {@link FakeAccount#denies}.
   *
   * <p>To meet a program that runs beside the test, wait for its first poll, by {@link #await(Endpoint, Duration)} with
   * {@link Endpoint#AUTH_SESSION}: then its code is here.
   *
   * @return a copy; at most the last 10,000
   */
  public List<FakeAuthCode> authCodes() {
    return service.state().authCodes();
  }

  /**
   * Ends one session; using it is answered like using an unknown one.
   *
   * @param session the session ID; one that is not valid is passed over
   */
  public void revoke(SessionId session) {
    service.state().revoke(requireNonNull(session, "session"));
  }

  /** Ends every session that exists; accounts can sign in again. */
  public void expireSessions() {
    service.state().expireSessions();
  }

  /**
   * Lets something go wrong with the next requests of an endpoint, whatever their method: each is met by one fault, in
   * this order. Faults given earlier come first.
   *
   * @param endpoint the endpoint
   * @param faults the faults, each as often as it says
   * @throws IllegalArgumentException if one of them meets connections only; then none of them is scheduled
   */
  public void fail(Endpoint endpoint, Fault... faults) {
    fail(RequestPattern.to(endpoint), faults);
  }

  /**
   * Lets something go wrong with the next requests of a pattern: each is met by one fault, in this order. Faults given
   * earlier come first, also those of another pattern if a request meets both.
   *
   * @param pattern which requests
   * @param faults the faults, each as often as it says
   * @throws IllegalArgumentException if one of them meets connections only; then none of them is scheduled
   */
  public void fail(RequestPattern pattern, Fault... faults) {
    requireNonNull(pattern, "pattern");
    List<Fault> wanted = List.of(faults);
    for (Fault fault : wanted) {
      if (!fault.meetsRequests()) {
        throw new IllegalArgumentException(
            fault + " meets connections, not requests; use failConnections");
      }
    }
    service.faults().add(pattern, wanted);
  }

  /**
   * Lets something go wrong with the next connections, before anything is asked on them: each is met by one fault, in
   * this order. Faults given earlier come first.
   *
   * @param faults the faults, each as often as it says
   * @throws IllegalArgumentException if one of them meets requests only; then none of them is scheduled
   */
  public void failConnections(Fault... faults) {
    List<Fault> wanted = List.of(faults);
    for (Fault fault : wanted) {
      if (!fault.meetsConnections()) {
        throw new IllegalArgumentException(fault + " meets requests, not connections; use fail");
      }
    }
    service.connectionFaults().add(wanted);
  }

  /**
   * Lets the service think before each answer from now on; what is under way keeps its time.
   *
   * @param latency how long; {@link Latency#none()} if not called
   */
  public void latency(Latency latency) {
    service.latency(requireNonNull(latency, "latency"));
  }

  /**
   * Returns the faults that are still to come, those of requests first, in the order in which they were given.
   *
   * @return a copy; a fault that has come some of its times stands there with the times that are left, one that always
   *     comes only if it never came
   */
  public List<Fault> pendingFaults() {
    List<Fault> pending = new ArrayList<>(service.faults().pending());
    pending.addAll(service.connectionFaults().pending());
    return List.copyOf(pending);
  }

  /** Forgets every fault, so that what comes next is served; what is under way goes on. */
  public void clearFaults() {
    service.faults().clear();
    service.connectionFaults().clear();
  }

  /**
   * Returns what was received, the oldest first: all requests that were well-formed HTTP, whatever they were answered.
   * A request is there before its answer leaves.
   *
   * @return a copy; at most the last 10,000
   */
  public List<RecordedRequest> requests() {
    return service.requests();
  }

  /**
   * Returns what was received for an endpoint, the oldest first.
   *
   * @param endpoint the endpoint
   * @return those of {@link #requests()} whose path is the endpoint's
   */
  public List<RecordedRequest> requests(Endpoint endpoint) {
    return requests(RequestPattern.to(endpoint));
  }

  /**
   * Returns what was received of a pattern, the oldest first.
   *
   * @param pattern which requests
   * @return those of {@link #requests()} that meet the pattern
   */
  public List<RecordedRequest> requests(RequestPattern pattern) {
    requireNonNull(pattern, "pattern");
    return requests().stream().filter(pattern).collect(Collectors.toUnmodifiableList());
  }

  /**
   * Looks at what was received for an endpoint: {@code server.verify(Endpoint.HOSTS).once()}.
   *
   * @param endpoint the endpoint
   * @return says how often it must have come
   */
  public RequestVerification verify(Endpoint endpoint) {
    return verify(RequestPattern.to(endpoint));
  }

  /**
   * Looks at what was received of a pattern.
   *
   * @param pattern which requests
   * @return says how often they must have come
   */
  public RequestVerification verify(RequestPattern pattern) {
    return new RequestVerification(requireNonNull(pattern, "pattern"), this::requests);
  }

  /**
   * Waits until a request for an endpoint has come.
   *
   * @param endpoint the endpoint
   * @param atMost how long to wait at most; zero or positive
   * @return the oldest of {@link #requests(Endpoint)}, which may have come before the call
   * @throws AssertionError if none has come then; the message shows what has
   * @throws IllegalArgumentException if {@code atMost} is negative
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  @CanIgnoreReturnValue
  public RecordedRequest await(Endpoint endpoint, Duration atMost) throws InterruptedException {
    return await(RequestPattern.to(endpoint), atMost);
  }

  /**
   * Waits until a request of a pattern has come.
   *
   * @param pattern which request
   * @param atMost how long to wait at most; zero or positive
   * @return the oldest of {@link #requests(RequestPattern)}, which may have come before the call
   * @throws AssertionError if none has come then; the message shows what has, as that of a {@link RequestVerification}
   * @throws IllegalArgumentException if {@code atMost} is negative
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  @CanIgnoreReturnValue
  public RecordedRequest await(RequestPattern pattern, Duration atMost)
      throws InterruptedException {
    requireNonNull(pattern, "pattern");
    if (requireNonNull(atMost, "atMost").isNegative()) {
      throw new IllegalArgumentException("atMost must not be negative, was " + atMost);
    }
    RecordedRequest request = service.await(pattern, atMost);
    if (request == null) {
      throw new AssertionError("expected a request within " + atMost + ": " + pattern.words()
          + RequestVerification.report(pattern, requests()));
    }
    return request;
  }

  /** Forgets what was received so far. */
  public void clearRequests() {
    service.clearRequests();
  }

  /**
   * Makes this service as it was when it started, at the same address: without accounts, hosts, sessions, codes, API
   * keys, faults and recorded requests. The clients that {@link #client()} made are closed, every connection is cut,
   * and what was under way changes nothing any more. Accounts and hosts of before are strangers to it; the hosts may be
   * owned anew.
   *
   * <p>IDs go on where they were, so that no session of before is valid by chance.
   */
  public void reset() {
    clients.closeThoseMade();
    service.reset(lastConnection());
    clearFaults();
    cutConnections();
  }

  /** The number of the last connection so far. */
  int lastConnection() {
    return 0;
  }

  /** Ends every connection, whatever is under way on it. */
  void cutConnections() {}

  /**
   * Creates a client for this service, with what is found on the class or module path where this service brings nothing
   * of its own.
   *
   * @return a new client, which is closed with this service if the caller has not closed it
   * @throws io.parsec4j.api.ParsecConfigurationException if no transport or codec is found; the message says what to
   * add
   * @throws IllegalStateException if this service is closed
   */
  public ParsecClient client() {
    return clients.add(this::clientBuilder);
  }

  /**
   * Starts a client for this service that is to differ from {@link #client()}.
   *
   * @return a builder that has what it takes to reach this service and nothing else; its client is the caller's to
   * close
   */
  public abstract ParsecClient.Builder clientBuilder();

  /** Closes the clients that {@link #client()} made and this service; further calls do nothing. */
  @Override
  public abstract void close();

  /** The clients that are closed with their service. */
  static final class Clients {
    private final List<ParsecClient> open = new ArrayList<>();
    private boolean closed;

    synchronized ParsecClient add(Supplier<ParsecClient.Builder> builder) {
      if (closed) {
        throw new IllegalStateException("the server is closed; start a new one");
      }
      ParsecClient client = builder.get().build();
      open.add(client);
      return client;
    }

    synchronized void close() {
      closed = true;
      closeThoseMade();
    }

    synchronized void closeThoseMade() {
      open.forEach(ParsecClient::close);
      open.clear();
    }
  }
}
