// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.Account;
import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.AuthCodeDeniedException;
import io.parsec4j.api.AuthCodeExpiredException;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.Host;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.InvalidCredentialsException;
import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.ParsecTransportException;
import io.parsec4j.api.RetryPolicy;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.TwoFactorRequiredException;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.moduletests.programs.ServiceModel.Decision;
import io.parsec4j.moduletests.programs.ServiceModel.Expected;
import io.parsec4j.moduletests.programs.ServiceModel.Machine;
import io.parsec4j.moduletests.programs.ServiceModel.Person;
import io.parsec4j.moduletests.support.Waiting;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.ManualTimer;
import io.parsec4j.transport.jdk.JdkTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A fake service, clients of it over one transport, and the model that says what they are to do. */
final class Side implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = "key-of-the-enterprise";
  private static final int MAX_ATTEMPTS = 3;

  private static final RetryPolicy AT_ONCE =
      RetryPolicy.standard().withBackoff(Duration.ofNanos(1), Duration.ofNanos(1));

  private final String name;
  private final Transport transport;
  private final ManualTimer time = ManualTimer.startingAt(BEGIN);
  private final FakeParsecServer server;
  private final ServiceModel model = new ServiceModel(BEGIN);
  private final List<Session> sessions = new ArrayList<>();
  private final List<FakeHost> hosts = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private boolean silentRepeats;

  Side(
      String name,
      FakeParsecServer.Builder service,
      Function<FakeParsecServer, Transport> transports) {
    this.name = name;
    this.server = service
        .clock(time.clock())
        .sessionLifetime(ServiceModel.LIFETIME)
        .authCodeLifetime(ServiceModel.LIFETIME_OF_AUTH_CODES)
        .authCodeInterval(ServiceModel.INTERVAL)
        .start();
    this.transport = transports.apply(server);
    server.account(Person.WALTER.email(), Person.WALTER.password());
    account(Person.DUDE).withTotp("JBSWY3DPEHPK3PXP");
    server.enterpriseKeys(KEY);
  }

  private FakeAccount account(Person person) {
    return person.isExternal()
        ? server.externalUser(person.externalId())
        : server.account(person.email(), person.password());
  }

  List<String> history() {
    return history;
  }

  boolean hadSilentRepeats() {
    return silentRepeats;
  }

  void pass(Duration span) {
    time.advance(span);
    model.pass(span);
  }

  void signIn(Person person, boolean rightPassword, Code code, boolean async) {
    String text = person.hasCodes() ? code.of(model.now()) : "";
    Expected expected = model.signIn(person, rightPassword, text);
    int before = server.requests(Endpoint.SIGN_IN).size();
    List<Session> got = new ArrayList<>();

    String outcome = call(
        async,
        parsec -> {
          try (Credentials credentials = credentials(person, rightPassword, text)) {
            return parsec.async().signIn(credentials);
          }
        },
        parsec -> {
          try (Credentials credentials = credentials(person, rightPassword, text)) {
            return parsec.signIn(credentials);
          }
        },
        got);

    assertThat(outcome).as(name).isEqualTo(expected.outcome());
    assertThat(server.requests(Endpoint.SIGN_IN)).as(name).hasSize(before + expected.requests());
    sessions.addAll(got);
    assertThat(sessions).as(name).hasSize(model.sessions()).doesNotHaveDuplicates();
    history.add(outcome);
  }

  /** The user opens the page after some questions of the program, or never. */
  void approve(
      Person person, Decision decision, int decisionAfter, List<Mishap> struck, boolean async) {
    clearMishaps();
    List<Session> got = new ArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    try (ParsecClient parsec = clientBuilder().timer(time).build()) {
      AuthCode code = parsec.requestAuthCode("bowling");
      server.fail(Endpoint.AUTH_SESSION, struck.stream().map(Mishap::fault).toArray(Fault[]::new));
      CompletableFuture<Session> wait = async
          ? parsec.async().awaitApproval(code, poll -> asked.set(poll.number()))
          : CompletableFuture.supplyAsync(
              () -> parsec.awaitApproval(code, poll -> asked.set(poll.number())), Waiting.THREADS);
      int before = server.requests(Endpoint.AUTH_SESSION).size();
      Instant begin = model.now();
      Expected expected = model.approval(person, decision, decisionAfter, struck);
      for (int question = 1; question <= expected.requests(); question++) {
        awaitPause();
        if (question == decisionAfter + 1) {
          decide(person, decision, code);
        }
        time.advance(ServiceModel.INTERVAL);
      }

      assertThat(outcome(() -> joined(wait), got)).as(name).isEqualTo(expected.outcome());
      assertThat(asked).as(name).hasValue(expected.requests() - 1);
      assertThat(server.requests(Endpoint.AUTH_SESSION))
          .as(name)
          .hasSize(before + expected.requests());
      assertThat(Duration.between(begin, model.now()))
          .isEqualTo(ServiceModel.INTERVAL.multipliedBy(expected.requests()));
      assertThat(got)
          .as(name)
          .allSatisfy(session -> assertThat(session.expiresAt())
              .contains(model.now().plus(ServiceModel.LIFETIME).truncatedTo(ChronoUnit.SECONDS)));
      sessions.addAll(got);
      assertThat(sessions).as(name).hasSize(model.sessions()).doesNotHaveDuplicates();
      history.add(expected.outcome());
    } finally {
      clearMishaps();
    }
  }

  private void awaitPause() {
    try {
      time.awaitDueWithin(ServiceModel.INTERVAL, PATIENCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void decide(Person person, Decision decision, AuthCode code) {
    switch (decision) {
      case APPROVES -> account(person).approves(code.userCode());
      case DENIES -> account(person).denies(code.userCode());
      case STAYS_AWAY -> {}
    }
  }

  void openForEnterprise(boolean rightKey, boolean async) {
    Expected expected = model.enterpriseSession(rightKey);
    int before = server.requests(Endpoint.ENTERPRISE_SESSION).size();
    ApiKey key = ApiKey.of(rightKey ? KEY : "key-of-another");
    String user = Person.DONNY.externalId();
    List<Session> got = new ArrayList<>();

    String outcome = call(
        async,
        parsec -> parsec.async().createEnterpriseSession(key, user),
        parsec -> parsec.createEnterpriseSession(key, user),
        got);

    assertThat(outcome).as(name).isEqualTo(expected.outcome());
    assertThat(server.requests(Endpoint.ENTERPRISE_SESSION))
        .as(name)
        .hasSize(before + expected.requests());
    sessions.addAll(got);
    assertThat(sessions).as(name).hasSize(model.sessions()).doesNotHaveDuplicates();
    history.add(outcome);
  }

  /** Asks whose session it is, or only whether it is one. */
  void check(int pick, boolean whose, boolean async) {
    int session = session(pick);
    boolean overJdk = transport instanceof JdkTransport;
    Expected expected = model.account(session, overJdk);
    silentRepeats |= overJdk && expected.requests() > MAX_ATTEMPTS;
    int before = server.requests(Endpoint.ACCOUNT).size();
    Session used = session < 0 ? unknown() : sessions.get(session);
    List<Account> accounts = new ArrayList<>();
    List<Boolean> valid = new ArrayList<>();

    String outcome = whose
        ? call(
            async, parsec -> parsec.async().account(used), parsec -> parsec.account(used), accounts)
        : call(
            async, parsec -> parsec.async().isValid(used), parsec -> parsec.isValid(used), valid);

    String told = valid.equals(List.of(false)) ? "BAD SESSION" : outcome;
    assertThat(told).as(name).isEqualTo(expected.outcome());
    if (whose) {
      assertThat(accounts).as(name).extracting(Account::name).isEqualTo(expected.shown());
    }
    assertThat(server.requests(Endpoint.ACCOUNT)).as(name).hasSize(before + expected.requests());
    history.add(told);
  }

  void list(int pick, HostQuery query, boolean async) {
    int session = session(pick);
    boolean overJdk = transport instanceof JdkTransport;
    Expected expected = model.list(session, query, overJdk);
    silentRepeats |= overJdk && expected.requests() > MAX_ATTEMPTS;
    int before = server.requests(Endpoint.HOSTS).size();
    List<HostPage> got = new ArrayList<>();
    Session used = session < 0 ? unknown() : sessions.get(session);

    String outcome = call(
        async,
        parsec -> parsec.async().hosts(used, query),
        parsec -> parsec.hosts(used, query),
        got);

    assertThat(outcome).as(name).isEqualTo(expected.outcome());
    List<String> names = got.stream()
        .flatMap(page -> page.hosts().stream())
        .map(Host::name)
        .collect(Collectors.toList());
    assertThat(names).as(name).isEqualTo(expected.shown());
    assertThat(server.requests(Endpoint.HOSTS)).as(name).hasSize(before + expected.requests());
    history.add(outcome + names);
  }

  /** Gives a list up whose answer never comes; nothing may be left of it. */
  void giveUp(int pick) {
    clearMishaps();
    int session = session(pick);
    server.clearRequests();
    server.fail(Endpoint.HOSTS, Fault.stall());
    try (ParsecClient parsec = client()) {
      CompletableFuture<HostPage> future =
          parsec.async().hosts(session < 0 ? unknown() : sessions.get(session), HostQuery.any());
      awaitRequest();
      assertThat(future.cancel(true)).as(name).isTrue();
      assertThatThrownBy(future::join).as(name).isInstanceOf(CancellationException.class);
    }
    assertThat(server.requests()).as(name).hasSize(1);
    assertThat(server.pendingFaults()).as(name).isEmpty();
    history.add("GIVEN UP");
  }

  /** Several clients use the same code at once, of which one may win. */
  void signInAtOnce(int clients) {
    clearMishaps();
    String code = Code.OF_NOW.of(model.now());
    List<String> expected = IntStream.range(0, clients)
        .mapToObj(i -> model.signIn(Person.DUDE, true, code).outcome())
        .sorted()
        .collect(Collectors.toList());
    List<ParsecClient> all = new ArrayList<>();
    List<CompletableFuture<Session>> futures = new ArrayList<>();
    try (Credentials credentials = credentials(Person.DUDE, true, code)) {
      for (int i = 0; i < clients; i++) {
        all.add(client());
        futures.add(all.get(i).async().signIn(credentials));
      }
      List<String> outcomes = new ArrayList<>();
      for (CompletableFuture<Session> future : futures) {
        outcomes.add(outcome(() -> joined(future), sessions));
      }
      assertThat(outcomes).as(name).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      all.forEach(ParsecClient::close);
    }
    history.add(expected.toString());
  }

  void revoke(int pick) {
    int session = session(pick);
    if (session >= 0) {
      server.revoke(sessions.get(session).id());
      model.revoke(session);
    }
  }

  void revokeAll() {
    server.expireSessions();
    model.revokeAll();
  }

  void add(Machine machine) {
    FakeHost host =
        FakeHost.of(machine.mode, machine.name + " " + hosts.size()).isPublic(machine.isPublic);
    hosts.add(host);
    model
        .hosts()
        .add(new Machine(
            machine.name + " " + model.hosts().size(),
            machine.owner,
            machine.mode,
            machine.isPublic));
    account(machine.owner).owns(host);
  }

  void switchTo(int pick, boolean online) {
    if (!hosts.isEmpty()) {
      int host = pick % hosts.size();
      FakeHost changed = hosts.get(host).online(online);
      assertThat(changed).isSameAs(hosts.get(host));
      model.hosts().get(host).online = online;
    }
  }

  void share(int pick) {
    if (!hosts.isEmpty()) {
      int host = pick % hosts.size();
      for (Person person : Person.values()) {
        account(person).sees(hosts.get(host));
      }
      model.hosts().get(host).shared = true;
    }
  }

  void strike(Endpoint endpoint, List<Mishap> mishaps) {
    server.fail(endpoint, mishaps.stream().map(Mishap::fault).toArray(Fault[]::new));
    model.strike(endpoint, mishaps);
  }

  private void clearMishaps() {
    server.clearFaults();
    model.clearMishaps();
  }

  private void awaitRequest() {
    try {
      assertThat(server.await(Endpoint.HOSTS, PATIENCE).method()).isEqualTo("GET");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int session(int pick) {
    return sessions.isEmpty() ? -1 : pick % sessions.size();
  }

  private static Session unknown() {
    return Session.of(SessionId.of("0123456789abcdef"));
  }

  private static Credentials credentials(Person person, boolean rightPassword, String code) {
    Credentials plain = Credentials.of(
        person.email(), (person.password() + (rightPassword ? "" : "?")).toCharArray());
    return code.isEmpty() ? plain : plain.withTfaCode(code);
  }

  /** Each call has a client of its own: what a client may repeat in all is limited, and is tested elsewhere. */
  private ParsecClient client() {
    return clientBuilder().build();
  }

  private ParsecClient.Builder clientBuilder() {
    return server
        .clientBuilder()
        .transport(transport)
        .timeout(PATIENCE)
        .attemptTimeout(PATIENCE)
        .retryPolicy(AT_ONCE);
  }

  private <T> String call(
      boolean async,
      Function<ParsecClient, CompletableFuture<T>> later,
      Function<ParsecClient, T> now,
      List<T> got) {
    try (ParsecClient parsec = client()) {
      return outcome(() -> async ? joined(later.apply(parsec)) : now.apply(parsec), got);
    }
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ParsecException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static <T> String outcome(java.util.function.Supplier<T> call, List<T> got) {
    try {
      got.add(call.get());
      return "SUCCESS";
    } catch (AuthCodeDeniedException e) {
      return "DENIED";
    } catch (AuthCodeExpiredException e) {
      return "EXPIRED";
    } catch (TwoFactorRequiredException e) {
      return "CODE WANTED";
    } catch (InvalidCredentialsException e) {
      return "BAD CREDENTIALS";
    } catch (InvalidSessionException e) {
      return "BAD SESSION";
    } catch (ParsecApiException e) {
      return "API " + e.status();
    } catch (ParsecTransportException e) {
      return e.stage().toString();
    } catch (ParsecDecodeException e) {
      return "DECODE";
    }
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public String toString() {
    return name + " " + model;
  }
}
