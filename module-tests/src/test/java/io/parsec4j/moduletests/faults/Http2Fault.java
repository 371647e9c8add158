// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.moduletests.faults.Http2Responder.Script;
import java.util.Set;

/**
 * What an HTTP/2 server does to a request, and what a user may get of it: the JDKs differ, so that there is a set.
 *
 * <p>Codes are those of RFC 9113, section 7.
 */
@SuppressWarnings("ImmutableEnumChecker") // the scripts keep no state
enum Http2Fault {
  REFUSED_STREAM(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 7)),
  RESET_CANCEL(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 8)),
  RESET_INTERNAL_ERROR(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 2)),
  RESET_PROTOCOL_ERROR(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 1)),
  RESET_NO_ERROR(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 0)),
  RESET_HTTP_1_1_REQUIRED(Set.of("EXCHANGE"), (peer, stream, post) -> peer.reset(stream, 13)),
  RESET_WITHIN_THE_BODY(Set.of("EXCHANGE"), (peer, stream, post) -> {
    peer.head(stream, 100);
    peer.reset(stream, 2);
  }),
  GOAWAY_BEFORE_ALL(Set.of("EXCHANGE"), (peer, stream, post) -> peer.goAway(0, 0)),
  GOAWAY_ENHANCE_YOUR_CALM(Set.of("EXCHANGE"), (peer, stream, post) -> peer.goAway(0, 11)),
  // 17.0.15 gives the accepted stream up, 25.0.3 reads its answer.
  GOAWAY_GRACEFUL(Set.of("SUCCESS", "EXCHANGE"), (peer, stream, post) -> {
    peer.goAway(stream, 0);
    peer.answer(stream, post);
  }),
  NO_ANSWER(Set.of("TIMEOUT"), (peer, stream, post) -> {}),
  STALL_AFTER_HEAD(Set.of("TIMEOUT"), (peer, stream, post) -> peer.head(stream, 100)),
  // Neither 17.0.15 nor 25.0.3 compares the length with the bytes; that the document is whole is
  // seen all the same.
  BODY_SHORTER_THAN_ITS_LENGTH(
      Set.of("SUCCESS", "EXCHANGE"), (peer, stream, post) -> peer.answer(stream, post, 10)),
  BODY_LONGER_THAN_ITS_LENGTH(
      Set.of("SUCCESS", "EXCHANGE"), (peer, stream, post) -> peer.answer(stream, post, -10)),
  CUT_BODY(Set.of("DECODE", "EXCHANGE"), (peer, stream, post) -> {
    peer.head(stream, 100);
    peer.data(stream, "{\"data\":");
  });

  private final Set<String> outcomes;
  private final Script script;

  Http2Fault(Set<String> outcomes, Script script) {
    this.outcomes = outcomes;
    this.script = script;
  }

  /** Returns what the user may get, in the words of {@link Outcomes}. */
  Set<String> outcomes() {
    return outcomes;
  }

  /** Returns what the server does, after which the limits of a client with this timer end what only they can end. */
  Script script(HastyTimer timer) {
    if (!stalls()) {
      return script;
    }
    return (peer, stream, post) -> {
      script.play(peer, stream, post);
      timer.endWaits();
    };
  }

  /** Returns whether only a time limit ends the exchange. */
  boolean stalls() {
    return outcomes.contains("TIMEOUT");
  }

  /** Returns whether the server says that it has not processed the request, so that HTTP/2 allows to send it again. */
  boolean isUnprocessed() {
    return this == REFUSED_STREAM || this == GOAWAY_BEFORE_ALL || this == GOAWAY_ENHANCE_YOUR_CALM;
  }
}
