// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.ApprovalPoll;
import io.parsec4j.api.AsyncParsecClient;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** What a client can ask the service for, with the secrets of {@link Canary}. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
enum Way {
  SIGN_IN(
      (parsec, session) -> parsec.signIn(Canary.CREDENTIALS),
      (parsec, session) -> parsec.signIn(Canary.CREDENTIALS)),
  HOSTS(
      (parsec, session) -> parsec.hosts(session, HostQuery.desktop()),
      (parsec, session) -> parsec.hosts(session, HostQuery.desktop())),
  AUTH_CODE(
      (parsec, session) -> parsec.requestAuthCode("bowling"),
      (parsec, session) -> parsec.requestAuthCode("bowling")),
  /** One question of a wait, which needs a client with a {@link HastyTimer}. */
  APPROVAL(
      (parsec, session) -> parsec.awaitApproval(Canary.AUTH_CODE, Way::giveUp),
      (parsec, session) -> parsec.awaitApproval(Canary.AUTH_CODE, Way::giveUp)),
  ENTERPRISE_SESSION(
      (parsec, session) -> parsec.createEnterpriseSession(Canary.API_KEY, "walter"),
      (parsec, session) -> parsec.createEnterpriseSession(Canary.API_KEY, "walter")),
  ACCOUNT(
      (parsec, session) -> parsec.account(session), (parsec, session) -> parsec.account(session));

  private final BiFunction<ParsecClient, Session, ?> call;
  private final BiFunction<AsyncParsecClient, Session, CompletableFuture<?>> asyncCall;

  Way(
      BiFunction<ParsecClient, Session, ?> call,
      BiFunction<AsyncParsecClient, Session, CompletableFuture<?>> asyncCall) {
    this.call = call;
    this.asyncCall = asyncCall;
  }

  Object go(ParsecClient parsec, Session session) {
    return call.apply(parsec, session);
  }

  /** Does the same by the asynchronous form, and throws what that ends with. */
  Object goAsync(ParsecClient parsec, Session session) {
    try {
      return asyncCall.apply(parsec.async(), session).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Returns whether it is a GET, which the JDK's client may send twice. */
  boolean isGet() {
    return this == HOSTS || this == ACCOUNT;
  }

  private static void giveUp(ApprovalPoll poll) {
    throw poll.failure().orElseThrow();
  }
}
