// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.Fault.Point;
import java.time.Duration;
import java.util.List;

/** A fault of requests of each kind. */
final class FaultSamples {
  private FaultSamples() {}

  static List<Fault> simple() {
    return List.of(
        Fault.status(503),
        Fault.status(500, "{"),
        Fault.rateLimit(Duration.ZERO),
        Fault.redirect("/v2/hosts"),
        Fault.closeConnection(),
        Fault.closeConnection(Point.IN_HEAD),
        Fault.closeConnection(Point.IN_BODY),
        Fault.closeConnection(Point.AFTER_ANSWER),
        Fault.resetConnection(),
        Fault.resetConnection(Point.IN_HEAD),
        Fault.resetConnection(Point.IN_BODY),
        Fault.resetConnection(Point.AFTER_ANSWER),
        Fault.resetConnection().afterServing(),
        Fault.stall(),
        Fault.stall(Point.IN_HEAD),
        Fault.stall(Point.IN_BODY),
        Fault.stall().afterServing(),
        Fault.drip(16, Duration.ofMillis(1)),
        Fault.delay(Duration.ofMillis(10)),
        Fault.truncatedBody(0),
        Fault.truncatedBody(1),
        Fault.unfinishedChunks(),
        Fault.garbage(),
        Fault.rawAnswer(new byte[0]),
        Fault.contradictoryLengths(),
        Fault.lengthAndChunks(),
        Fault.tooManyFields(),
        Fault.hugeHeader(1 << 20),
        Fault.endlessHead(),
        Fault.endlessBody(),
        Fault.hugeBody(8 << 20),
        Fault.header("Set-Cookie", "a=b"),
        Fault.contentType("text/html"),
        Fault.gzipped(),
        Fault.invalidUtf8(),
        Fault.cutJson(),
        Fault.secondAnswer(),
        Fault.interim(103, 2));
  }
}
