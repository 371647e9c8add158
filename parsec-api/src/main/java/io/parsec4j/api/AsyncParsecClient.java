// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.CallEngine;
import io.parsec4j.api.internal.CallFuture;
import io.parsec4j.api.internal.Handover;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
  private static final Logger LOG = System.getLogger("io.parsec4j.api");

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
   * @return a future of the session; if the prompt or its stage fails, it fails with that error
   * @throws IllegalStateException if the client or {@code credentials} is closed
   */
  public CompletableFuture<Session> signIn(
      Credentials credentials,
      Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt) {
    requireNonNull(prompt, "prompt");
    Conversation conversation = new Conversation(credentials, prompt);
    client.engine().began(conversation);
    conversation.result.onGiveUp(conversation::giveUp);
    try {
      conversation.signIn(credentials);
    } catch (RuntimeException e) {
      client.engine().ended(conversation);
      throw e;
    }
    CompletionStage<Session> result = conversation.result;
    result.whenComplete((session, failure) -> client.engine().ended(conversation));
    return conversation.result;
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

  /** A sign-in with questions in between; whatever is pending, the call or the question, is cancelled with it. */
  private final class Conversation implements CallEngine.InFlight {
    private final TwoFactorConversation rules = new TwoFactorConversation();
    private final Credentials credentials;
    private final Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt;
    private final long beginNanos = client.engine().nanoTime();
    private final CallFuture<Session> result = new CallFuture<>(client.executor());

    // Guarded by this.
    private @Nullable CompletionStage<?> pending;
    private boolean givenUp;

    Conversation(
        Credentials credentials,
        Function<? super TwoFactorChallenge, ? extends CompletionStage<String>> prompt) {
      this.credentials = credentials;
      this.prompt = prompt;
    }

    void signIn(Credentials next) {
      CompletionStage<Session> call = client.startSignIn(next);
      await(call);
      call.whenComplete((session, failure) -> {
        if (failure == null) {
          result.succeed(session);
        } else {
          step(() -> ask(failure));
        }
      });
    }

    private void ask(Throwable failure) {
      Optional<TwoFactorChallenge> challenge = failure instanceof ParsecException
          ? rules.next((ParsecException) failure)
          : Optional.empty();
      if (challenge.isEmpty()) {
        result.fail(failure);
        return;
      }
      CompletionStage<String> answer =
          requireNonNull(prompt.apply(challenge.get()), "the prompt returned null");
      await(answer);
      answer.whenComplete((code, problem) -> step(() -> {
        if (problem == null) {
          TwoFactorConversation.answer(credentials, code)
              .ifPresentOrElse(this::signIn, () -> result.fail(failure));
        } else {
          Throwable cause = problem.getCause();
          result.fail(problem instanceof CompletionException && cause != null ? cause : problem);
        }
      }));
    }

    /** Goes on, on the client's executor, unless the conversation was given up. */
    private void step(Runnable step) {
      Handover.run(client.executor(), () -> {
        if (isGivenUp()) {
          return;
        }
        try {
          step.run();
        } catch (Throwable e) {
          // A closed client, wiped credentials or a prompt that throws must not leave the future
          // waiting for ever.
          result.fail(e);
        }
      });
    }

    private void await(CompletionStage<?> stage) {
      synchronized (this) {
        if (!givenUp) {
          pending = stage;
          return;
        }
      }
      cancel(stage);
    }

    private synchronized boolean isGivenUp() {
      return givenUp;
    }

    void giveUp() {
      // If it was a derived stage that was cancelled, whoever waits for the future itself waits no
      // longer.
      end(new CancellationException());
    }

    @Override
    public void failClosed() {
      end(new ParsecException(
          "sign-in was given up because the client was closed",
          CallDetails.of(
              Operation.SIGN_IN, 0, Duration.ofNanos(client.engine().nanoTime() - beginNanos))));
    }

    private void end(RuntimeException reason) {
      @Nullable CompletionStage<?> stage;
      synchronized (this) {
        if (givenUp) {
          return;
        }
        givenUp = true;
        stage = pending;
      }
      if (stage != null) {
        cancel(stage);
      }
      client.engine().runLast(() -> result.fail(reason));
    }

    private void cancel(CompletionStage<?> stage) {
      try {
        stage.toCompletableFuture().cancel(true);
      } catch (UnsupportedOperationException e) {
        // A stage need not be convertible; what it yields later is not listened to.
        LOG.log(Level.DEBUG, "the stage of a prompt cannot be cancelled");
      }
    }
  }
}
