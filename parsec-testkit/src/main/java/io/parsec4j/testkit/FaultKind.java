// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

/** What a fault does, and to what. */
enum FaultKind {
  RESET_CONNECTION("resetConnection", Scope.EITHER, false),
  CLOSE_CONNECTION("closeConnection", Scope.EITHER, false),
  STALL("stall", Scope.EITHER, false),
  DRIP("drip", Scope.REQUEST, true),
  DELAY("delay", Scope.REQUEST, true),
  TRUNCATED_BODY("truncatedBody", Scope.REQUEST, true),
  UNFINISHED_CHUNKS("unfinishedChunks", Scope.REQUEST, true),
  GARBAGE("garbage", Scope.REQUEST, false),
  RAW_ANSWER("rawAnswer", Scope.REQUEST, false),
  CONTRADICTORY_LENGTHS("contradictoryLengths", Scope.REQUEST, true),
  LENGTH_AND_CHUNKS("lengthAndChunks", Scope.REQUEST, true),
  TOO_MANY_FIELDS("tooManyFields", Scope.REQUEST, true),
  HUGE_HEADER("hugeHeader", Scope.REQUEST, true),
  ENDLESS_HEAD("endlessHead", Scope.REQUEST, true),
  ENDLESS_BODY("endlessBody", Scope.REQUEST, true),
  HUGE_BODY("hugeBody", Scope.REQUEST, true),
  HEADER("header", Scope.REQUEST, true),
  CONTENT_TYPE("contentType", Scope.REQUEST, true),
  GZIPPED("gzipped", Scope.REQUEST, true),
  INVALID_UTF8("invalidUtf8", Scope.REQUEST, true),
  CUT_JSON("cutJson", Scope.REQUEST, true),
  SECOND_ANSWER("secondAnswer", Scope.REQUEST, true),
  INTERIM("interim", Scope.REQUEST, true),
  STATUS("status", Scope.REQUEST, false),
  REDIRECT("redirect", Scope.REQUEST, false),
  RATE_LIMIT("rateLimit", Scope.REQUEST, false),
  REFUSE_CONNECTION("refuseConnection", Scope.CONNECTION, false),
  PLAIN_TEXT("plainText", Scope.TLS_CONNECTION, false),
  TLS_STALL("tlsStall", Scope.TLS_CONNECTION, false),
  TLS_RESET("tlsReset", Scope.TLS_CONNECTION, false),
  TLS_CLOSE("tlsClose", Scope.TLS_CONNECTION, false);

  /** What can meet a fault. */
  enum Scope {
    REQUEST,
    CONNECTION,
    TLS_CONNECTION,
    EITHER
  }

  final String factory;
  final Scope scope;

  /** Whether it damages the right answer, for which the service must have acted. */
  final boolean needsAnswer;

  FaultKind(String factory, Scope scope, boolean needsAnswer) {
    this.factory = factory;
    this.scope = scope;
    this.needsAnswer = needsAnswer;
  }

  /** Whether the fault is an answer of its own, to which fields and a body can be given. */
  boolean isAnswer() {
    return this == STATUS || this == REDIRECT || this == RATE_LIMIT;
  }
}
