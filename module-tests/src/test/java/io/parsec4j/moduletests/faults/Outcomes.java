// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecDecodeException;
import io.parsec4j.api.ParsecException;
import io.parsec4j.api.ParsecTransportException;
import java.util.function.Supplier;

/** Names the class of a call's outcome, so that those of two transports can be compared. */
final class Outcomes {
  private Outcomes() {}

  static String of(Supplier<?> call) {
    try {
      return call.get() == null ? "NULL" : "SUCCESS";
    } catch (ParsecException e) {
      return of(e);
    }
  }

  static String of(ParsecException e) {
    if (e instanceof ParsecApiException refused) {
      return "API " + refused.status();
    }
    if (e instanceof ParsecTransportException broken) {
      return broken.stage().toString();
    }
    return e instanceof ParsecDecodeException ? "DECODE" : e.getClass().getSimpleName();
  }
}
