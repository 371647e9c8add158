// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.CallFuture;
import io.parsec4j.api.spi.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The calls of a {@link ParsecClient} in asynchronous form.
 *
 * <p>A call in progress blocks no thread. Its future fails with the {@link ParsecException} that the synchronous method
 * throws. Cancelling the future, or any stage derived from it, closes the exchange on the wire and starts nothing more;
 * so do {@code orTimeout} and completing it by hand. A stage of {@code thenCompose} stands for its function's future too,
 * which cancelling does not reach. What is attached to a future runs on the client's executor, or on the thread that
 * cancels or completes the future by hand; never on an I/O thread or the JVM's timer thread, unless the executor is one
 * that runs everything at once.
 */
public final class AsyncParsecClient {
  private final ParsecClient client;

  AsyncParsecClient(ParsecClient client) {
    this.client = client;
  }

  /**
   * Signs a user in; see {@link ParsecClient#signIn(Credentials)}.
   *
   * @param credentials not kept; may be closed as soon as this method returns
   * @return a future of the session
   * @throws IllegalStateException if the client or {@code credentials} is closed
   */
  public CompletableFuture<Session> signIn(Credentials credentials) {
    return client.startSignIn(credentials);
  }

  /**
   * Signs a user in, asking for a two-factor code when the service wants one; see
   * {@link ParsecClient#signIn(Credentials, Function)}.
   *
   * @param credentials to be closed only after the future is done
   * @param prompt begins to ask the user, on the client's executor; its stage yields the code, or {@code null} or a blank
   *     text to give up; the stage is cancelled if the future is
   * @return a future of the session; if the prompt or its stage fails, it fails with that error; if the executor does not
   *     come to the prompt within the time limit of a call, with {@link ParsecTimeoutException}
   * @throws IllegalStateException if the client or {@code credentials} is closed
   */
  public CompletableFuture<Session> signIn(
      Credentials credentials,
      Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt) {
    requireNonNull(prompt, "prompt");
    return new Conversation(credentials, prompt).begin();
  }

  /**
   * Requests a code with which a user signs in; see {@link ParsecClient#requestAuthCode(String)}.
   *
   * @param gameId the ID that the vendor gave to the program
   * @return a future of the code
   * @throws IllegalArgumentException if {@code gameId} is not as it must be
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<AuthCode> requestAuthCode(String gameId) {
    return client.startAuthCode(gameId);
  }

  /**
   * Waits until the user approves a code; see {@link ParsecClient#awaitApproval(AuthCode)}.
   *
   * @param code from {@link #requestAuthCode} or from storage
   * @return a future of the session
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<Session> awaitApproval(AuthCode code) {
    return awaitApproval(code, poll -> {});
  }

  /**
   * Waits until the user approves a code; see {@link ParsecClient#awaitApproval(AuthCode, Consumer)}. Between two
   * questions nothing but a timer runs.
   *
   * @param code from {@link #requestAuthCode} or from storage
   * @param progress told of each question after which the wait goes on, on the client's executor; the wait goes on when
   *     it has returned
   * @return a future of the session; if {@code progress} throws, it fails with that error; if the executor does not come
   *     to a step within the time limit of a call, with {@link ParsecTimeoutException}
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<Session> awaitApproval(
      AuthCode code, Consumer<? super ApprovalPoll> progress) {
    requireNonNull(code, "code");
    requireNonNull(progress, "progress");
    return new Approval(code, progress).begin();
  }

  /**
   * Creates a session for a user of a team; see {@link ParsecClient#createEnterpriseSession(ApiKey, String)}.
   *
   * @param key the team's key
   * @param externalId the user, by the name that the team uses for them
   * @return a future of the session
   * @throws IllegalArgumentException if {@code externalId} is not as it must be
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<Session> createEnterpriseSession(ApiKey key, String externalId) {
    return client.startEnterpriseSession(key, externalId);
  }

  /**
   * Asks whose session it is; see {@link ParsecClient#account(Session)}.
   *
   * @param session from a sign-in or from storage
   * @return a future of the account
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<Account> account(Session session) {
    return client.startAccount(session);
  }

  /**
   * Asks whether the service accepts a session; see {@link ParsecClient#isValid(Session)}.
   *
   * @param session from a sign-in or from storage
   * @return a future of the answer
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<Boolean> isValid(Session session) {
    CompletableFuture<Account> account = account(session);
    CallFuture<Boolean> valid = new CallFuture<>(client.executor());
    valid.onGiveUp(() -> account.cancel(true));
    CompletionStage<Account> outcome = account;
    outcome.whenComplete((known, failure) -> {
      if (failure == null || failure instanceof InvalidSessionException) {
        valid.succeed(failure == null);
      } else {
        valid.fail(failure);
      }
    });
    return valid;
  }

  /**
   * Lists hosts; see {@link ParsecClient#hosts(Session, HostQuery)}.
   *
   * @param session from a sign-in or from storage
   * @param query which hosts
   * @return a future of the hosts
   * @throws IllegalStateException if the client is closed
   */
  public CompletableFuture<HostPage> hosts(Session session, HostQuery query) {
    return client.startHosts(session, query);
  }

  /** A sign-in with questions to the user in between. */
  private final class Conversation extends Sequence<Session> {
    private final TwoFactorConversation rules = new TwoFactorConversation();
    private final Credentials credentials;
    private final Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt;
    private final long beginNanos = client.engine().timer().nanoTime();

    Conversation(
        Credentials credentials,
        Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt) {
      super(client.engine(), client.timeout());
      this.credentials = credentials;
      this.prompt = prompt;
    }

    @Override
    void first() {
      signIn(credentials);
    }

    private void signIn(Credentials next) {
      follow(client.startSignIn(next), (session, failure) -> {
        if (failure == null) {
          succeed(session);
        } else {
          ask(failure);
        }
      });
    }

    private void ask(Throwable failure) {
      Optional<TwoFactorChallenge> challenge = failure instanceof ParsecException
          ? rules.next((ParsecException) failure)
          : Optional.empty();
      if (challenge.isEmpty()) {
        fail(failure);
        return;
      }
      CompletionStage<String> answer =
          requireNonNull(prompt.apply(challenge.get()), "the prompt returned null");
      follow(answer, (code, problem) -> {
        if (problem == null) {
          TwoFactorConversation.answer(credentials, code)
              .ifPresentOrElse(this::signIn, () -> fail(failure));
        } else {
          Throwable cause = problem.getCause();
          fail(problem instanceof CompletionException && cause != null ? cause : problem);
        }
      });
    }

    @Override
    CallDetails details() {
      return CallDetails.of(
          Operation.SIGN_IN, 0, Duration.ofNanos(client.engine().timer().nanoTime() - beginNanos));
    }
  }

  /** A wait for approval: pauses, and a question after each. */
  private final class Approval extends Sequence<Session> {
    private final ApprovalRules rules;
    private final AuthCode code;
    private final Consumer<? super ApprovalPoll> progress;

    Approval(AuthCode code, Consumer<? super ApprovalPoll> progress) {
      super(client.engine(), client.timeout());
      this.rules = new ApprovalRules(code, client.engine().timer());
      this.code = code;
      this.progress = progress;
    }

    @Override
    void first() {
      pause(rules.firstWait());
    }

    private void pause(Duration wait) {
      CompletableFuture<Boolean> due = new CompletableFuture<>();
      follow(due, (passed, problem) -> poll());
      Timer.Task task = client.engine().timer().schedule(wait, () -> due.complete(true));
      CompletionStage<Boolean> outcome = due;
      outcome.whenComplete((passed, cancelled) -> task.cancel());
    }

    private void poll() {
      follow(client.startApproval(code), (session, failure) -> {
        if (session != null && session.isPresent()) {
          succeed(session.get());
        } else if (failure == null || failure instanceof ParsecException) {
          ApprovalPoll poll = rules.next((ParsecException) failure);
          progress.accept(poll);
          pause(poll.nextIn());
        } else {
          fail(failure);
        }
      });
    }

    @Override
    CallDetails details() {
      return rules.details();
    }
  }
}
